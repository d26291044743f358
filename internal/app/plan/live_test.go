package plan

import (
	"slices"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/taper"
)

func keys(list []journal.Phrase) []string {
	var out []string
	for _, p := range list {
		out = append(out, p.Key)
	}
	return out
}

// What a plan says is no more than it can: nothing to hold where no step is left,
// nothing left of a day where a dose could not be counted, no amount behind a flag.
func TestWhatAPlanMaySay(t *testing.T) {
	n := Now{Plan: &journal.Plan{Unit: "g"}, Begun: true, Hard: true}
	n.Planned, n.Day.Known = 4, true
	if got := keys(SayHard(&n)); !slices.Equal(got, []string{"way.hard"}) {
		t.Errorf("at its last step: %v", got)
	}
	n.Next = "2026-12-01"
	if got := keys(SayHard(&n)); !slices.Equal(got, []string{"way.hard", "way.hard_hold"}) {
		t.Errorf("before a step: %v", got)
	}
	n.Other = 1
	if got := keys(SayNow(&n)); !slices.Equal(got, []string{"way.now.unsure", "way.now.other", "way.now.next_none"}) {
		t.Errorf("with a dose in another unit: %v", got)
	}
	hid := n.Behind([]taper.Flag{"liver"})
	if got := keys(SayNow(hid)); !slices.Equal(got, []string{"way.now.flagged"}) || len(SayProgress(hid)) > 0 || len(n.Flags) > 0 {
		t.Errorf("behind a flag: %v", got)
	}
}

// A plan that came down to none says none, and not an amount of nothing.
func TestAPlanThatCameDownToNone(t *testing.T) {
	n := Now{Plan: &journal.Plan{Unit: "tablet"}, Begun: true}
	n.From = 6
	if got := keys(SayProgress(&n)); got[0] != "way.went.down_none" {
		t.Errorf("%v", got)
	}
	n.To = 4
	if got := keys(SayProgress(&n)); got[0] != "way.went.down" {
		t.Errorf("%v", got)
	}
}

// A start that holds more than the last known days is said to.
func TestAStartAboveWhatIsKnown(t *testing.T) {
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	var fold journal.Fold
	for n := 1; n <= 5; n++ {
		e := journal.Event{At: now.AddDate(0, 0, -n), Body: &journal.Dose{ProductName: "leaf", Amount: 4, Unit: "g"}}
		e.Stamp(e.At)
		fold.Apply(journal.ID{byte(n)}, e)
	}
	for _, c := range []struct {
		grains int
		unit   string
		want   float64
	}{{8, "g", 0}, {10, "g", 4}, {10, "capsule", 0}} {
		s := taper.Start{ProductName: "leaf", Unit: c.unit, Grain: 0.5, Day: taper.Pattern{{Minute: 480, Grains: c.grains}}}
		if got := above(fold.Journal(), now, &s); got != c.want {
			t.Errorf("%d halves of %s: %v", c.grains, c.unit, got)
		}
	}
}
