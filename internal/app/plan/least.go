package plan

import (
	"math"

	"github.com/evenkeel/evenkeel/internal/app/outlook"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/pkpd"
	"github.com/evenkeel/evenkeel/taper"
)

// usualShare of the bodies is what a least plan holds for where the person sets
// none.
const usualShare = 0.8

// Limits are those of a least plan as they are typed: a ceiling, the days a step
// lasts, the share in percent (0 for none typed), the largest step in percent,
// hard days, the first being 1, and their ceiling, and the dose that is kept
// longest.
func Limits(ceiling float64, every int, share, largest float64, hard []int, hardCeiling float64, keep taper.Keep) taper.Limits {
	l := taper.Limits{Ceiling: ceiling, Share: share / 100, Every: every, Largest: largest, HardCeiling: hardCeiling, Keep: keep, Days: taper.MostPlanned}
	if share == 0 {
		l.Share = usualShare
	}
	for _, d := range hard {
		l.Hard = append(l.Hard, d-1)
	}
	return l
}

func hundred(share float64) float64 { return math.Round(100 * share) }

// atLeast and atMost do not round past what they count: 20.4 of 100 over are more
// than the 20 that may be.
func atLeast(share float64) float64 { return math.Ceil(100*share - 1e-9) }

func atMost(share float64) float64 { return math.Floor(100*share + 1e-9) }

// least says of a least plan what it keeps to, how sure it is that none is lower,
// and what holds it.
func least(p *outlook.Paces, w *outlook.Way) []journal.Phrase {
	var list []journal.Phrase
	add := func(key string, args ...any) { list = append(list, journal.Phrase{Key: key, Args: args}) }
	l, c := &w.Pace.Limits, w.Least
	holds := "way.least.kept"
	if p.General || p.Basis != pkpd.Fitted {
		holds = "way.least.kept_general"
	}
	add(holds, "ceiling", l.Ceiling, "share", hundred(l.Share))
	if len(l.Hard) > 0 {
		add("way.least.hard", "ceiling", min(l.HardCeiling, l.Ceiling))
	}
	switch {
	case len(w.Steps) == 1 && w.Steps[0].Pattern.Grains() == w.Start.Day.Grains() && w.Reached < 0:
		add("way.least.stays", "n", l.Days)
	case w.Reached < 0:
		add("way.least.not_reached", "n", l.Days)
	}
	switch {
	case c.Proof == taper.Within && c.Within == 0:
		add("way.least.proof.same")
	case c.Proof == taper.Within:
		add("way.least.proof.within", "n", c.Within)
	default:
		add("way.least.proof." + string(c.Proof))
	}
	add("way.least.joint", "joint", atMost(c.Joint))
	for _, b := range c.Binds {
		if b.Reason == taper.AtCeiling {
			add("way.least.one_less", "n", b.Day+1, "grain", level(w), "over", atLeast(b.Over), "night", b.Night+1)
			break
		}
	}
	list = append(list, sooner(w)...)
	if w.Finer >= 0 && w.Finer < w.Reached {
		add("way.least.finer", "grain", journal.Amount{N: w.Start.Grain / 2, Unit: w.Start.Unit}, "n", w.Finer+1)
	}
	return list
}

// sooner says whether keeping another dose longest would bring the last step
// sooner.
func sooner(w *outlook.Way) []journal.Phrase {
	if len(w.Keeps) == 0 || w.Reached < 0 {
		return nil
	}
	var list []journal.Phrase
	for _, k := range taper.Keeps {
		if day, ok := w.Keeps[k]; ok && day >= 0 && day < w.Reached {
			list = append(list, journal.Phrase{Key: "way.least.sooner." + KeepName(k), Args: []any{"n", day + 1}})
		}
	}
	if len(list) == 0 {
		list = append(list, journal.Phrase{Key: "way.least.sooner.none"})
	}
	return list
}

// KeepName is the name of a Keep in answers of commands and in the catalogue.
func KeepName(k taper.Keep) string {
	if k == taper.KeepAlike {
		return "alike"
	}
	return string(k)
}

// level is what one level of the ladder is less than the next.
func level(w *outlook.Way) journal.Amount {
	return journal.Amount{N: w.Start.Amount(w.Least.Grains), Unit: w.Start.Unit}
}

// Why says why a step of a least plan is not lower.
func Why(w *outlook.Way, b *taper.Bind) journal.Phrase {
	p := journal.Phrase{Key: "way.least.why." + string(b.Reason)}
	switch b.Reason {
	case taper.AtCeiling:
		p.Args = []any{"n", b.Night + 1, "grain", level(w), "over", atLeast(b.Over)}
	case taper.ForLater:
		p.Args = []any{"n", b.Night + 1}
	}
	return p
}
