package sign

import (
	"github.com/evenkeel/evenkeel/exposure"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/pkpd"
)

// point is a figure of one day.
type point struct {
	day journal.Date
	at  float64
}

// firsts are, for both windows, the hour of each day's first dose, and what
// each dose of known strength held of 7-OH, or of mitragynine where none was
// taken as such.
func firsts(j *journal.Journal, w *windows) (first, held split[point]) {
	var seven, leaf split[point]
	for d := w.before; d < w.today; d = d.Add(1) {
		recent, _ := w.in(d)
		into := func(s *split[point], p point) {
			if recent {
				s.recent = append(s.recent, p)
			} else {
				s.before = append(s.before, p)
			}
		}
		began := false
		for _, e := range j.On(d) {
			dose := e.Dose()
			if dose == nil {
				continue
			}
			if !began {
				began = true
				into(&first, point{d, float64(e.At.Hour()) + float64(e.At.Minute())/60})
			}
			c := exposure.Held(j, dose)
			if c.SevenOH.Known() && c.SevenOH.Mid > 0 {
				into(&seven, point{d, c.SevenOH.Mid})
			} else if c.Mitragynine.Known() {
				into(&leaf, point{d, c.Mitragynine.Mid})
			}
		}
	}
	if len(seven.recent) > 0 {
		return first, seven
	}
	return first, leaf
}

// stronger counts the recent doses that held more than any before.
func (s *Sign) stronger(held split[point]) {
	if len(held.before) < beforeKnown || len(held.recent) < recentKnown {
		*s = Sign{Kind: s.Kind, Days: max(0, recentKnown-len(held.recent)), More: max(0, beforeKnown-len(held.before))}
		return
	}
	for _, p := range held.before {
		s.Line = max(s.Line, p.at)
	}
	for _, p := range held.recent {
		s.Of++
		if p.at > s.Line {
			s.Count++
			s.show(p.day)
		}
	}
}

// early counts the recent days that began earlier than nine in ten before. When
// the person woke up is not known, so it is the hour that counts.
func (s *Sign) early(first split[point]) {
	if len(first.before) < beforeKnown || len(first.recent) < recentKnown {
		*s = Sign{Kind: s.Kind, Days: max(0, recentKnown-len(first.recent)), More: max(0, beforeKnown-len(first.before))}
		return
	}
	hours := make([]float64, len(first.before))
	for i, p := range first.before {
		hours[i] = p.at
	}
	s.Line = pkpd.Quantile(hours, 0.1)
	for _, p := range first.recent {
		s.Of++
		if p.at < s.Line {
			s.Count++
			s.show(p.day)
		}
	}
}
