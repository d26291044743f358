package insight

import (
	"math"
	"slices"

	"github.com/evenkeel/evenkeel/insight/drift"
	"github.com/evenkeel/evenkeel/journal"
)

const (
	// lately is how far back reasons and ratings are counted, in days.
	lately = 84
	// withReason and rated are how many doses are wanted; much is a rating that
	// says it helped a lot.
	withReason, rated, much = 20, 15, 3
)

// relief counts why doses were taken, and how much they helped.
func relief(l *look) []Item {
	var doses, told, rate, helped int
	count := map[journal.Reason]int{}
	var onTold, onRated []journal.Date
	for k := max(0, len(l.days)-lately); k < len(l.days); k++ {
		d := &l.days[k]
		for i := range d.Doses {
			o := &d.Doses[i]
			doses++
			if len(o.Reasons) > 0 {
				told++
				onTold = once(onTold, d.Date)
			}
			for _, r := range o.Reasons {
				count[r]++
			}
			if o.Helped >= 0 {
				rate++
				onRated = once(onRated, d.Date)
			}
			if o.Helped >= much {
				helped++
			}
		}
	}
	return []Item{reasons(doses, told, count, onTold), ratings(doses, rate, helped, onRated)}
}

func once(list []journal.Date, d journal.Date) []journal.Date {
	if n := len(list); n > 0 && list[n-1] == d {
		return list
	}
	return append(list, d)
}

func reasons(doses, told int, count map[journal.Reason]int, on []journal.Date) Item {
	if told < withReason {
		return waits(Relief, "reason", "insight.need.reason", withReason-told)
	}
	most := journal.Reasons[0]
	for _, r := range journal.Reasons {
		if count[r] > count[most] {
			most = r
		}
	}
	i := item(Relief, "reason")
	for r, n := range count {
		if r != most && n == count[most] {
			return i // none is the most frequent
		}
	}
	i.State, i.Days = Says, on
	i.Size = float64(count[most]) / float64(told)
	i.Low, i.High = wilson(count[most], told)
	i.Says = journal.Phrase{Key: "insight.reason", Args: []any{"reason", journal.Option("reason." + string(most)), "count", count[most], "n", told, "doses", doses,
		"share", math.Round(100 * i.Size), "low", math.Round(100 * i.Low), "high", math.Round(100 * i.High), "days", len(on)}}
	i.Cannot = journal.Phrase{Key: "insight.cannot.reason"}
	return i
}

func ratings(doses, rate, helped int, on []journal.Date) Item {
	if rate < rated {
		return waits(Relief, "helped", "insight.need.rated", rated-rate)
	}
	i := item(Relief, "helped")
	i.State, i.Days = Says, on
	i.Size = float64(helped) / float64(rate)
	i.Low, i.High = wilson(helped, rate)
	i.Says = journal.Phrase{Key: "insight.rated", Args: []any{"count", helped, "n", rate, "doses", doses, "low", math.Round(100 * i.Low), "high", math.Round(100 * i.High), "days", len(on)}}
	i.Cannot = journal.Phrase{Key: "insight.cannot.rated"}
	return i
}

// wilson is the likely range of a share, 95 in a hundred (Wilson 1927,
// 10.1080/01621459.1927.10502953).
func wilson(k, n int) (low, high float64) {
	const z = 1.96
	p, m := float64(k)/float64(n), float64(n)
	mid, wide := p+z*z/(2*m), z*math.Sqrt(p*(1-p)/m+z*z/(4*m*m))
	return max(0, (mid-wide)/(1+z*z/m)), min(1, (mid+wide)/(1+z*z/m))
}

const (
	// fadeRated ratings over fadeDays days, with fadeThird in the first and the
	// last third, are wanted; the share of doses that is rated may change by
	// fadeShare between them.
	fadeRated, fadeDays, fadeThird, fadeShare = 30, 90, 10, 0.2
	leastFade                                 = 0.5
)

// fade asks, for the reason given most, whether the ratings go down over the
// weeks.
func fade(l *look) []Item {
	count := map[journal.Reason]int{}
	for k := range l.days {
		for _, o := range l.days[k].Doses {
			for _, r := range o.Reasons {
				if o.Helped >= 0 {
					count[r]++
				}
			}
		}
	}
	most := journal.Reasons[0]
	for _, r := range journal.Reasons {
		if count[r] > count[most] {
			most = r
		}
	}
	if count[most] < fadeRated {
		return []Item{waits(Fade, "helped", "insight.need.fade", fadeRated-count[most])}
	}
	if len(l.days) < fadeDays {
		return []Item{waits(Fade, "helped", "insight.need.fade_days", fadeDays-len(l.days))}
	}
	return []Item{l.fades(most)}
}

// rating keeps the end of a line within what can be rated.
func rating(v float64) float64 { return min(4, max(0, v)) }

func (l *look) fades(r journal.Reason) Item {
	i := item(Fade, string(r))
	type count struct{ all, rate int }
	days := make([]count, len(l.days))
	weeks := weekly(l.days[0].Date, len(l.days), func(k int) (float64, bool) {
		sum, n := 0.0, 0
		for _, o := range l.days[k].Doses {
			if !slices.Contains(o.Reasons, r) {
				continue
			}
			days[k].all++
			if o.Helped >= 0 {
				sum, n = sum+float64(o.Helped), n+1
			}
		}
		days[k].rate = n
		return sum / float64(max(1, n)), n > 0
	})
	// The thirds are of the weeks that are looked at.
	looked := drift.Last(weeks)
	var all, rate [3]int
	for k := range looked {
		for _, d := range days[l.days[0].Date.DaysUntil(looked[k].from):][:7] {
			third := 3 * k / len(looked)
			all[third], rate[third] = all[third]+d.all, rate[third]+d.rate
		}
	}
	if rate[0] < fadeThird || rate[2] < fadeThird {
		return waits(Fade, string(r), "insight.need.fade", max(fadeThird-rate[0], fadeThird-rate[2]))
	}
	share := func(t int) float64 { return float64(rate[t]) / float64(all[t]) }
	s, ok := drift.Of(values(weeks))
	if !ok || math.Abs(share(0)-share(2)) > fadeShare {
		return i
	}
	i.Plot, i.Days = plotOf(weeks, "insight.unit.of_four"), daysOf(looked)
	i.Size, i.Low, i.High = s.To-s.From, s.Low*float64(s.Span), s.High*float64(s.Span)
	if !s.Shows || math.Abs(i.Size) < leastFade {
		return i
	}
	i.State = Says
	i.Says = journal.Phrase{Key: "insight.fade", Args: []any{"reason", journal.Option("reason." + string(r)), "from", tenth(rating(s.From)), "to", tenth(rating(s.To)),
		"n", s.Span + 1, "first", rate[0], "last", rate[2], "low", tenth(i.Low), "high", tenth(i.High)}}
	i.Cannot = journal.Phrase{Key: "insight.cannot.fade"}
	return i
}
