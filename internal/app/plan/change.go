package plan

import (
	"context"
	"math"
	"slices"
	"time"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/taper"
)

// Asked is what a person asks their plan for. Every number in it is theirs, but
// that of "replanned", which is what they took.
type Asked struct {
	// What is one of journal.PlanChanges but "begun".
	What string
	// Days that each step left lasts longer, for "stretched".
	Days int
	// Amount a day to go on from, for "jumped".
	Amount float64
	// To is a day of the other product, for "switched", and Clinician says that
	// they and a clinician decided it.
	To        *taper.Start
	Clinician bool
	// Seen says that they read what is known of coming down this fast; asked for
	// only there.
	Seen bool
}

// quiet are the changes that may be asked for beside a flag: none of them takes
// anything away.
var quiet = []string{"returned", "held", "gentle", "stretched", "ended"}

// Change does to the plan what a person asks for; see taper.Changed, Jumped,
// Replanned and Switched.
func Change(ctx context.Context, a *app.App, j *journal.Journal, now time.Time, c *Asked) (app.Saved, error) {
	today := journal.DateOf(now)
	p, ok := taper.Current(j, today)
	if !ok {
		return app.Saved{}, fault.New(fault.NotFound, "way.none")
	}
	if len(taper.FlagsOf(j, now)) > 0 && !slices.Contains(quiet, c.What) {
		return app.Saved{}, fault.New(fault.Invalid, "way.flagged_change")
	}
	next, err := changed(j, p, today, c)
	if err != nil {
		return app.Saved{}, Refused(err)
	}
	if slices.Contains([]string{"jumped", "replanned"}, c.What) && faster(p, &next, today) && !c.Seen {
		return app.Saved{}, fault.New(fault.Invalid, "way.seen_jump")
	}
	return record.New(ctx, a, journal.Event{Body: &next})
}

// faster reports that a plan takes away more than is known to be riskier: at once,
// or within the coming month more than the plan before it did. What was read when
// that one was chosen holds as long as neither is so.
func faster(p, next *journal.Plan, today journal.Date) bool {
	month, now := taper.Amount(p, max(today.Add(-30), p.Begins)), taper.Amount(next, today)
	if now < taper.Amount(p, today) && month > 0 && 1-now/month > taper.FastMonth+1e-9 {
		return true
	}
	before, _ := taper.FastestOf(p, today)
	share, _ := taper.FastestOf(next, today)
	return share > taper.FastMonth+1e-9 && share > before+1e-9
}

func changed(j *journal.Journal, p *journal.Plan, today journal.Date, c *Asked) (journal.Plan, error) {
	switch c.What {
	case "jumped":
		return taper.Jumped(p, c.Amount, today)
	case "replanned":
		lived, _, ok := taper.Lived(j, p, today)
		if !ok {
			return *p, fault.New(fault.Invalid, "way.lived_not_yet")
		}
		return taper.Replanned(p, lived, today)
	case "switched":
		if c.To == nil {
			return *p, fault.New(fault.Invalid, "way.no_product")
		}
		if _, other := otherWay(c.To.ProductName); other {
			return *p, fault.New(fault.Invalid, "way.flagged_use")
		}
		if !c.Clinician {
			return *p, fault.New(fault.Invalid, "way.switch_clinician")
		}
		return taper.Switched(p, c.To, today)
	}
	return taper.Changed(p, c.What, today, c.Days)
}

// kept is what an amount of a plan's product costs at the price of a whole
// package, below 0 where the amount is; zero where it is not known.
func kept(j *journal.Journal, p *journal.Plan, amount float64) journal.Money {
	product, ok := j.Product(p.Product)
	if !ok || !(product.Price > 0 && product.UnitsPerPack > 0) || len(product.Units) == 0 {
		return journal.Money{}
	}
	n, ok := product.In(1, p.Unit, product.Units[0].Name)
	if !ok {
		// What a whole one weighs leads there, too.
		whole, ok := product.In(1, product.Units[0].Name, p.Unit)
		if !ok || !(whole > 0) {
			return journal.Money{}
		}
		n = 1 / whole
	}
	return journal.Money{N: math.Round(amount * n / product.UnitsPerPack * product.Price), Currency: product.Currency}
}
