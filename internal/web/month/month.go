// Package month shows what a journal says about a life: at most five sentences,
// each with its number, its range, the days it rests on, and what it cannot tell.
package month

import (
	"net/http"
	"slices"

	"github.com/evenkeel/evenkeel/insight"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/internal/web/shell"
	"github.com/evenkeel/evenkeel/journal"
)

// Routes are the page.
func Routes() []shell.Route {
	return []shell.Route{{Pattern: "GET /month", Do: show, Part: "trends"}}
}

func show(v *shell.Visit) error {
	j, err := v.Read()
	if err != nil {
		return err
	}
	m := v.Look.Month(j, v.Now)
	v.Notify()
	return v.Show(http.StatusOK, page(&v.View, &m))
}

// linked is how many of the days a sentence rests on are linked, the latest.
const linked = 14

// latest are the last of the days, the latest first.
func latest(i *insight.Item) []journal.Date {
	list := slices.Clone(i.Days[max(0, len(i.Days)-linked):])
	slices.Reverse(list)
	return list
}

// at is the address of a day among the entries.
func at(d journal.Date) string { return "/journal?before=" + string(d.Add(1)) }

func says(v *kit.View, p journal.Phrase) string { return v.Phrase(p, v.Now) }
