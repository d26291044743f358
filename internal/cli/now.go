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

func totalOf(t exposure.Total, doses int) *totalAnswer {
	if doses == 0 || !t.Known() {
		return nil
	}
	return &totalAnswer{figures(t.Low), figures(t.Mid), figures(t.High), t.Unknown}
}
