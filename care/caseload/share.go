package caseload

import (
	"strconv"
	"time"

	"github.com/evenkeel/evenkeel/care"
	"github.com/evenkeel/evenkeel/journal"
)

// PlanLook is how the last fourteen days went beside the plan.
type PlanLook struct {
	// Shared says that plans are; There that there is one that goes on.
	Shared bool `json:"shared"`
	There  bool `json:"there"`
	Over   int  `json:"over"`
	Known  int  `json:"known"`
}

// plan looks for days over the plan. A plan that is held has no amounts to be over.
func (l *look) plan() {
	p := l.p.Plan
	if p == nil {
		// One that is ticked and not there cannot be told from one that is not
		// shared, but by the consent.
		if l.Plan.Shared = sharedPart(l.p, "plan"); l.Plan.Shared {
			l.unknown("plan.none")
		} else {
			l.unknown("plan")
		}
		return
	}
	c := theLines().Plan
	l.Plan = PlanLook{Shared: true, There: !p.Ended, Over: p.OverDays, Known: p.KnownDays}
	switch {
	case p.Ended:
		l.unknown("plan.ended")
	case p.Held != "":
		l.unknown("plan.held", "day", p.Held)
	case p.KnownDays < c.Known:
		l.unknown("plan.few", "known", p.KnownDays)
	case p.OverDays >= c.Over:
		l.add(OverPlan, string(p.Begins)+"/"+strconv.Itoa((p.OverDays-1)/c.Over), -p.OverDays, "over_plan",
			"n", p.OverDays, "known", p.KnownDays, "product", p.Product, "made", journal.DateOf(l.p.Made))
	}
}

func sharedPart(p *care.Projection, part string) bool {
	for _, s := range p.Consent.Parts {
		if s == part {
			return true
		}
	}
	return false
}

// consent tells of one that ends soon.
func (l *look) consent() {
	c := theLines().Consent
	if !valid(l.Until) {
		l.unknown("consent")
		return
	}
	days := between(l.today, l.Until)
	if days > c.Days {
		return
	}
	l.consentSoon = true
	key := string(l.Until)
	if days <= c.Again {
		key += "/soon"
	}
	text := "consent_ends"
	if days == 0 {
		text = "consent_ends.today"
	}
	l.add(ConsentEnds, key, days, text, "n", days, "day", l.Until)
}

// fetching tells of a share of which nothing is here.
func (l *look) fetching(r *care.Received) {
	since := journal.DateOf(r.Since)
	days := between(since, l.today)
	l.unknown("waiting")
	if days >= theLines().Fetch.Waiting {
		l.add(NotFetched, string(since), -days, "not_fetched", "n", days, "day", since)
	}
}

// asked tells of a host that has not answered for days: what is shown may be old,
// or taken back.
func (l *look) asked(r *care.Received) {
	if r.Asked.IsZero() {
		return
	}
	days := int(l.now.Sub(r.Asked) / (24 * time.Hour))
	if days >= theLines().Fetch.Unasked {
		day := journal.DateOf(r.Asked)
		l.add(Unasked, string(day), -days, "unasked", "n", days, "day", day)
	}
}
