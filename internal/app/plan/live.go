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
	return record.New(ctx, a, journal.Event{Body: &p})
}

// Change does to the plan what a person asks for; see taper.Changed.
func Change(ctx context.Context, a *app.App, j *journal.Journal, now time.Time, what string, days int) (app.Saved, error) {
	today := journal.DateOf(now)
	p, ok := taper.Current(j, today)
	if !ok {
		return app.Saved{}, fault.New(fault.NotFound, "way.none")
	}
	next, err := taper.Changed(p, what, today, days)
	if err != nil {
		return app.Saved{}, Refused(err)
	}
	return record.New(ctx, a, journal.Event{Body: &next})
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
	// Slow says that three of the last seven days were over plan, and that steps
	// are left that can come later.
	Slow bool
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
	n.Slow = n.Progress.Over >= taper.SlowFrom && n.Next != "" && len(n.Flags) == 0
	return n
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

// SayNow is what may be said of a plan today, in order.
func SayNow(n *Now) []journal.Phrase {
	var list []journal.Phrase
	add := func(key string, args ...any) { list = append(list, journal.Phrase{Key: key, Args: args}) }
	amount := func(f float64) journal.Amount { return journal.Amount{N: f, Unit: n.Unit} }
	if len(n.Flags) > 0 {
		add("way.now.flagged")
		return list
	}
	if !n.Begun {
		add("way.now.not_begun", "day", n.Begins)
		return list
	}
	switch {
	case n.Planned == 0 && n.Day.Over > 0:
		add("way.now.over_none", "over", amount(n.Day.Over))
	case n.Planned == 0:
		add("way.now.none")
	case n.Day.Over > 0:
		add("way.now.over", "amount", amount(n.Planned), "over", amount(n.Day.Over))
	case n.Day.Other > 0:
		add("way.now.unsure", "amount", amount(n.Planned))
	case n.Day.Known:
		add("way.now.left", "amount", amount(n.Planned), "left", amount(n.Left))
	default:
		add("way.now.planned", "amount", amount(n.Planned))
	}
	if n.Day.Other > 0 {
		add("way.now.other", "n", n.Day.Other)
	}
	switch {
	case n.Held != "":
		add("way.now.held", "day", n.Held)
	case n.Next != "" && n.Amount == 0:
		add("way.now.next_none", "day", n.Next)
	case n.Next != "":
		add("way.now.next", "day", n.Next, "amount", amount(n.Amount))
	}
	if n.AfterBreak {
		add("way.went.tolerance")
	}
	return list
}

// SayHard is what a plan does not go on in silence with; nothing where the last
// days were not very hard.
func SayHard(n *Now) []journal.Phrase {
	switch {
	case !n.Hard:
		return nil
	case n.Next != "" && len(n.Flags) == 0:
		return []journal.Phrase{{Key: "way.hard"}, {Key: "way.hard_hold"}}
	}
	return []journal.Phrase{{Key: "way.hard"}}
}

// SayProgress is how it went so far, without streaks.
func SayProgress(n *Now) []journal.Phrase {
	if !n.Begun || len(n.Flags) > 0 {
		return nil
	}
	var list []journal.Phrase
	if n.From > n.To {
		list = append(list, journal.Phrase{Key: "way.went.down", Args: []any{"from", journal.Amount{N: n.From, Unit: n.Unit}, "to", journal.Amount{N: n.To, Unit: n.Unit}}})
	}
	if n.Progress.Known > 0 {
		list = append(list, journal.Phrase{Key: "way.went.days", Args: []any{"at", n.AtOrUnder, "n", n.Progress.Known}})
	}
	if !n.AfterBreak { // SayNow says it then
		list = append(list, journal.Phrase{Key: "way.went.tolerance"})
	}
	return list
}
