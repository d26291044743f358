package today

import (
	"slices"
	"time"

	"github.com/evenkeel/evenkeel/evidence/recall"
	"github.com/evenkeel/evenkeel/internal/app/recalls"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/internal/web/shell"
	"github.com/evenkeel/evenkeel/journal"
)

// recallDays is how long ago the last dose of a product may be for Today to speak
// of it. It stays on the page of the notices after.
const recallDays = 60

// newRecall is the first product taken lately that a recall surely names and that
// was not put away; nil for none. Reports, and names that only may be meant, stand
// on the page of the notices.
func newRecall(v *shell.Visit) (*recalls.Named, error) {
	if v.Reading == nil {
		return nil, nil
	}
	list, err := v.Notices()
	if err != nil {
		return nil, err
	}
	taken := map[journal.ID]bool{}
	if len(list) > 0 {
		for _, e := range v.Reading.Between(v.Now.AddDate(0, 0, -recallDays), v.Now.Add(time.Minute)) {
			if d := e.Dose(); d != nil {
				taken[d.Product] = true
			}
		}
	}
	for _, n := range list {
		n.Matches = slices.DeleteFunc(slices.Clone(n.Matches), func(m recall.Match) bool { return !m.Sure() })
		if len(n.Matches) > 0 && taken[n.Product.ID] && (v.Settings.Told == nil || !slices.Contains(v.Settings.Told.IDs, recallID(&n))) {
			return &n, nil
		}
	}
	return nil, nil
}

func recallID(n *recalls.Named) string { return "recall " + n.Matches[0].Number }

// recallWords say it in one sentence, or why it cannot be said.
func recallWords(v *kit.View, n *recalls.Named) string {
	return v.T("recalls.today", "product", n.Product.Product().Name, "number", n.Matches[0].Number)
}
