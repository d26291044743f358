package locale

import (
	"github.com/evenkeel/evenkeel/instrument"
	"github.com/evenkeel/evenkeel/pkpd"
)

// Score says a score with its top and, where there are any, its band; or how
// many answers it lacks.
func (c *Catalogue) Score(in *instrument.Instrument, rule *instrument.Scoring, s instrument.Score) string {
	w := in.Words(c.Tag())
	name := w.Scores[s.ID]
	if !s.Known {
		return c.T("screen.unknown", "name", name, "n", len(s.Missing))
	}
	value := c.Number(pkpd.Round(s.Value, 3))
	if s.Band == "" {
		return c.T("screen.score", "name", name, "value", value, "top", rule.High)
	}
	return c.T("screen.score_band", "name", name, "value", value, "top", rule.High, "band", w.Bands[s.ID+"."+s.Band])
}

// ScoreChange says how a score moved since a day; before is the score then.
func (c *Catalogue) ScoreChange(changed instrument.Changed, before instrument.Score, day string) string {
	key := map[instrument.Changed]string{
		instrument.Unclear: "screen.change.unclear", instrument.Unchanged: "screen.change.same",
		instrument.Lighter: "screen.change.lighter", instrument.Heavier: "screen.change.heavier",
	}[changed]
	return c.T(key, "day", day, "value", c.Number(pkpd.Round(before.Value, 3)))
}

// Recall says which time a questionnaire asks about.
func (c *Catalogue) Recall(in *instrument.Instrument) string {
	switch {
	case in.RecallDays == 0:
		return c.T("screen.recall.now")
	case in.RecallDays == 365:
		return c.T("screen.recall.year")
	}
	return c.T("screen.recall.days", "n", in.RecallDays)
}
