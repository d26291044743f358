package caseload

import (
	"cmp"
	"slices"
	"time"

	"github.com/evenkeel/evenkeel/journal"
)

// Kind is what a reason is about.
type Kind string

// The kinds of reasons.
const (
	Flag         Kind = "flag"          // a red flag that the person let through
	ScoreHeavier Kind = "score_heavier" // a score that moved by its published change
	Rougher      Kind = "rougher"       // rough days against the person's own
	Silence      Kind = "silence"       // no check-in for longer than usual
	OverPlan     Kind = "over_plan"     // days over the plan
	ConsentEnds  Kind = "consent_ends"  // soon
	NotFetched   Kind = "not_fetched"   // there is a share, and nothing of it here
	Unasked      Kind = "unasked"       // the share's host does not answer
	Ended        Kind = "ended"         // the person, or the day of the consent, ended it
	ScoreLighter Kind = "score_lighter"
	Lighter      Kind = "lighter" // less rough than the person's own
)

// kindRule is a line of the table by which rows are ordered.
type kindRule struct {
	Kind Kind
	// Look says that it asks for a look; what does not is told and moves no row.
	Look bool
	// Again says that what goes on is looked at anew when its acknowledgement is
	// four weeks old. What happened on a day is acknowledged once.
	Again bool
}

// table is the whole order: the kinds from the first to the last. Two rows whose
// first open reason is of one kind stand by that reason's Order, then by name.
var table = []kindRule{
	{Kind: Flag, Look: true},
	{Kind: ScoreHeavier, Look: true},
	{Kind: Rougher, Look: true, Again: true},
	{Kind: Silence, Look: true, Again: true},
	{Kind: OverPlan, Look: true, Again: true},
	{Kind: ConsentEnds, Look: true},
	{Kind: NotFetched, Look: true, Again: true},
	{Kind: Unasked, Look: true, Again: true},
	{Kind: Ended, Look: true},
	{Kind: ScoreLighter},
	{Kind: Lighter},
}

// Kinds lists the kinds of reasons that ask for a look, in the order in which
// they do.
func Kinds() []Kind {
	var list []Kind
	for _, r := range table {
		if r.Look {
			list = append(list, r.Kind)
		}
	}
	return list
}

func rank(k Kind) int { return slices.IndexFunc(table, func(r kindRule) bool { return r.Kind == k }) }

// Reason is one reason to look at a row.
type Reason struct {
	Kind Kind `json:"kind"`
	// Key names the reason with what it rests on, such as "silence/2026-11-12/1".
	// An acknowledgement goes by it, so that one of a reason that changed is none.
	Key string `json:"key"`
	// Says is the reason in words, with its figures.
	Says journal.Phrase `json:"-"`
	// Order among reasons of its kind: the least first. For flags and scores the
	// later day is first, for silence the longer, for plans more days over, for
	// consents the earlier end.
	Order int `json:"-"`
	// Now says that a red flag is one at which somebody should be called at once.
	Now bool `json:"now,omitempty"`
	// Acknowledged is when somebody of the program saw it; zero while it is open.
	Acknowledged time.Time `json:"acknowledged,omitzero"`
}

// compare puts reasons into the order of the table.
func compare(a, b Reason) int {
	return cmp.Or(cmp.Compare(rank(a.Kind), rank(b.Kind)), order(a.Now, b.Now), cmp.Compare(a.Order, b.Order), cmp.Compare(a.Key, b.Key))
}

func order(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

// acknowledge marks what was seen, as far as it still holds.
func acknowledge(reasons []Reason, seen map[string]time.Time, now time.Time) {
	for i := range reasons {
		at, ok := seen[reasons[i].Key]
		again := table[rank(reasons[i].Kind)].Again
		if ok && !(again && now.Sub(at) >= time.Duration(theLines().Acknowledged.Days)*24*time.Hour) {
			reasons[i].Acknowledged = at
		}
	}
}
