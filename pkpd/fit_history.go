package pkpd

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
)

// History is what a person wrote down, on one time line in hours. The order of
// the entries does not matter.
//
// Missing is not zero: a day without entries belongs in Unknown, and use before
// FromH is unknown unless Before or NewToIt says otherwise. What is not in
// Unknown and has no intake is a time when nothing was taken.
type History struct {
	FromH    float64 // when the record begins
	NowH     float64 // the present; nothing may be later
	Products []Content
	Intakes  []Intake
	CheckIns []Rating
	Unknown  []Interval // times of which nothing is known
	Before   []PriorUse // use that ended at FromH
	NewToIt  bool       // the person took nothing before FromH
}

// Content is what the fit must know of a product: how sure its content is.
type Content struct {
	// Standard deviations of the log of the true content over the content that
	// the intakes were counted with; 0 is exact, 2 the most.
	MitragynineLogSD, SevenOHLogSD float64
	// ContentGuessed: nobody knows its strength. Its intakes are then counted
	// with the middle of what its kind holds (in milligrams per unit, as for any
	// dose), and the spread of the kind goes into the LogSD of the alkaloid: where
	// nine of ten products of a kind lie between low and high, the middle is their
	// geometric mean sqrt(low*high) and the LogSD log(high/low)/3.29,
	// at most 2. The product's content is then one unknown like any other, learnt
	// as far as scores tell, and Person.Guess says how much rests on it.
	ContentGuessed bool
	// ContentUnknown: not even its kind is known; its intakes are left out and
	// counted (Quality.LeftOut). Prefer a guess: what is left out looks like rest.
	ContentUnknown bool
}

// Intake is a dose of a product.
type Intake struct {
	Dose
	Product int // index into History.Products
}

// ScoreKind is the form of a check-in.
type ScoreKind uint8

// The two forms.
const (
	// Rough is "how rough is it now", a whole number 0..10.
	Rough ScoreKind = iota
	// Symptoms is the sum of the twelve symptoms, each 0..4: a whole number
	// 0..48. It is put on the 0..64 scale of the SOWS by 64/48. That mapping is
	// assumed: the twelve questions are not the sixteen of that scale.
	Symptoms
	nScores
)

// Rating is how a person said they were.
type Rating struct {
	AtH   float64
	Kind  ScoreKind
	Score float64
	// Answered is how many of the twelve symptoms have an answer; 0 is all.
	Answered int
}

// top is the highest score the check-in could have.
func (c *Rating) top() float64 {
	switch {
	case c.Kind == Rough:
		return 10
	case c.Answered == 0:
		return 48
	}
	return 4 * float64(c.Answered)
}

// Interval is from FromH up to ToH.
type Interval struct{ FromH, ToH float64 }

// PriorUse is a habit before the record began.
type PriorUse struct {
	Form                           Form
	MitragynineMgDay, SevenOHMgDay float64 // mg a day
	TimesPerDay                    float64 // 0 when not known: then 4
	Days                           float64 // how long it had gone on
	Product                        int
}

// Bounds of a history.
const (
	maxProducts  = 64
	maxIntakes   = 50_000
	maxCheckIns  = 20_000
	usualTimes   = 4.0  // doses a day of a habit whose frequency nobody gave; assumed
	unknownDays  = 60.0 // how long use of unknown length had gone on; assumed
	wakeH        = 8.0  // the doses of a habit are spread over 16 h from here; assumed
	wakingHours  = 16.0
	explicitDays = 3 // of a habit, run dose by dose before the record begins
	// recordDays is how much of a long record is fitted. Sixty days are seven
	// typical time constants of the slow adaptation, and people change.
	recordDays = 60
)

// Check reports the first thing in the history that cannot be used.
func (h *History) Check() error {
	number := func(v float64) bool { return math.Abs(v) <= MaxHours }
	if !number(h.FromH) || !number(h.NowH) || h.FromH > h.NowH {
		return errors.New("the record must begin before now")
	}
	if len(h.Products) > maxProducts || len(h.Intakes) > maxIntakes || len(h.CheckIns) > maxCheckIns || len(h.Unknown) > maxIntakes {
		return errors.New("the history has more entries than a fit can hold")
	}
	for i, p := range h.Products {
		if !(p.MitragynineLogSD >= 0 && p.MitragynineLogSD <= 2 && p.SevenOHLogSD >= 0 && p.SevenOHLogSD <= 2) {
			return fmt.Errorf("the uncertainty of product %d is not between 0 and 2", i)
		}
		if p.ContentGuessed && (p.ContentUnknown || p.MitragynineLogSD == 0 && p.SevenOHLogSD == 0) {
			return fmt.Errorf("product %d is a guess without a spread", i)
		}
	}
	amount := func(d *Dose, product int) error {
		switch {
		case product < 0 || product >= len(h.Products):
			return errors.New("names no product")
		case h.Products[product].ContentUnknown:
			return nil
		case d.Form >= nForms:
			return errors.New("has an unknown form")
		case !(d.MitragynineMg >= 0 && d.MitragynineMg <= maxMg && d.SevenOHMg >= 0 && d.SevenOHMg <= maxMg):
			return fmt.Errorf("holds an amount outside 0 to %d mg", maxMg)
		}
		return nil
	}
	for i := range h.Intakes {
		d := &h.Intakes[i]
		if !(d.AtH >= h.FromH && d.AtH <= h.NowH) {
			return fmt.Errorf("intake %d is not between the beginning of the record and now", i)
		}
		if err := amount(&d.Dose, d.Product); err != nil {
			return fmt.Errorf("intake %d %w", i, err)
		}
	}
	for i := range h.CheckIns {
		c := &h.CheckIns[i]
		switch {
		case !(c.AtH >= h.FromH && c.AtH <= h.NowH):
			return fmt.Errorf("check-in %d is not between the beginning of the record and now", i)
		case c.Kind >= nScores || c.Answered < 0 || c.Answered > 12:
			return fmt.Errorf("check-in %d has an unknown form", i)
		case !(c.Score >= 0 && c.Score <= c.top()) || c.Score != math.Floor(c.Score):
			return fmt.Errorf("the score of check-in %d is not a whole number from 0 to %g", i, c.top())
		}
	}
	for i, u := range h.Unknown {
		if !number(u.FromH) || !number(u.ToH) || u.FromH > u.ToH {
			return fmt.Errorf("unknown time %d does not end after it begins", i)
		}
	}
	for i := range h.Before {
		b := &h.Before[i]
		if !(b.TimesPerDay >= 0 && b.TimesPerDay <= 48 && b.Days >= 0 && b.Days*24 <= MaxHours) {
			return fmt.Errorf("earlier use %d has a number of times or days that cannot be", i)
		}
		if err := amount(&Dose{Form: b.Form, MitragynineMg: b.MitragynineMgDay, SevenOHMg: b.SevenOHMgDay}, b.Product); err != nil {
			return fmt.Errorf("earlier use %d %w", i, err)
		}
	}
	return nil
}

// sorted returns a copy in canonical order, with unknown times merged and cut
// to the record, and intakes of unknown content taken out.
func (h *History) sorted() (s History, leftOut int) {
	s = *h
	if begin := h.NowH - 24*recordDays; s.FromH < begin {
		s.FromH, s.Before, s.NewToIt = begin, nil, false
	}
	s.Intakes = make([]Intake, 0, len(h.Intakes))
	for _, d := range h.Intakes {
		if d.AtH < s.FromH {
			continue
		}
		if h.Products[d.Product].ContentUnknown || d.MitragynineMg == 0 && d.SevenOHMg == 0 {
			leftOut++
			continue
		}
		s.Intakes = append(s.Intakes, d)
	}
	slices.SortFunc(s.Intakes, func(a, b Intake) int {
		return cmp.Or(cmp.Compare(a.AtH, b.AtH), cmp.Compare(a.Form, b.Form), cmp.Compare(a.Product, b.Product),
			cmp.Compare(a.MitragynineMg, b.MitragynineMg), cmp.Compare(a.SevenOHMg, b.SevenOHMg))
	})
	s.CheckIns = slices.DeleteFunc(slices.Clone(h.CheckIns), func(c Rating) bool { return c.AtH < s.FromH })
	slices.SortFunc(s.CheckIns, func(a, b Rating) int {
		return cmp.Or(cmp.Compare(a.AtH, b.AtH), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Score, b.Score), cmp.Compare(a.Answered, b.Answered))
	})
	before := s.Before
	s.Before = nil
	for _, b := range before {
		if !h.Products[b.Product].ContentUnknown && b.Days > 0 && (b.MitragynineMgDay > 0 || b.SevenOHMgDay > 0) {
			s.Before = append(s.Before, b)
		}
	}
	slices.SortFunc(s.Before, func(a, b PriorUse) int {
		return cmp.Or(cmp.Compare(a.Days, b.Days), cmp.Compare(a.Form, b.Form), cmp.Compare(a.Product, b.Product),
			cmp.Compare(a.MitragynineMgDay, b.MitragynineMgDay), cmp.Compare(a.SevenOHMgDay, b.SevenOHMgDay), cmp.Compare(a.TimesPerDay, b.TimesPerDay))
	})
	raw := slices.Clone(h.Unknown)
	slices.SortFunc(raw, func(a, b Interval) int { return cmp.Or(cmp.Compare(a.FromH, b.FromH), cmp.Compare(a.ToH, b.ToH)) })
	s.Unknown = nil
	for _, u := range raw {
		u.FromH, u.ToH = max(u.FromH, s.FromH), min(u.ToH, h.NowH)
		if u.FromH >= u.ToH {
			continue
		}
		if n := len(s.Unknown); n > 0 && u.FromH <= s.Unknown[n-1].ToH {
			s.Unknown[n-1].ToH = max(s.Unknown[n-1].ToH, u.ToH)
			continue
		}
		s.Unknown = append(s.Unknown, u)
	}
	return s, leftOut
}

// knownDays lists the whole days of 24 h, counted back from now (0 is the last
// one), of which everything is known.
func (h *History) knownDays() []int {
	var days []int
	for k := 0; ; k++ {
		from, to := h.NowH-24*float64(k+1), h.NowH-24*float64(k)
		if from < h.FromH {
			return days
		}
		if !slices.ContainsFunc(h.Unknown, func(u Interval) bool { return u.FromH < to && u.ToH > from }) {
			days = append(days, k)
		}
	}
}

// dayIntakes are the intakes of day k counted back from now.
func (h *History) dayIntakes(k int) []Intake {
	from, to := h.NowH-24*float64(k+1), h.NowH-24*float64(k)
	after := func(t float64) int {
		i, _ := slices.BinarySearchFunc(h.Intakes, t, func(d Intake, t float64) int {
			if d.AtH <= t {
				return -1
			}
			return 1
		})
		return i
	}
	return h.Intakes[after(from):after(to)]
}
