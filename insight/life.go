package insight

import (
	"math"
	"slices"

	"github.com/evenkeel/evenkeel/insight/sign"
	"github.com/evenkeel/evenkeel/journal"
)

// areaEntries is how many entries about a part of life are wanted, moneyDays how
// far back spending is summed, in days.
const areaEntries, moneyDays = 8, 30

// life counts what was written about parts of life; it is not held against what
// was taken.
func life(l *look) []Item {
	type tally struct {
		by map[string]int
		n  int
		on []journal.Date
	}
	areas := map[journal.LifeArea]*tally{}
	from := l.today.Add(-lately)
	for _, e := range l.j.All() {
		x, day := e.Life(), journal.DateOf(e.At)
		if x == nil || x.Effect == "" || day < from || day >= l.today {
			continue
		}
		t := areas[x.Area]
		if t == nil {
			t = &tally{by: map[string]int{}}
			areas[x.Area] = t
		}
		t.by[x.Effect]++
		t.n++
		t.on = once(t.on, day)
	}
	var list []Item
	for _, a := range journal.LifeAreas {
		t := areas[a]
		if t == nil {
			continue
		}
		if t.n < areaEntries {
			list = append(list, waits(Life, string(a), "insight.need.life", areaEntries-t.n, "area", journal.Option("area."+string(a))))
			continue
		}
		i := item(Life, string(a))
		most := slices.MaxFunc(journal.LifeEffects, func(x, y string) int { return t.by[x] - t.by[y] })
		if slices.ContainsFunc(journal.LifeEffects, func(e string) bool { return e != most && t.by[e] == t.by[most] }) {
			list = append(list, i) // to name one of two would be to choose
			continue
		}
		i.State, i.Days = Says, t.on
		i.Size = float64(t.by[most]) / float64(t.n)
		i.Low, i.High = wilson(t.by[most], t.n)
		i.Says = journal.Phrase{Key: "insight.life", Args: []any{"area", journal.Option("area." + string(a)), "effect", journal.Option("effect." + most), "count", t.by[most], "n", t.n,
			"low", math.Round(100 * i.Low), "high", math.Round(100 * i.High)}}
		i.Cannot = journal.Phrase{Key: "insight.cannot.life"}
		list = append(list, i)
	}
	if list == nil {
		return []Item{waits(Life, "all", "insight.need.any_life", areaEntries)}
	}
	return list
}

// money sums what was written down as spent in the last days.
func money(l *look) []Item {
	i := item(Money, "spent")
	n := len(l.trend.Days)
	last := l.trend.Days[max(0, n-moneyDays):]
	var sums []journal.Money
	known := 0
	for _, d := range last {
		if d.State != journal.DayUnknown {
			known++
		}
		if len(d.Spent) > 0 {
			i.Days = append(i.Days, d.Date)
		}
		for _, m := range d.Spent {
			k := slices.IndexFunc(sums, func(s journal.Money) bool { return s.Currency == m.Currency })
			if k < 0 {
				sums = append(sums, m)
				continue
			}
			sums[k].N += m.N
		}
	}
	if len(sums) != 1 {
		// Nothing was written, or in more than one currency: Trends has the sums.
		return []Item{i}
	}
	i.State, i.Size = Says, sums[0].N
	i.Says = journal.Phrase{Key: "insight.money", Args: []any{"sum", sums[0], "n", len(last), "known", known}}
	i.Cannot = journal.Phrase{Key: "insight.cannot.money"}
	return []Item{i}
}

// signs hands over the warning signs that seven in ten of the last two weeks show,
// where chance alone makes one in ten, and any day of mixing; their words are those of
// where a person stands, which has the smaller counts.
func signs(l *look) []Item {
	var list []Item
	for _, s := range sign.Of(l.j, l.now) {
		if !s.Known || s.Count == 0 || s.Kind != sign.Mixing && 10*s.Count < 7*s.Of {
			continue
		}
		if s.Kind == sign.Plan {
			continue // Today tells of it, and chance makes none of it
		}
		i := item(Signs, string(s.Kind))
		i.State, i.Days, i.Size = Says, s.On, float64(s.Count)
		i.Says = journal.Phrase{Key: "insight.sign", Args: []any{"sign", s}}
		i.Cannot = journal.Phrase{Key: "insight.cannot.sign"}
		switch s.Kind {
		case sign.Mixing:
			i.Cannot.Key = "insight.cannot.mixing"
		case sign.Stronger: // its line is the most before, not nine in ten
			i.Cannot.Key = "insight.cannot.stronger"
		}
		list = append(list, i)
	}
	return list
}
