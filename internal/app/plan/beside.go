package plan

import (
	"math"

	"github.com/evenkeel/evenkeel/internal/app/outlook"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/pkpd"
	"github.com/evenkeel/evenkeel/taper"
)

// shown is the forecast that stands beside a way when it is chosen, to tenths of
// a point; nil where the page shows none.
func shown(a *Answer, w *outlook.Way) *journal.PlanForecast {
	if a.Guessed || len(w.Course.Levels) < 2 {
		return nil
	}
	f := &journal.PlanForecast{Basis: a.Basis.String(), First: a.First}
	if a.General {
		f.Basis = "general"
	}
	put := func(list *[]float64, v float64) { *list = append(*list, math.Round(10*min(max(v, 0), 10))/10) }
	for _, b := range w.Course.Levels[1:] {
		put(&f.Low80, b.Low80)
		put(&f.Low50, b.Low50)
		put(&f.Median, b.Median)
		put(&f.High50, b.High50)
		put(&f.High80, b.High80)
	}
	return f
}

// Beside is a plan's forecast as it was shown before any of it was lived, beside
// the check-ins since.
type Beside struct {
	Shown  *journal.PlanForecast
	Begins journal.Date
	// Days with an answer to how rough it was, in order, that the forecast covers.
	Days []BesideDay
	// Within counts those of them that lie in what held 8 in 10, Below and Above
	// the others.
	Within, Below, Above int
	// Changed is the first day of another plan than the one that was shown; empty
	// for none. Since counts the Days from then on, WithinSince those within.
	Changed            journal.Date
	Since, WithinSince int
}

// BesideDay is a day of a plan: the mean of its answers, of how many, and what
// was shown for it.
type BesideDay struct {
	Day  journal.Date
	Mean float64
	N    int
	Band pkpd.Band
	In   bool
}

// FewestBeside days with a check-in make a count worth saying. Assumed.
const FewestBeside = 5

// BesideOf sets what was lived of the plan that holds beside its forecast; nil
// where none was shown with it. What was shown is of whole days, so that a day's
// answers are taken together. Answers are whole points: a day is within where its
// mean is, to half a point.
func BesideOf(j *journal.Journal, today journal.Date) *Beside {
	if _, ok := taper.Current(j, today); !ok {
		return nil
	}
	var b *Beside
	for _, e := range j.All() {
		p := e.Plan()
		switch {
		case p == nil || journal.DateOf(e.At) > today:
		case p.Change == "begun" || p.Change == "switched": // of another product nothing was shown
			b = nil
			if p.Shown != nil {
				b = &Beside{Shown: p.Shown, Begins: p.Begins}
			}
		case b != nil && b.Changed == "" && p.Change != "returned" && p.Change != "ended":
			b.Changed = max(journal.DateOf(e.At), b.Begins)
		}
	}
	if b == nil {
		return nil
	}
	for i := range b.Shown.Median {
		day := b.Begins.Add(i)
		if day > today {
			break
		}
		var rough []float64
		for _, e := range j.On(day) {
			if c := e.CheckIn(); c != nil && c.Rough != nil {
				rough = append(rough, float64(*c.Rough))
			}
		}
		if len(rough) > 0 {
			b.add(day, i, mean(rough), len(rough))
		}
	}
	return b
}

func (b *Beside) add(day journal.Date, i int, level float64, n int) {
	band := b.Band(i)
	d := BesideDay{Day: day, Mean: level, N: n, Band: band, In: level >= band.Low80-0.5 && level <= band.High80+0.5}
	b.Days = append(b.Days, d)
	switch {
	case d.In:
		b.Within++
	case level < band.Low80:
		b.Below++
	default:
		b.Above++
	}
	if b.Changed != "" && day >= b.Changed {
		b.Since++
		if d.In {
			b.WithinSince++
		}
	}
}

// Band is what was shown for a day of the plan.
func (b *Beside) Band(i int) pkpd.Band {
	f := b.Shown
	return pkpd.Band{Low80: f.Low80[i], Low50: f.Low50[i], Median: f.Median[i], High50: f.High50[i], High80: f.High80[i]}
}

// SayBeside is what may be said of a forecast beside what was lived, in order.
func SayBeside(b *Beside) []journal.Phrase {
	var list []journal.Phrase
	add := func(key string, args ...any) { list = append(list, journal.Phrase{Key: key, Args: args}) }
	n := len(b.Days)
	switch {
	case n == 0:
		add("way.beside.none")
	case n < FewestBeside:
		add("way.beside.few", "n", n, "within", b.Within)
	default:
		add("way.beside.count", "n", n, "within", b.Within)
		if b.Above > 0 {
			add("way.beside.above", "n", b.Above)
		}
		if b.Below > 0 {
			add("way.beside.below", "n", b.Below)
		}
	}
	if b.Changed != "" {
		add("way.beside.changed", "day", b.Changed)
		if b.Since > 0 && b.Since < n {
			add("way.beside.since", "n", b.Since, "within", b.WithinSince)
		}
	}
	add("way.beside.kept", "day", b.Shown.First)
	add("way.beside.on", "what", journal.Option("way.rests."+b.Shown.Basis))
	add("way.beside.honest")
	add("way.rests.model")
	return list
}
