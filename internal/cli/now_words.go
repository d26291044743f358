package cli

import (
	"time"

	"github.com/evenkeel/evenkeel/exposure"
	"github.com/evenkeel/evenkeel/internal/app/outlook"
	"github.com/evenkeel/evenkeel/internal/locale"
	"github.com/evenkeel/evenkeel/journal"
)

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
		"  " + c.t("cli.now.body_mitragynine", "level", c.level(m, t.Curve.Missing())),
		"  " + c.t("cli.now.body_seven_oh", "level", c.level(s, t.Curve.Missing())),
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

// level says a level; missing that most of the last day has no entry.
func (c *commands) level(l levelAnswer, missing bool) string {
	switch {
	case l.none && l.coming:
		return c.t("cli.level.coming")
	case l.none && missing:
		return c.t("curve.none_written")
	case l.none:
		return c.t("cli.level.none")
	}
	return c.t("cli.level", "trend", c.t("cli.trend."+l.Trend), "share", c.t("cli.share."+shareOf(l.OfPeak)),
		"mid", locale.Two(l.Mid), "low", locale.Two(l.Low), "high", locale.Two(l.High))
}
