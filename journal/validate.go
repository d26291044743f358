package journal

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Limits on what one entry may hold. They are far above real use and keep a
// mistyped or hostile file from filling the journal.
const (
	maxText   = 20000
	maxWord   = 120
	maxAmount = 1e6
)

// FieldError names the part of an event that cannot be right, in a sentence
// for the person.
type FieldError struct {
	// Field is the path in the JSON form, such as "dose.amount".
	Field string
	// Problem completes "dose.amount: ...".
	Problem string
}

func (e *FieldError) Error() string { return e.Field + ": " + e.Problem }

type validator interface{ validate() error }

func bad(field, format string, args ...any) error {
	return &FieldError{Field: field, Problem: fmt.Sprintf(format, args...)}
}

// earliest is the first time an entry may have. Nobody who uses Evenkeel took
// anything before, and a date such as year 1 is a broken clock.
var earliest = time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC)

// Validate checks the envelope and the payload; the error is a *FieldError.
func (e *Event) Validate() error {
	kind, p := e.payload()
	switch {
	case e.V != Version:
		return bad("v", "must be %d", Version)
	case p == nil:
		return bad("kind", "an entry must hold exactly one thing, of a kind this release knows")
	case kind != e.Kind:
		return bad("kind", "says %q but the entry holds %q", clip(string(e.Kind)), string(kind))
	case e.At.Before(earliest) || e.At.Year() > 9999:
		return bad("at", "the time must lie between 1900 and 9999")
	case e.Recorded.Before(earliest) || e.Recorded.Year() > 9999:
		return bad("recorded", "the time must lie between 1900 and 9999")
	case e.Rev < 0 || e.Rev > 1e6:
		return bad("rev", "must be 0 or more")
	case e.Kind == KindDeletion && e.Replaces.IsZero():
		return bad("replaces", "a deletion must name what it deletes")
	case e.Kind == KindSettings && e.Replaces.IsZero(): // their rev orders changes; each stands alone
	case (e.Rev > 0 || e.Kind == KindDeletion) != !e.Replaces.IsZero():
		return bad("replaces", "a correction names the entry it replaces and counts up its rev")
	}
	return p.validate()
}

func clip(s string) string {
	if utf8.RuneCountInString(s) > 40 {
		return string([]rune(s)[:40]) + "…"
	}
	return s
}

func amount(field string, v float64) error {
	if !(v > 0) || v > maxAmount || math.IsInf(v, 0) {
		return bad(field, "the amount must be more than 0 and at most 1,000,000")
	}
	return nil
}

func text(field, s string, limit int) error {
	if !utf8.ValidString(s) {
		return bad(field, "the text has characters that cannot be read")
	}
	if utf8.RuneCountInString(s) > limit {
		return bad(field, "the text is longer than %d characters", limit)
	}
	return nil
}

func word(field, s string) error {
	if strings.TrimSpace(s) == "" {
		return bad(field, "must not be empty")
	}
	return text(field, s, maxWord)
}

func score(field string, p *int, top int) error {
	if p != nil && (*p < 0 || *p > top) {
		return bad(field, "must be from 0 to %d", top)
	}
	return nil
}

func oneOf[T ~string](field string, v T, list []T) error {
	if !slices.Contains(list, v) {
		return bad(field, "%q is not one of the choices", clip(string(v)))
	}
	return nil
}

func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func (d *Dose) validate() error {
	for _, r := range d.Reasons {
		if err := oneOf("dose.reasons", r, Reasons); err != nil {
			return err
		}
	}
	return first(amount("dose.amount", d.Amount), word("dose.unit", d.Unit), text("dose.product_name", d.ProductName, maxWord),
		score("dose.helped", d.Helped, 4), text("dose.note", d.Note, maxText))
}

func (*None) validate() error { return nil }

func (c *CheckIn) validate() error {
	for s, v := range c.Symptoms {
		if err := first(oneOf("check_in.symptoms", s, Symptoms), score("check_in.symptoms."+string(s), &v, 4)); err != nil {
			return err
		}
	}
	if h := c.SleepHours; h != nil && !(*h >= 0 && *h <= 24) {
		return bad("check_in.sleep_h", "must be from 0 to 24 hours")
	}
	if len(c.Symptoms) == 0 && c.Rough == nil && c.Craving == nil && c.Mood == nil && c.Calm == nil && c.Energy == nil &&
		c.Pain == nil && c.SleepHours == nil && c.SleepQuality == nil && c.Note == "" {
		return bad("check_in", "answer at least one question")
	}
	return first(score("check_in.rough", c.Rough, 10), score("check_in.craving", c.Craving, 10), score("check_in.mood", c.Mood, 10),
		score("check_in.calm", c.Calm, 10), score("check_in.energy", c.Energy, 10), score("check_in.pain", c.Pain, 10),
		score("check_in.sleep_quality", c.SleepQuality, 10), text("check_in.note", c.Note, maxText))
}

func (s *Substance) validate() error {
	return first(oneOf("substance.class", s.Class, SubstanceClasses), text("substance.name", s.Name, maxWord),
		text("substance.amount", s.Amount, maxWord), text("substance.note", s.Note, maxText))
}

func (b *BodyChange) validate() error {
	if b.Since != "" {
		if _, err := ParseDate(string(b.Since)); err != nil {
			return bad("body_change.since", "%v", err)
		}
	}
	return first(oneOf("body_change.change", b.Change, Changes), text("body_change.note", b.Note, maxText))
}

func (l *Life) validate() error {
	if l.Effect != "" {
		if err := oneOf("life.effect", l.Effect, LifeEffects); err != nil {
			return err
		}
	}
	return first(oneOf("life.area", l.Area, LifeAreas), text("life.note", l.Note, maxText))
}

func (n *Note) validate() error {
	if strings.TrimSpace(n.Text) == "" {
		return bad("note.text", "must not be empty")
	}
	return text("note.text", n.Text, maxText)
}

func currency(field, s string) error {
	if len(s) != 3 || strings.ToUpper(s) != s || strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		return bad(field, "is three capital letters, such as USD")
	}
	return nil
}

func (s *Spending) validate() error {
	if !(s.Amount >= 0) || s.Amount > 1e9 {
		return bad("spending.amount", "must be 0 or more")
	}
	return first(currency("spending.currency", s.Currency), text("spending.note", s.Note, maxText))
}

func (h *History) validate() error {
	if !(h.Days > 0) || h.Days > 36525 {
		return bad("history.days", "must be more than 0 and at most 100 years")
	}
	if !(h.TimesPerDay >= 0) || h.TimesPerDay > 1000 {
		return bad("history.times_per_day", "must be 0 or more")
	}
	return first(amount("history.per_day", h.PerDay), word("history.unit", h.Unit), text("history.product_name", h.ProductName, maxWord),
		text("history.note", h.Note, maxText))
}

func (s *Settings) validate() error {
	if v := s.AutoLockMinutes; v != nil && (*v < 0 || *v > 1440) {
		return bad("settings.auto_lock_min", "must be from 0 (never) to 1440 minutes")
	}
	for _, c := range []struct {
		field string
		value *string
		list  []string
	}{
		{"settings.clock", s.Clock, []string{"", "12h", "24h"}},
		{"settings.units", s.Units, []string{"metric", "us"}},
		{"settings.goal", s.Goal, []string{"", "understand", "cut_down", "quit"}},
	} {
		if c.value != nil {
			if err := oneOf(c.field, *c.value, c.list); err != nil {
				return err
			}
		}
	}
	if s.Currency != nil {
		if err := currency("settings.currency", *s.Currency); err != nil {
			return err
		}
	}
	return first(text("settings.language", Or(s.Language, ""), 35), text("settings.country", Or(s.Country, ""), 2))
}

func (*Deletion) validate() error { return nil }
