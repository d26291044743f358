package cli

import (
	"strings"
	"time"
	"unicode"

	"github.com/evenkeel/evenkeel/internal/locale"
	"github.com/evenkeel/evenkeel/journal"
)

// clock is the time of day as the person set it, or as the language has it.
func (c *commands) clock(t time.Time, s journal.Settings) string {
	return c.text.Clock(t, c.text.Clock24(journal.Or(s.Clock, "")))
}

// amount is a figure with its unit, which may be the person's own word.
func (c *commands) amount(v float64, unit string) string { return c.text.Amount(v, oneLine(unit)) }

// milligrams is an estimated amount with its spread.
func (c *commands) milligrams(r journal.Range) string {
	switch {
	case !r.Known():
		return c.t("cli.mg.unknown")
	case r.Low == r.High:
		return c.t("cli.mg", "mid", figures(r.Mid))
	}
	return c.t("cli.mg.about", "mid", locale.Two(r.Mid), "low", locale.Two(r.Low), "high", locale.Two(r.High))
}

// describe is an entry in one line, without its time. It holds what the person
// wrote, which on a terminal stays on its line.
func (c *commands) describe(e *journal.Event) string {
	s := c.text.Describe(e, e.At)
	return oneLine(joined(append([]string{s.Title}, s.Parts...), s.Note))
}

// entry is an entry in one line with its kind and time. A kind that is also
// the title is said once.
func (c *commands) entry(e *journal.Event, settings journal.Settings) string {
	s := c.text.Describe(e, e.At)
	kind := c.t("kind." + string(e.Kind))
	list := s.Parts
	if s.Title != kind {
		list = append([]string{s.Title}, s.Parts...)
	}
	args := []any{"kind", kind, "day", e.At.Format(time.DateOnly), "time", c.clock(e.At, settings)}
	if text := oneLine(joined(list, s.Note)); text != "" {
		return c.t("cli.add.entry", append(args, "entry", text)...)
	}
	return c.t("cli.add.entry_short", args...)
}

func joined(list []string, note string) string {
	if note != "" {
		list = append(list, note)
	}
	return strings.Join(list, ", ")
}

// oneLine keeps what a person wrote from moving the terminal's cursor, changing
// its colours or turning its direction, and on one line.
func oneLine(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return ' '
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}
