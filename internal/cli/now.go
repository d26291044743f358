package cli

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/journal"
)

// The answer of `now --json`; what is not known is left out.
type (
	nowAnswer struct {
		Now      time.Time    `json:"now"`
		LastDose *entryAnswer `json:"last_dose,omitempty"`
		// SinceMinutes is the time since the last dose.
		SinceMinutes *int          `json:"since_last_min,omitempty"`
		Today        todayAnswer   `json:"today"`
		Body         *bodyAnswer   `json:"body,omitempty"`
		Unreadable   int           `json:"unreadable,omitempty"`
		Usuals       []usualAnswer `json:"usuals,omitempty"`
	}
	todayAnswer struct {
		Date        journal.Date  `json:"date"`
		State       string        `json:"state"` // unknown, none, doses
		Doses       int           `json:"doses"`
		Mitragynine *totalAnswer  `json:"mitragynine,omitempty"`
		SevenOH     *totalAnswer  `json:"seven_oh,omitempty"`
		Entries     []entryAnswer `json:"entries"`
	}
	totalAnswer struct {
		LowMg        float64 `json:"low_mg"`
		MidMg        float64 `json:"mid_mg"`
		HighMg       float64 `json:"high_mg"`
		UnknownDoses int     `json:"unknown_doses"`
	}
	bodyAnswer struct {
		Mitragynine levelAnswer `json:"mitragynine_nM"`
		SevenOH     levelAnswer `json:"seven_oh_nM"`
		// Direct says that 7-OH was taken as such, which makes it far less sure.
		Direct       bool `json:"direct_seven_oh"`
		UnknownDoses int  `json:"unknown_doses"`
	}
	levelAnswer struct {
		Low  float64 `json:"low"`
		Mid  float64 `json:"mid"`
		High float64 `json:"high"`
		// OfPeak is the mid as a share of the highest of the last 24 hours.
		OfPeak float64 `json:"of_24h_peak"`
		Trend  string  `json:"trend"` // rising, steady, falling
	}
	usualAnswer struct {
		Product string  `json:"product"`
		Amount  float64 `json:"amount"`
		Unit    string  `json:"unit"`
	}
	// entryAnswer is an entry as the export has it, with its id.
	entryAnswer struct {
		ID        journal.ID `json:"id"`
		BackDated bool       `json:"back_dated,omitempty"`
		Corrected bool       `json:"corrected,omitempty"`
		journal.Event
	}
)

func answerOf(e *journal.Entry) entryAnswer {
	return entryAnswer{ID: e.ID, BackDated: e.BackDated(), Corrected: e.Corrected, Event: e.Event}
}

func (c *commands) nowCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "now",
		Short: "Say how it stands: time since the last dose, today, the body",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.look(cmd.Context(), func(a *app.App) error {
				t, err := a.Today(cmd.Context())
				if err != nil {
					return err
				}
				if c.json {
					return c.printJSON(nowOf(&t))
				}
				return c.say("%s", strings.Join(nowWords(&t), "\n"))
			})
		},
	}
}

var dayStates = map[journal.DayState]string{journal.DayUnknown: "unknown", journal.DayNone: "none", journal.DayDoses: "doses"}

func nowOf(t *app.Today) nowAnswer {
	n := nowAnswer{Now: t.Now, Unreadable: t.Unreadable, Today: todayAnswer{
		Date: t.Day.Date, State: dayStates[t.Day.State], Doses: t.Doses, Entries: []entryAnswer{},
		Mitragynine: totalOf(t.Mitragynine, t.Doses), SevenOH: totalOf(t.SevenOH, t.Doses),
	}}
	if t.LastDose != nil {
		last := answerOf(t.LastDose)
		minutes := int(t.Now.Sub(t.LastDose.At).Minutes())
		n.LastDose, n.SinceMinutes = &last, &minutes
	}
	for _, e := range t.Day.Entries {
		n.Today.Entries = append(n.Today.Entries, answerOf(e))
	}
	for _, u := range t.Usuals {
		n.Usuals = append(n.Usuals, usualAnswer{u.ProductName, u.Amount, u.Unit})
	}
	if t.Body.Known() {
		m, s := levels(&t.Body)
		n.Body = &bodyAnswer{Mitragynine: m, SevenOH: s, Direct: t.Body.Direct, UnknownDoses: t.Body.Unknown}
	}
	return n
}

// figures keeps four figures: what the estimates can carry, without the noise
// of binary fractions.
func figures(v float64) float64 {
	r, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 4, 64), 64)
	if err != nil {
		return v
	}
	return r
}

func totalOf(t app.Total, doses int) *totalAnswer {
	if doses == 0 || !t.Known() {
		return nil
	}
	return &totalAnswer{figures(t.Low), figures(t.Mid), figures(t.High), t.Unknown}
}

// levels of both analytes at the present moment.
func levels(b *app.Body) (mitragynine, sevenOH levelAnswer) {
	return levelAt(b, func(p app.BodyPoint) app.Level { return p.Mitragynine }),
		levelAt(b, func(p app.BodyPoint) app.Level { return p.SevenOH })
}

// trendAhead is how many points ahead a trend looks: an hour, at the body's
// steps of 20 minutes.
const trendAhead = 3

func levelAt(b *app.Body, of func(app.BodyPoint) app.Level) levelAnswer {
	now := of(b.Points[b.Now])
	a := levelAnswer{Low: figures(now.Low), Mid: figures(now.Mid), High: figures(now.High), Trend: "steady"}
	peak := 0.0
	for _, p := range b.Points[:b.Now+1] {
		peak = max(peak, of(p).Mid)
	}
	if peak > 0 {
		a.OfPeak = figures(now.Mid / peak)
	}
	// A change below a tenth in an hour is within what the model can tell.
	switch next := of(b.Points[min(b.Now+trendAhead, len(b.Points)-1)]).Mid; {
	case next > 1.1*now.Mid:
		a.Trend = "rising"
	case next < 0.9*now.Mid:
		a.Trend = "falling"
	}
	return a
}

func nowWords(t *app.Today) []string {
	var lines []string
	add := func(format string, args ...any) { lines = append(lines, fmt.Sprintf(format, args...)) }
	switch {
	case t.LastDose == nil:
		add("No dose is in the journal.")
	default:
		at := t.LastDose.At
		when := "at " + clock(at, t.Settings)
		if journal.DateOf(at) != t.Day.Date {
			when = "on " + at.Format("2 January") + " " + when
		}
		add("Last dose: %s ago, %s %s.", span(t.Now.Sub(at)), describe(&t.LastDose.Event), when)
	}
	switch t.Day.State {
	case journal.DayUnknown:
		add("Today: nothing written about doses. If there was none, say so: evenkeel add none today")
	case journal.DayNone:
		add("Today: none so far.")
	case journal.DayDoses:
		add("Today: %s. Mitragynine %s; 7-OH %s.", count(t.Doses, "dose", "doses"), totalWords(t.Mitragynine, t.Doses), totalWords(t.SevenOH, t.Doses))
	}
	lines = append(lines, bodyWords(t)...)
	if t.Unreadable > 0 {
		add("%s cannot be read. Run: evenkeel doctor", count(t.Unreadable, "record", "records"))
	}
	return lines
}

func totalWords(t app.Total, doses int) string {
	if t.Unknown == 0 || !t.Known() {
		return milligrams(t.Range)
	}
	return fmt.Sprintf("%s, not counting %d of %s with unknown content", milligrams(t.Range), t.Unknown, count(doses, "dose", "doses"))
}

func bodyWords(t *app.Today) []string {
	switch {
	case journal.Or(t.Settings.HideCurve, false):
		return nil // the person does not want to see it
	case !t.Body.Known() && t.Body.Unknown > 0:
		return []string{"In the body: not known, because what your products hold is not known. Add it with `evenkeel product edit`."}
	case !t.Body.Known():
		return []string{"In the body: nothing to work out from the doses of the last two weeks."}
	}
	m, s := levels(&t.Body)
	lines := []string{
		"In the body, for a typical person who took these doses:",
		"  mitragynine: " + levelWords(m),
		"  7-OH:        " + levelWords(s),
	}
	if t.Body.Direct {
		lines = append(lines, "  No study has measured how 7-OH products are taken up by people, so this is far less sure than the band says.")
	}
	if t.Body.Unknown > 0 {
		lines = append(lines, fmt.Sprintf("  Not counting %s with unknown content.", count(t.Body.Unknown, "dose", "doses")))
	}
	return lines
}

func levelWords(l levelAnswer) string {
	// Below a hundredth of a nanomole per litre nothing can be measured.
	if l.Mid < 0.01 {
		return "next to none"
	}
	return fmt.Sprintf("%s, %s of the highest level of the last 24 hours; about %s nM (most people: %s to %s)",
		l.Trend, shareWords(l.OfPeak), rounded(l.Mid), rounded(l.Low), rounded(l.High))
}

func shareWords(share float64) string {
	switch {
	case share >= 0.9:
		return "nearly all"
	case share >= 0.7:
		return "about three quarters"
	case share >= 0.42:
		return "about half"
	case share >= 0.29:
		return "about a third"
	case share >= 0.18:
		return "about a quarter"
	case share >= 0.08:
		return "about a tenth"
	}
	return "a small part"
}
