package web

import (
	"strconv"
	"strings"

	"github.com/evenkeel/evenkeel/journal"
)

// said is an entry in words: a headline and what else it says.
type said struct {
	title string
	parts []string
	note  string
}

// all is everything in one line, for a label.
func (s said) all() string {
	list := append([]string{s.title}, s.parts...)
	if s.note != "" {
		list = append(list, s.note)
	}
	return strings.Join(list, " · ")
}

// describe puts an entry into words.
func (v *view) describe(e *journal.Event) said {
	switch {
	case e.Dose() != nil:
		return v.describeDose(e.Dose())
	case e.None() != nil:
		return said{title: v.T("kind.none_today")}
	case e.CheckIn() != nil:
		return v.describeCheckIn(e.CheckIn())
	case e.Substance() != nil:
		s := said{title: v.T("class." + string(e.Substance().Class)), note: e.Substance().Note}
		s.add(e.Substance().Name)
		s.add(e.Substance().Amount)
		return s
	case e.BodyChange() != nil:
		s := said{title: v.T("change." + string(e.BodyChange().Change)), note: e.BodyChange().Note}
		if e.BodyChange().Since != "" {
			s.add(v.T("change.since", "day", v.day(e.BodyChange().Since)))
		}
		if e.BodyChange().Ongoing {
			s.add(v.T("change.ongoing"))
		}
		return s
	case e.Life() != nil:
		s := said{title: v.T("area." + string(e.Life().Area)), note: e.Life().Note}
		if e.Life().Effect != "" {
			s.add(v.T("effect." + e.Life().Effect))
		}
		return s
	case e.Note() != nil:
		return said{title: v.T("kind.note"), note: e.Note().Text}
	case e.Spending() != nil:
		return said{title: v.money(e.Spending().Amount, e.Spending().Currency), note: e.Spending().Note}
	case e.PriorUse() != nil:
		return v.describeHistory(e.PriorUse())
	case e.Product() != nil:
		return said{title: e.Product().Name, note: e.Product().Note}
	}
	return said{title: v.T("kind." + string(e.Kind))}
}

func (s *said) add(part string) {
	if part != "" {
		s.parts = append(s.parts, part)
	}
}

func (v *view) describeDose(d *journal.Dose) said {
	s := said{title: v.dose(d.Amount, d.Unit, d.ProductName), note: d.Note}
	for _, r := range d.Reasons {
		s.add(v.T("reason." + string(r)))
	}
	if d.Helped != nil {
		s.add(v.T("helped.said", "answer", v.T("helped."+strconv.Itoa(*d.Helped))))
	}
	return s
}

func (v *view) describeCheckIn(c *journal.CheckIn) said {
	s := said{note: c.Note}
	score := func(key string, p *int) {
		if p != nil {
			s.add(v.T("checkin."+key+".said", "n", *p))
		}
	}
	score("rough", c.Rough)
	score("craving", c.Craving)
	score("mood", c.Mood)
	score("calm", c.Calm)
	score("energy", c.Energy)
	score("pain", c.Pain)
	if c.SleepHours != nil {
		s.add(v.T("checkin.sleep_h.said", "n", *c.SleepHours))
	}
	score("sleep_quality", c.SleepQuality)
	for _, name := range journal.Symptoms {
		if n, ok := c.Symptoms[name]; ok && n > 0 {
			s.add(v.T("symptom.said", "symptom", v.T("symptom."+string(name)), "n", n))
		}
	}
	if len(s.parts) == 0 {
		s.title = v.T("kind.check_in")
		return s
	}
	s.title, s.parts = s.parts[0], s.parts[1:]
	return s
}

func (v *view) describeHistory(h *journal.PriorUse) said {
	s := said{title: v.T("history.said", "dose", v.dose(h.PerDay, h.Unit, h.ProductName), "span", v.days(h.Days)), note: h.Note}
	if h.TimesPerDay > 0 {
		s.add(v.T("history.times_said", "n", h.TimesPerDay))
	}
	return s
}

// days says a number of days in the largest unit that fits it evenly.
func (v *view) days(n float64) string {
	for _, u := range historySpans {
		if m := n / u.days; m >= 1 && m == float64(int(m*2))/2 {
			return v.T("span."+u.name, "n", m)
		}
	}
	return v.T("span.days", "n", n)
}

// historySpans are the units that a person says a long time in. A year has
// 365 days and a month 30: "about 3 years" is no sharper than that.
var historySpans = []struct {
	name string
	days float64
}{{"years", 365}, {"months", 30}, {"weeks", 7}, {"days", 1}}

func (v *view) money(amount float64, currency string) string {
	return v.Fixed(amount, 2) + " " + currency
}
