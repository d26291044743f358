package plan

import (
	"math"

	"github.com/evenkeel/evenkeel/journal"
)

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
	add := func(key string, args ...any) { list = append(list, journal.Phrase{Key: key, Args: args}) }
	amount := func(f float64) journal.Amount { return journal.Amount{N: f, Unit: n.Unit} }
	switch {
	case n.From > 0 && n.To == 0:
		add("way.went.down_none", "from", amount(n.From))
	case n.From > n.To:
		add("way.went.down", "from", amount(n.From), "to", amount(n.To))
	}
	if n.Progress.Known > 0 {
		add("way.went.days", "at", n.AtOrUnder, "n", n.Progress.Known)
	}
	switch {
	case n.Between > 1:
		add("way.went.between", "days", math.Round(10*n.Between)/10, "n", n.OverDays)
	case n.OverDays > 0:
		add("way.went.over", "n", n.OverDays)
	}
	if h := math.Floor(n.Gap.Hours()); h >= 1 {
		add("way.went.gap", "n", int(h))
	}
	switch {
	case n.Kept.N > 0:
		add("way.went.kept", "money", n.Kept, "n", n.Progress.Known)
	case n.Kept.N < 0:
		add("way.went.cost", "money", journal.Money{N: -n.Kept.N, Currency: n.Kept.Currency}, "n", n.Progress.Known)
	}
	if p := n.Felt.Sleep; p.Known() {
		add("way.went.sleep", "then", p.Then, "now", p.Now, "n", p.ThenDays, "m", p.NowDays)
	}
	if p := n.Felt.Mood; p.Known() {
		add("way.went.mood", "then", p.Then, "now", p.Now, "n", p.ThenDays, "m", p.NowDays)
	}
	if n.Felt.Sleep.Known() || n.Felt.Mood.Known() {
		add("way.went.beside")
	}
	if !n.AfterBreak { // SayNow says it then
		add("way.went.tolerance")
	}
	return list
}

// SayLived is that something else was taken of late than the plan has, and what it
// could go on from; nothing where it is as planned.
func SayLived(n *Now) []journal.Phrase {
	if n.LivedDays == 0 {
		return nil
	}
	return []journal.Phrase{{Key: "way.lived", Args: []any{"n", n.LivedDays, "amount", journal.Amount{N: n.Lived, Unit: n.Unit}}}}
}
