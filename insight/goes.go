package insight

import (
	"cmp"
	"math"
	"slices"

	"github.com/evenkeel/evenkeel/insight/contrast"
	"github.com/evenkeel/evenkeel/insight/diary"
	"github.com/evenkeel/evenkeel/journal"
)

// goes puts findings of some kind into sentences, those that show first, the
// largest of them before the others.
func (l *look) goes(k Kind, of contrast.Kind, sentence func(*look, contrast.Finding) (says, cannot journal.Phrase), need string) []Item {
	var shows, rest []Item
	for _, f := range l.found {
		if f.Kind != of {
			continue
		}
		i := item(k, f.ID())
		i.Size, i.Low, i.High, i.Days = f.Size, f.Low, f.High, f.Days
		switch f.State {
		case contrast.Shows:
			i.State = Says
			i.Says, i.Cannot = sentence(l, f)
			if f.Kind != contrast.Helped {
				i.Plot = l.daily(f.Score)
			}
			shows = append(shows, i)
		case contrast.Withdrawn:
			i.State = Says
			i.Says = journal.Phrase{Key: "insight.withdrawn", Args: []any{"what", journal.Option("insight.asked." + string(of)), "score", score(f)}}
			rest = append(rest, i)
		case contrast.Even:
			i.State = Says
			i.Says = journal.Phrase{Key: "insight.even", Args: []any{"what", journal.Option("insight.asked." + string(of)), "score", score(f), "n", len(f.Days)}}
			rest = append(rest, i)
		case contrast.Waiting:
			rest = append(rest, waits(k, f.ID(), need, f.Need))
		default:
			rest = append(rest, i)
		}
	}
	slices.SortStableFunc(shows, func(a, b Item) int {
		return cmp.Compare(math.Abs(b.Size), math.Abs(a.Size))
	})
	return append(shows, rest...)
}

// score is the word for what was rated.
func score(f contrast.Finding) journal.Option {
	if f.Kind == contrast.Helped {
		return "insight.score.helped"
	}
	return journal.Option("insight.score." + f.Score.String())
}

// sized are the arguments that every sentence of a difference has: how large,
// the range to tenths, so that one that leaves zero out is not rounded to it, and
// on how many days. up tells more from less.
func sized(f contrast.Finding) (up bool, args []any) {
	low, high := f.Low, f.High
	up = f.Size > 0
	if !up {
		low, high = -f.High, -f.Low
	}
	size := half(math.Abs(f.Size))
	if math.Abs(f.Size) < contrast.Least {
		size = tenth(math.Abs(f.Size)) // one that was shown and is smaller now
	}
	args = []any{"score", score(f), "size", size, "low", tenth(low), "high", tenth(high), "n", len(f.Days)}
	return up, args
}

// phrase picks the words for more or less, and for an end that is open.
func phrase(key string, f contrast.Finding, args ...any) journal.Phrase {
	up, list := sized(f)
	if up {
		key += ".more"
	} else {
		key += ".less"
	}
	if math.IsInf(f.Low, 0) || math.IsInf(f.High, 0) {
		key += "_open"
	}
	return journal.Phrase{Key: key, Args: append(list, args...)}
}

func with(l *look) []Item {
	return l.goes(With, contrast.Lift, func(l *look, f contrast.Finding) (journal.Phrase, journal.Phrase) {
		return phrase("insight.with", f), l.timing(f.Score)
	}, "insight.need.with")
}

// timing is what a difference after a dose cannot tell: where doses come when it
// is low, that comes first.
func (l *look) timing(s diary.Score) journal.Phrase {
	for _, f := range l.found {
		if f.Kind != contrast.Before || f.Score != s {
			continue
		}
		if low := f.High < 0 && s != diary.Pain || f.Low > 0 && s == diary.Pain; low {
			return journal.Phrase{Key: "insight.cannot.low_first"}
		}
	}
	return journal.Phrase{Key: "insight.cannot.timing"}
}

func gaps(l *look) []Item {
	return l.goes(Gaps, contrast.Gap, func(_ *look, f contrast.Finding) (journal.Phrase, journal.Phrase) {
		return phrase("insight.gaps", f), journal.Phrase{Key: "insight.cannot.gaps"}
	}, "insight.need.gaps")
}

func nextDay(l *look) []Item {
	list := l.goes(NextDay, contrast.Alcohol, func(_ *look, f contrast.Finding) (journal.Phrase, journal.Phrase) {
		return phrase("insight.alcohol", f), journal.Phrase{Key: "insight.cannot.alcohol"}
	}, "insight.need.alcohol")
	return append(list, l.goes(NextDay, contrast.Sleep, func(_ *look, f contrast.Finding) (journal.Phrase, journal.Phrase) {
		return phrase("insight.sleep", f), journal.Phrase{Key: "insight.cannot.sleep"}
	}, "insight.need.sleep")...)
}

func varies(l *look) []Item {
	list := l.goes(Varies, contrast.Helped, func(l *look, f contrast.Finding) (journal.Phrase, journal.Phrase) {
		return phrase("insight.helped."+string(f.Factor), f, "product", l.product(f)), journal.Phrase{Key: "insight.cannot.varies"}
	}, "insight.need.helped")
	return append(list, l.goes(Varies, contrast.Felt, func(l *look, f contrast.Finding) (journal.Phrase, journal.Phrase) {
		return phrase("insight.felt", f, "product", l.product(f)), journal.Phrase{Key: "insight.cannot.varies"}
	}, "insight.need.felt")...)
}

// product is the name of the main product. One that was deleted lives on in the
// words of its doses.
func (l *look) product(f contrast.Finding) string {
	if p, ok := l.j.Product(f.Main); ok {
		return p.Name
	}
	for _, e := range l.j.All() {
		if d := e.Dose(); d != nil && d.Product == f.Main && d.ProductName != "" {
			return d.ProductName
		}
	}
	return ""
}

// shown is how far back a small picture goes, in days.
const shown = 84

// daily are the means of a score by the day.
func (l *look) daily(s diary.Score) Plot {
	p := Plot{Unit: "insight.unit.of_ten", Across: math.NaN()}
	for i := max(0, len(l.days)-shown); i < len(l.days); i++ {
		d := &l.days[i]
		if v := d.Mean(s); !math.IsNaN(v) {
			p.Points = append(p.Points, Point{d.Date, d.Date.Add(1), v})
		}
	}
	return p
}
