package today

import (
	"cmp"
	"slices"

	"github.com/evenkeel/evenkeel/insight"
	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/internal/web/shell"
	"github.com/evenkeel/evenkeel/journal"
)

// everyDays is how many days lie between two new sentences at least.
const everyDays = 7

// worth are the kinds that Today speaks of: those that took weeks to show. Counts
// stand on the page of the month.
var worth = []insight.Kind{insight.With, insight.Usual, insight.Gaps, insight.Creep, insight.Steadier, insight.Fade, insight.NextDay, insight.Varies}

// newSentence is the sentence that waits to be read; nil where there is none, or
// where the last was put away within the week.
func newSentence(v *shell.Visit) *insight.Item {
	if v.Reading == nil || journal.Or(v.Settings.HideInsights, false) {
		return nil
	}
	told := v.Settings.Told
	if told != nil && told.On.DaysUntil(v.Today()) < everyDays {
		return nil
	}
	m := v.Look.Month(v.Reading, v.Now)
	var list []insight.Item
	for _, i := range m.Items {
		if i.State == insight.Says && slices.Contains(worth, i.Kind) && (told == nil || !slices.Contains(told.IDs, named(&i))) {
			list = append(list, i)
		}
	}
	if len(list) == 0 {
		return nil
	}
	// By name within a kind, so that one that grows does not push another away.
	slices.SortStableFunc(list, func(a, b insight.Item) int {
		if c := cmp.Compare(slices.Index(worth, a.Kind), slices.Index(worth, b.Kind)); c != 0 {
			return c
		}
		return cmp.Compare(a.ID, b.ID)
	})
	return &list[0]
}

// named tells a sentence from others, and from its like with another direction.
func named(i *insight.Item) string { return string(i.Kind) + " " + i.ID + " " + i.Says.Key }

// putAway remembers that a sentence was read, or turns them off.
func putAway(v *shell.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	s, said := journal.Settings{}, "insight.put_away"
	if f.Get("off") == "1" {
		s.HideInsights, said = new(true), "insight.turned_off"
	} else {
		s.Told = v.Settings.Told.Tell(kit.Trimmed(f, "id"), v.Today())
	}
	if err := record.Settings(v.Ctx(), v.App, s); err != nil {
		return err
	}
	return v.Done("/", &kit.Notice{Text: v.T(said)})
}
