package cli

import (
	"math"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/evenkeel/evenkeel/insight"
	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/journal"
)

// The answer of `insight --json`. Numbers that a sentence does not have, and
// ends that the days leave open, are left out.
type (
	insightJSON struct {
		Days  int             `json:"days"`
		Known int             `json:"known"`
		Items []insightAnswer `json:"items"`
	}
	insightAnswer struct {
		Kind   insight.Kind   `json:"kind"`
		ID     string         `json:"id"`
		State  insight.State  `json:"state"`
		Says   string         `json:"says,omitempty"`
		Cannot string         `json:"cannot_tell,omitempty"`
		Size   *float64       `json:"size,omitempty"`
		Low    *float64       `json:"low,omitempty"`
		High   *float64       `json:"high,omitempty"`
		Days   []journal.Date `json:"days"`
	}
)

func (c *commands) insightCommand() *cobra.Command {
	return &cobra.Command{
		Use: "insight", Short: c.t("insight.short"), Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.look(cmd.Context(), func(a *app.App) error {
				j, err := a.Read(cmd.Context())
				if err != nil {
					return err
				}
				now := a.Now(cmd.Context())
				m := insight.Of(j, now)
				if c.json {
					return c.printJSON(c.insightAnswer(&m, now))
				}
				return c.print(c.insightText(&m, now))
			})
		},
	}
}

func (c *commands) insightAnswer(m *insight.Month, now time.Time) insightJSON {
	a := insightJSON{Days: m.Days, Known: m.Known, Items: []insightAnswer{}}
	number := func(v float64) *float64 {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return nil
		}
		v = figures(v)
		return &v
	}
	for _, i := range m.Items {
		one := insightAnswer{Kind: i.Kind, ID: i.ID, State: i.State, Size: number(i.Size), Low: number(i.Low), High: number(i.High), Days: i.Days}
		if one.Days == nil {
			one.Days = []journal.Date{}
		}
		if i.Says.Key != "" {
			one.Says = c.text.Phrase(i.Says, now)
		}
		if i.Cannot.Key != "" {
			one.Cannot = c.text.Phrase(i.Cannot, now)
		}
		a.Items = append(a.Items, one)
	}
	return a
}

func (c *commands) insightText(m *insight.Month, now time.Time) string {
	if m.Days == 0 {
		return c.t("insight.nothing_at_all")
	}
	lines := []string{c.t("insight.known", "known", m.Known, "n", m.Days)}
	said := m.Said()
	if len(said) == 0 {
		lines = append(lines, "", c.t("insight.nothing"))
	}
	for _, i := range said {
		lines = append(lines, "", c.text.Phrase(i.Says, now))
		if i.Cannot.Key != "" {
			lines = append(lines, "  "+c.text.Phrase(i.Cannot, now))
		}
	}
	for _, part := range []struct {
		key  string
		list []insight.Item
	}{{"insight.more", m.More()}, {"insight.waiting", m.Waiting()}} {
		if len(part.list) == 0 {
			continue
		}
		lines = append(lines, "", c.t(part.key))
		for _, i := range part.list {
			lines = append(lines, "  "+c.text.Phrase(i.Says, now))
		}
	}
	return strings.Join(lines, "\n")
}
