package taper

import (
	"slices"

	"github.com/evenkeel/evenkeel/journal"
)

// Changed is a plan after something that the person asked for, on a day. None of
// it makes a plan faster, and none raises a step: "returned" leaves it as it is;
// "held" stays at this day's amount until "resumed"; "gentle" has one more day of
// it; "stretched" makes every step that is left come days later than the one
// before it; "ended" ends it. See Jumped and Switched for what does either.
func Changed(p *journal.Plan, what string, today journal.Date, days int) (journal.Plan, error) {
	out := copied(p, what)
	at := stepOn(p, today)
	if at < 0 && what != "ended" {
		return out, refuse("way.not_begun")
	}
	switch what {
	case "returned", "ended":
	case "held":
		if p.Held == "" {
			out.Held = today
		}
	case "resumed":
		if p.Held == "" {
			return out, refuse("way.not_held")
		}
		// The days of the hold are put before the steps that are left, so that
		// those before it stay on the days on which they were lived.
		later(&out, at, p.Held.DaysUntil(today), 0)
		out.Held = ""
	case "gentle":
		later(&out, at, 1, 0)
	case "stretched":
		if days < 1 || days > 60 {
			return out, refuse("way.stretch_range")
		}
		later(&out, at, days, days)
	default:
		return out, refuse("way.no_change")
	}
	return out, nil
}

// copied is a plan to change, without the forecast that was shown with another
// one.
func copied(p *journal.Plan, what string) journal.Plan {
	out := *p
	out.Change, out.Steps, out.Shown = what, slices.Clone(p.Steps), nil
	return out
}

// later moves the steps after one by first days, and each by more than the one
// before.
func later(p *journal.Plan, at, first, more int) {
	for i := at + 1; i < len(p.Steps); i++ {
		if i == 0 {
			continue // the plan's first day is the person's word
		}
		p.Steps[i].Day += first + (i-at-1)*more
	}
}
