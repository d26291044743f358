package plan

import (
	"context"
	"slices"
	"time"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/outlook"
	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/taper"
)

// Choice is the pace of a question that a person makes their plan.
type Choice struct {
	Question
	// Begins is the first day, as the person says it.
	Begins journal.Date
	// Seen says that they read what is known of a pace as fast as this one; asked
	// for only there.
	Seen bool
}

// furthest is how far ahead a plan may begin, in days.
const furthest = 365

// Use makes the one pace of a choice the person's plan. What stands before a
// comparison stands before this, too.
func Use(ctx context.Context, a *app.App, look *outlook.Reader, j *journal.Journal, now time.Time, c *Choice) (app.Saved, error) {
	c.Paces = c.Paces[:min(len(c.Paces), 1)]
	answer, err := Compare(ctx, look, j, now, &c.Question)
	if err != nil {
		return app.Saved{}, err
	}
	if len(answer.Flags) > 0 {
		return app.Saved{}, fault.New(fault.Invalid, "way.flagged_use")
	}
	w := &answer.List[0]
	if w.Err != nil {
		return app.Saved{}, Refused(w.Err)
	}
	today := journal.DateOf(now)
	if _, err := journal.ParseDate(string(c.Begins)); err != nil || c.Begins < today || c.Begins > today.Add(furthest) {
		return app.Saved{}, fault.New(fault.Invalid, "way.begins_range")
	}
	if _, fast := Fast(&w.Schedule); fast && !c.Seen {
		return app.Saved{}, fault.New(fault.Invalid, "way.seen_fast")
	}
	p := taper.Chosen(&w.Schedule, c.Begins)
	p.Shown = shown(&answer, w)
	return record.New(ctx, a, journal.Event{Body: &p})
}

// Now is what a plan says today.
type Now struct {
	*journal.Plan
	taper.Day
	taper.Progress
	// Begun is false before the first day.
	Begun bool
	// Next is the day of the next step, empty where none comes, with its amount.
	Next   journal.Date
	Amount float64
	// Asks says that today is over plan and that nothing was answered since.
	Asks bool
	// Slow says that three of the last seven days were over plan, that steps are
	// left that can come later, and that nothing was slowed down since.
	Slow bool
	// Lived is the middle amount of the last LivedDays known days, where it is
	// another than what the plan has; 0 and no days where not, or not known.
	Lived     float64
	LivedDays int
	// LivedFast says that going on from there would be faster than what was read
	// about when the plan was chosen.
	LivedFast bool
	// Felt and Kept stand beside the progress.
	Felt Felt
	Kept journal.Money
	// AfterBreak says that an old amount can be too much; see taper.AfterBreak.
	AfterBreak bool
	// Hard says that the last two days were very rough, or hold words of despair.
	Hard bool
	// Flags are those that the journal raises since.
	Flags []taper.Flag
}

// Today reads the plan; nil where there is none.
func Today(j *journal.Journal, now time.Time) *Now {
	today := journal.DateOf(now)
	p, ok := taper.Current(j, today)
	if !ok {
		return nil
	}
	n := &Now{Plan: p, Hard: taper.Hard(j, now), Flags: taper.FlagsOf(j, now)}
	n.Day, n.Begun = taper.DayOf(j, today)
	n.Next, n.Amount, _ = taper.Next(p, today)
	if !n.Begun {
		n.Next, n.Amount = "", 0
		return n
	}
	n.Progress = taper.ProgressOf(j, p, today)
	n.AfterBreak = taper.AfterBreak(j, p, today)
	n.Asks = n.Day.Over > 0 && len(n.Flags) == 0 && !answered(j, today, n.Day.OverSince)
	n.Slow = n.Progress.Over >= taper.SlowFrom && n.Next != "" && n.Held == "" && len(n.Flags) == 0 && !slowed(j, n.Progress.LastOver)
	if lived, days, ok := taper.Lived(j, p, today); ok && len(n.Flags) == 0 {
		if next, err := taper.Replanned(p, lived, today); err == nil {
			n.Lived, n.LivedDays, n.LivedFast = lived, days, faster(p, &next, today)
		}
	}
	n.Felt, n.Kept = feltOf(j, p, today), kept(j, p, n.Less)
	return n
}

// slowed reports that the person made the plan slower, or another, since a day.
func slowed(j *journal.Journal, since journal.Date) bool {
	return slices.ContainsFunc(j.All(), func(e *journal.Entry) bool {
		return e.Plan() != nil && journal.DateOf(e.At) >= since && slices.Contains([]string{"stretched", "held", "resumed", "jumped", "replanned", "switched", "begun"}, e.Plan().Change)
	})
}

// Behind is the same plan behind flags that the person named: it says no amount
// and asks nothing.
func (n *Now) Behind(flags []taper.Flag) *Now {
	if len(flags) == 0 {
		return n
	}
	out := *n
	out.Flags, out.Asks, out.Slow = flags, false, false
	return &out
}

// answered reports that the plan was changed, or left as it is, since the day
// came to be over it: it is asked once a day.
func answered(j *journal.Journal, today journal.Date, since time.Time) bool {
	return slices.ContainsFunc(j.On(today), func(e *journal.Entry) bool {
		return e.Plan() != nil && e.Plan().Change != "begun" && !e.At.Before(since)
	})
}
