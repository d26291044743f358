package cli

import (
	"encoding/json"
	"errors"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/evenkeel/evenkeel/exposure"
	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/outlook"
	"github.com/evenkeel/evenkeel/internal/locale"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/pkpd"
	"github.com/evenkeel/evenkeel/say"
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
		// Said is what may be said of the body, with the key of each statement in
		// docs/what-may-be-said.md.
		Said []saidAnswer `json:"said,omitempty"`
	}
	saidAnswer struct {
		Key  string `json:"key"`
		Text string `json:"text"`
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
		// Missing says that for most of the last day nothing is written about doses.
		Missing bool `json:"missing_entries"`
	}
	levelAnswer struct {
		Low  float64 `json:"low"`
		Mid  float64 `json:"mid"`
		High float64 `json:"high"`
		// OfPeak is the mid as a share of the highest of the last 24 hours.
		OfPeak float64 `json:"of_24h_peak"`
		Trend  string  `json:"trend"` // rising, steady, falling
		// none says that a laboratory could not measure it; coming, that it could
		// in the hours to come.
		none, coming bool
	}
	usualAnswer struct {
		Product string  `json:"product"`
		Amount  float64 `json:"amount"`
		Unit    string  `json:"unit"`
	}
	// entryAnswer is an entry as the export has it, with its id.
	entryAnswer struct {
		ID        journal.ID    `json:"id"`
		BackDated bool          `json:"back_dated,omitempty"`
		Corrected bool          `json:"corrected,omitempty"`
		Event     journal.Event `json:"-"`
	}
)

// MarshalJSON writes the id and the marks before the event's own fields: an
// event writes itself, and would write alone.
func (e entryAnswer) MarshalJSON() ([]byte, error) {
	type marks entryAnswer
	head, err := json.Marshal(marks(e))
	if err != nil {
		return nil, err
	}
	tail, err := json.Marshal(e.Event)
	if err != nil {
		return nil, err
	}
	return append(append(head[:len(head)-1], ','), tail[1:]...), nil
}

func answerOf(e *journal.Entry) entryAnswer {
	return entryAnswer{ID: e.ID, BackDated: e.BackDated(), Corrected: e.Corrected, Event: e.Event}
}

func (c *commands) nowCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "now",
		Short: c.t("cli.now.short"),
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.look(cmd.Context(), func(a *app.App) error {
				j, err := a.Read(cmd.Context())
				if err != nil {
					return err
				}
				look := outlook.New(a)
				t := look.Today(j, a.Now(cmd.Context()))
				// What is known without a model is said also where the model fails.
				var failed error
				t.Said, failed = look.Said(cmd.Context(), j, a.Now(cmd.Context()))
				if c.json {
					return errors.Join(failed, c.printJSON(c.nowOf(j, &t)))
				}
				return errors.Join(failed, c.print(strings.Join(c.nowWords(j, &t), "\n")))
			})
		},
	}
}

var dayStates = map[journal.DayState]string{journal.DayUnknown: "unknown", journal.DayNone: "none", journal.DayDoses: "doses"}

func (c *commands) nowOf(j *journal.Journal, t *outlook.Today) nowAnswer {
	n := nowAnswer{Now: t.Now, Unreadable: j.Newer() + j.Damaged(), Today: todayAnswer{
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
	for _, s := range t.Said {
		n.Said = append(n.Said, saidAnswer{s.Key, s.Text(c.t)})
	}
	if t.Curve.Known() {
		m, s := levels(&t.Curve)
		n.Body = &bodyAnswer{Mitragynine: m, SevenOH: s, Direct: t.Curve.Direct, UnknownDoses: t.Curve.Unknown, Missing: t.Curve.Missing()}
	}
	return n
}

// figures keeps four figures: what the estimates can carry, without the noise
// of binary fractions.
func figures(v float64) float64 { return pkpd.Round(v, 4) }

func totalOf(t exposure.Total, doses int) *totalAnswer {
	if doses == 0 || !t.Known() {
		return nil
	}
	return &totalAnswer{figures(t.Low), figures(t.Mid), figures(t.High), t.Unknown}
}

// levels of both analytes at the present moment.
func levels(b *exposure.Curve) (mitragynine, sevenOH levelAnswer) {
	m, s := say.Quantifiable()
	return levelAt(b, m, func(p exposure.Point) exposure.Level { return p.Mitragynine }),
		levelAt(b, s, func(p exposure.Point) exposure.Level { return p.SevenOH })
}

// trendAhead is how far ahead a trend looks.
const trendAhead = time.Hour

// levelAt is the level now; measurable is what a laboratory can just measure, in
// nM.
func levelAt(b *exposure.Curve, measurable float64, of func(exposure.Point) exposure.Level) levelAnswer {
	now := of(b.Points[b.Now])
	a := levelAnswer{Low: figures(now.Low), Mid: figures(now.Mid), High: figures(now.High), Trend: "steady"}
	peak, ahead := 0.0, 0.0
	for _, p := range b.Points[:b.Now+1] {
		peak = max(peak, of(p).Mid)
	}
	for _, p := range b.Points[b.Now:] {
		ahead = max(ahead, of(p).High)
	}
	a.none, a.coming = now.High < measurable, ahead >= measurable
	if peak > 0 {
		a.OfPeak = figures(now.Mid / peak)
	}
	// A change below a tenth in an hour is within what the model can tell.
	at := b.Now
	for at < len(b.Points)-1 && b.Points[at].At.Sub(b.Points[b.Now].At) < trendAhead {
		at++
	}
	switch next := of(b.Points[at]).Mid; {
	case next > 1.1*now.Mid:
		a.Trend = "rising"
	case next < 0.9*now.Mid:
		a.Trend = "falling"
	}
	return a
}

func (c *commands) nowWords(j *journal.Journal, t *outlook.Today) []string {
	lines := []string{c.lastDose(j, t)}
	switch t.Day.State {
	case journal.DayUnknown:
		lines = append(lines, c.t("cli.now.unknown"))
	case journal.DayNone:
		lines = append(lines, c.t("cli.now.none"))
	case journal.DayDoses:
		lines = append(lines, c.t("cli.now.doses", "n", t.Doses, "mitragynine", c.total(t.Mitragynine, t.Doses), "seven_oh", c.total(t.SevenOH, t.Doses)))
	}
	for _, s := range t.Said {
		lines = append(lines, s.Text(c.t))
	}
	lines = append(lines, c.bodyWords(j, t)...)
	if n := j.Newer() + j.Damaged(); n > 0 {
		lines = append(lines, c.t("cli.now.unreadable", "n", n))
	}
	return lines
}

func (c *commands) lastDose(j *journal.Journal, t *outlook.Today) string {
	if t.LastDose == nil {
		return c.t("cli.now.no_dose")
	}
	at, key := t.LastDose.At, "cli.now.last"
	ago := t.Now.Sub(at)
	switch {
	case ago < time.Minute:
		key = "cli.now.last_just"
	case journal.DateOf(at) != t.Day.Date:
		key = "cli.now.last_day"
	}
	return c.t(key, "span", c.text.Lasted(ago), "dose", c.describe(&t.LastDose.Event), "day", c.text.Near(journal.DateOf(at), t.Now), "time", c.clock(at, j.Settings()))
}

func (c *commands) total(t exposure.Total, doses int) string {
	if t.Unknown == 0 || !t.Known() {
		return c.milligrams(t.Range)
	}
	return c.t("cli.now.not_counting", "mg", c.milligrams(t.Range), "unknown", t.Unknown, "n", doses)
}

func (c *commands) bodyWords(j *journal.Journal, t *outlook.Today) []string {
	switch {
	case journal.Or(j.Settings().HideCurve, false):
		return nil // the person does not want to see it
	case !t.Curve.Known() && t.Curve.Unknown > 0:
		return []string{c.t("cli.now.body_not_known")}
	case !t.Curve.Known():
		return []string{c.t("cli.now.body_nothing")}
	}
	m, s := levels(&t.Curve)
	lines := []string{
		c.t("cli.now.body"),
		"  " + c.t("cli.now.body_mitragynine", "level", c.level(m)),
		"  " + c.t("cli.now.body_seven_oh", "level", c.level(s)),
	}
	if t.Curve.Direct {
		lines = append(lines, "  "+c.t("cli.now.body_direct"))
	}
	if t.Curve.Missing() {
		lines = append(lines, "  "+c.t("body.missing"))
	}
	if t.Curve.Unknown > 0 {
		lines = append(lines, "  "+c.t("cli.now.body_unknown", "n", t.Curve.Unknown))
	}
	return lines
}

func (c *commands) level(l levelAnswer) string {
	switch {
	case l.none && l.coming:
		return c.t("cli.level.coming")
	case l.none:
		return c.t("cli.level.none")
	}
	return c.t("cli.level", "trend", c.t("cli.trend."+l.Trend), "share", c.t("cli.share."+shareOf(l.OfPeak)),
		"mid", locale.Two(l.Mid), "low", locale.Two(l.Low), "high", locale.Two(l.High))
}

// shareOf names a share as people do.
func shareOf(share float64) string {
	switch {
	case share >= 0.9:
		return "all"
	case share >= 0.7:
		return "three_quarters"
	case share >= 0.42:
		return "half"
	case share >= 0.29:
		return "third"
	case share >= 0.18:
		return "quarter"
	case share >= 0.08:
		return "tenth"
	}
	return "small"
}
