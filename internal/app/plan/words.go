package plan

import (
	"math"
	"slices"

	"github.com/evenkeel/evenkeel/internal/app/outlook"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/taper"
)

// Pace names a pace with the person's numbers.
func Pace(p *taper.Pace, unit string) journal.Phrase {
	args := []any{"size", p.Size, "n", p.Every}
	switch p.Strategy {
	case taper.Lowest:
		args = []any{"size", p.Limits.Ceiling, "n", p.Limits.Every}
	case taper.Fixed:
		args[1] = journal.Amount{N: p.Size, Unit: unit}
	case taper.Fewer, taper.Table:
		args = args[2:]
	}
	return journal.Phrase{Key: "way.pace." + string(p.Strategy), Args: args}
}

// Say is what may be said of a way, in order: how long, a step on the first day
// and the last one, what cannot be measured, the days that the model expects to be
// hardest, what it takes. Nothing in it says that a way is good, or better than
// another.
func Say(p *outlook.Paces, w *outlook.Way) []journal.Phrase {
	var list []journal.Phrase
	add := func(key string, args ...any) { list = append(list, journal.Phrase{Key: key, Args: args}) }
	amount := func(grains int) journal.Amount {
		return journal.Amount{N: p.Start.Amount(grains), Unit: p.Start.Unit}
	}
	last := w.Steps[len(w.Steps)-1]
	if n := last.Pattern.Grains(); n == 0 {
		add("way.say.none_from", "n", last.Day+1)
	} else {
		add("way.say.reaches", "n", last.Day+1, "amount", amount(n))
	}
	if now, first := p.Start.Day.Grains(), w.Steps[0].Pattern.Grains(); first == 0 && now > 0 {
		add("way.say.first_none", "from", amount(now))
	} else if first < now {
		add("way.say.first_step", "from", amount(now), "to", amount(first))
	}
	if k := len(w.Steps); k > 1 {
		before := w.Steps[k-2].Pattern.Grains()
		if last.Pattern.Grains() == 0 {
			add("way.say.last_step", "from", amount(before))
		}
	}
	if w.Least != nil {
		list = append(list, least(p, w)...)
	}
	if n := w.Schedule.Finer; n > 0 {
		add("way.say.finer", "n", n, "grain", amount(1))
		if fine, err := taper.Lay(p.Start.Halved(), p.Start.Amount(w.Goal), w.Pace, w.Half); err == nil {
			end := fine.Steps[len(fine.Steps)-1].Day + 1
			add("way.say.finer_would", "grain", journal.Amount{N: p.Start.Grain / 2, Unit: p.Start.Unit}, "n", end)
		}
	}
	list = append(list, hard(p, w)...)
	if w.Length() > p.Days {
		add("way.say.beyond", "n", p.Days)
	}
	if need := w.Needs(); need > 0 {
		add("way.say.needs", "amount", journal.Amount{N: math.Round(need*100) / 100, Unit: p.Start.Unit})
	}
	if w.Cost.N > 0 {
		add("way.say.cost", "money", journal.Money{N: math.Round(w.Cost.N), Currency: w.Cost.Currency})
	}
	return list
}

// hard says which days the model expects to be hardest.
func hard(p *outlook.Paces, w *outlook.Way) []journal.Phrase {
	if p.Guessed {
		return []journal.Phrase{{Key: "way.say.guessed"}}
	}
	day, level, adds := Hardest(&w.Course)
	if adds < Least && w.Least != nil && slices.ContainsFunc(w.Least.Binds, func(b taper.Bind) bool { return b.Reason == taper.AtCeiling }) {
		return []journal.Phrase{{Key: "way.least.days_none"}} // an hour of some is at the ceiling all the same
	}
	if adds < Least {
		return []journal.Phrase{{Key: "way.say.expects_none"}}
	}
	low, high := math.Round(level.Low80), math.Round(level.High80)
	return []journal.Phrase{
		{Key: "way.say.hardest", Args: []any{"n", day, "low", low, "high", high}},
		{Key: "way.say.adds", Args: []any{"low", tenth(w.Course.Doses[day].Low80), "high", tenth(adds)}},
	}
}

func tenth(f float64) float64 { return math.Round(f*10) / 10 }

// Fast says that a way takes more than three tenths away within 30 days, what is
// known of that, and from which day; false where it does not.
func Fast(w *taper.Schedule) (journal.Phrase, bool) {
	share, day := w.Fastest()
	if share <= taper.FastMonth+1e-9 {
		return journal.Phrase{}, false
	}
	return journal.Phrase{Key: "way.say.fast", Args: []any{"share", math.Round(100 * share), "n", day + 1}}, true
}

// Rests says what all forecasts of a comparison stand on.
func Rests(p *Answer) []journal.Phrase {
	var list []journal.Phrase
	switch {
	case p.Off:
		list = append(list, journal.Phrase{Key: "way.rests.off"})
	case p.AfterBreak:
		list = append(list, journal.Phrase{Key: "way.rests.break"})
	}
	if p.Above > 0 {
		amount := func(f float64) journal.Amount { return journal.Amount{N: f, Unit: p.Start.Unit} }
		list = append(list, journal.Phrase{Key: "way.rests.above", Args: []any{"typed", amount(p.Start.Amount(p.Start.Day.Grains())), "middle", amount(p.Above)}})
	}
	switch {
	case p.General:
		list = append(list, journal.Phrase{Key: "way.rests.general"})
	default:
		list = append(list, journal.Phrase{Key: "way.rests." + p.Basis.String()})
	}
	if p.Kind != nil {
		list = append(list, journal.Phrase{Key: "way.rests.kind", Args: []any{"name", p.Start.ProductName, "form", journal.Option("form." + string(p.Kind.Form))}})
	}
	if p.Others > 0 {
		list = append(list, journal.Phrase{Key: "way.rests.others", Args: []any{"n", p.Others}})
	}
	if p.LeftOut > 0 {
		list = append(list, journal.Phrase{Key: "way.rests.left_out", Args: []any{"n", p.LeftOut}})
	}
	return append(list, journal.Phrase{Key: "way.rests.model"})
}
