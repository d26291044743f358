package cli

import (
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/evenkeel/evenkeel/exposure"
	"github.com/evenkeel/evenkeel/insight/trend"
	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/journal"
)

// The answer of `trends --json`; what is not known is left out.
type (
	trendsAnswer struct {
		Days  []trendDayAnswer  `json:"days"`
		Gaps  []gapAnswer       `json:"gaps"`
		Weeks []trendPartAnswer `json:"weeks"`
		// Whole sums the days up, and Before as many days before them.
		Whole  trendPartAnswer `json:"whole"`
		Before trendPartAnswer `json:"before"`
	}
	trendDayAnswer struct {
		Date    journal.Date `json:"date"`
		State   string       `json:"state"` // unknown, none, doses
		Partial bool         `json:"partial,omitempty"`
		// Doses is left out on a day of which nothing is known.
		Doses       *int          `json:"doses,omitempty"`
		Mitragynine *totalAnswer  `json:"mitragynine,omitempty"`
		SevenOH     *totalAnswer  `json:"seven_oh,omitempty"`
		Grams       *float64      `json:"grams,omitempty"`
		Unweighed   int           `json:"unweighed_doses,omitempty"`
		Rough       []float64     `json:"rough,omitempty"`
		SleepHours  *float64      `json:"sleep_h,omitempty"`
		Spent       []moneyAnswer `json:"spent,omitempty"`
	}
	moneyAnswer struct {
		Amount   float64 `json:"amount"`
		Currency string  `json:"currency"`
	}
	gapAnswer struct {
		At      time.Time `json:"at"`
		Hours   float64   `json:"hours"`
		Unknown bool      `json:"unknown,omitempty"`
	}
	trendPartAnswer struct {
		From        journal.Date       `json:"from"`
		To          journal.Date       `json:"to"`
		Days        int                `json:"days"`
		WithDoses   int                `json:"with_doses"`
		None        int                `json:"none"`
		Unknown     int                `json:"unknown"`
		Doses       *trendSpreadAnswer `json:"doses,omitempty"`
		Mitragynine *trendSpreadAnswer `json:"mitragynine_mg,omitempty"`
		SevenOH     *trendSpreadAnswer `json:"seven_oh_mg,omitempty"`
		Grams       *trendSpreadAnswer `json:"grams,omitempty"`
		Gaps        *trendSpreadAnswer `json:"gap_h,omitempty"`
		Rough       *trendSpreadAnswer `json:"rough,omitempty"`
		SleepHours  *trendSpreadAnswer `json:"sleep_h,omitempty"`
		Spent       []moneyAnswer      `json:"spent,omitempty"`
	}
	trendSpreadAnswer struct {
		N      int     `json:"n"`
		Least  float64 `json:"least"`
		Low    float64 `json:"q1"`
		Middle float64 `json:"median"`
		High   float64 `json:"q3"`
		Most   float64 `json:"most"`
	}
)

// mostTrendDays is longer than anyone keeps a journal.
const mostTrendDays = 36_600

func (c *commands) trendsCommand() *cobra.Command {
	days := 28
	cmd := &cobra.Command{
		Use:   "trends",
		Short: c.t("cli.trends.short"),
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if days < 1 || days > mostTrendDays {
				return fault.New(fault.Invalid, "cli.trends.days_range")
			}
			return c.look(cmd.Context(), func(a *app.App) error {
				j, err := a.Read(cmd.Context())
				if err != nil {
					return err
				}
				now := a.Now(cmd.Context())
				t := trend.Of(j, now, 2*days+1)
				yesterday := journal.DateOf(now).Add(-1)
				whole, before := t.Over(yesterday.Add(1-days), yesterday), t.Over(yesterday.Add(1-2*days), yesterday.Add(-days))
				if from := len(t.Days) - days - 1; from > 0 {
					first := t.Days[from].Date
					t.Days = t.Days[from:]
					for len(t.Gaps) > 0 && journal.DateOf(t.Gaps[0].At) < first {
						t.Gaps = t.Gaps[1:]
					}
				}
				if c.json {
					return c.printJSON(trendsOf(&t, &whole, &before))
				}
				return c.print(c.trendsWords(&t, &whole, &before))
			})
		},
	}
	cmd.Flags().IntVar(&days, "days", days, c.t("cli.trends.days"))
	return cmd
}

func trendsOf(t *trend.Trend, whole, before *trend.Summary) trendsAnswer {
	a := trendsAnswer{Days: []trendDayAnswer{}, Gaps: []gapAnswer{}, Weeks: []trendPartAnswer{}, Whole: partOf(whole), Before: partOf(before)}
	for i := range t.Days {
		a.Days = append(a.Days, trendDayOf(&t.Days[i]))
	}
	for _, g := range t.Gaps {
		a.Gaps = append(a.Gaps, gapAnswer{g.At, figures(g.Hours), g.Unknown})
	}
	for _, w := range t.Weeks() {
		a.Weeks = append(a.Weeks, partOf(&w))
	}
	return a
}

func trendDayOf(d *trend.Day) trendDayAnswer {
	a := trendDayAnswer{Date: d.Date, State: dayStates[d.State], Partial: d.Partial, Rough: d.Rough, SleepHours: d.SleepHours, Spent: moneyOf(d.Spent)}
	if d.State == journal.DayUnknown {
		return a
	}
	a.Doses = &d.Doses
	held := func(t exposure.Total) *totalAnswer {
		if d.Doses == 0 {
			return &totalAnswer{}
		}
		return totalOf(t, d.Doses)
	}
	a.Mitragynine, a.SevenOH = held(d.Mitragynine), held(d.SevenOH)
	if a.Unweighed = d.Grams.Unknown; d.Grams.Sum > 0 || a.Unweighed == 0 {
		grams := figures(d.Grams.Sum)
		a.Grams = &grams
	}
	return a
}

func moneyOf(list []journal.Money) []moneyAnswer {
	var out []moneyAnswer
	for _, m := range list {
		out = append(out, moneyAnswer{m.N, m.Currency})
	}
	return out
}

func partOf(s *trend.Summary) trendPartAnswer {
	of := func(s trend.Spread) *trendSpreadAnswer {
		if s.N == 0 {
			return nil
		}
		return &trendSpreadAnswer{s.N, figures(s.Least), figures(s.Low), figures(s.Mid), figures(s.High), figures(s.Most)}
	}
	return trendPartAnswer{From: s.From, To: s.To, Days: s.Days, WithDoses: s.WithDoses, None: s.None, Unknown: s.Unknown, Doses: of(s.Doses),
		Mitragynine: of(s.MitragynineMg), SevenOH: of(s.SevenOHMg), Grams: of(s.Grams), Gaps: of(s.Gaps), Rough: of(s.Rough), SleepHours: of(s.SleepHours), Spent: moneyOf(s.Spent)}
}

// trendsWords are the days one a line, and the middle of them.
func (c *commands) trendsWords(t *trend.Trend, whole, before *trend.Summary) string {
	if len(t.Days) == 0 {
		return c.t("cli.trends.nothing")
	}
	var b strings.Builder
	for i := range t.Days {
		d := &t.Days[i]
		what := c.t("trends.unknown")
		switch d.State {
		case journal.DayNone:
			what = c.t("day.none")
		case journal.DayDoses:
			what = c.t("day.doses", "n", d.Doses)
		}
		if d.Partial && d.State != journal.DayUnknown {
			what = c.t("trends.so_far", "what", what)
		}
		fmt.Fprintf(&b, "%s  %s\n", d.Date, what)
	}
	for _, part := range []struct {
		key string
		s   *trend.Summary
	}{{"cli.trends.whole", whole}, {"cli.trends.before", before}} {
		s := part.s
		fmt.Fprintf(&b, "%s\n", c.t(part.key, "known", s.Days-s.Unknown, "n", s.Days))
		for _, f := range []struct {
			key string
			trend.Spread
		}{{"doses", s.Doses}, {"mitragynine", s.MitragynineMg}, {"seven_oh", s.SevenOHMg}, {"grams", s.Grams}, {"gaps", s.Gaps}, {"rough", s.Rough}, {"sleep", s.SleepHours}} {
			if f.N > 0 {
				fmt.Fprintf(&b, "  %s, %s: %s\n", c.t("trends.row."+f.key), c.t("trends.unit."+f.key),
					c.t("trends.spread", "mid", figures(f.Mid), "low", figures(f.Low), "high", figures(f.High)))
			}
		}
	}
	return strings.TrimRight(b.String(), "\n")
}
