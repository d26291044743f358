package summary

import (
	"github.com/evenkeel/evenkeel/insight"
	"github.com/evenkeel/evenkeel/journal"
)

// Insight is one sentence of the month.
type Insight struct {
	Kind   insight.Kind   `json:"kind"`
	ID     string         `json:"id"`
	Says   string         `json:"says"`
	Cannot string         `json:"cannot_tell,omitempty"`
	Days   []journal.Date `json:"days"`
}

// insights are the sentences that the month says, with what they cannot tell.
func insights(l *look) (any, []Block) {
	m := insight.Of(l.j, l.now)
	list := []Insight{}
	var lines []string
	for _, i := range m.Said() {
		one := Insight{Kind: i.Kind, ID: i.ID, Says: l.Phrase(i.Says, l.now), Days: i.Days}
		line := one.Says
		if i.Cannot.Key != "" {
			one.Cannot = l.Phrase(i.Cannot, l.now)
			line += " " + one.Cannot
		}
		if one.Days == nil {
			one.Days = []journal.Date{}
		}
		list, lines = append(list, one), append(lines, line)
	}
	if len(list) == 0 {
		return list, []Block{{Text: l.T("insight.too_early")}}
	}
	return list, []Block{{Text: l.T("insight.known", "known", m.Known, "n", m.Days)}, {List: lines}}
}
