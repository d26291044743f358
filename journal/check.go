package journal

import (
	"errors"
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// Limits on what one entry may hold. They are far above real use and keep a
// mistyped or hostile file from filling the journal.
const (
	// MaxText is the longest free text, in characters.
	MaxText = 20000
	// MaxWord is the longest name, unit or short answer, in characters.
	MaxWord = 120
	// MaxAmount is the largest amount of anything.
	MaxAmount = 1e6
)

// FieldError names the part of an event that cannot be right, and the
// catalogue's sentence that says so.
type FieldError struct {
	// Field is the path in the JSON form, such as "dose.amount".
	Field string
	// Key of the sentence, with Args in pairs of a placeholder's name and its
	// value. They never hold what a person wrote.
	Key  string
	Args []any
}

func (e *FieldError) Error() string { return e.Field + ": " + e.Key }

// Text gives the catalogue's key and the arguments of the sentence.
func (e *FieldError) Text() (key string, args []any) { return e.Key, e.Args }

func bad(field, key string, args ...any) error {
	return &FieldError{Field: field, Key: key, Args: args}
}

// within puts the kind before the field that an error names.
func within(k Kind, err error) error {
	var f *FieldError
	if !errors.As(err, &f) {
		return err
	}
	path := string(k)
	if f.Field != "" {
		path += "." + f.Field
	}
	return &FieldError{path, f.Key, f.Args}
}

func amount(field string, v float64) error {
	if !(v > 0) || v > MaxAmount || math.IsInf(v, 0) {
		return bad(field, "event.amount_range")
	}
	return nil
}

func between(field string, v, low, high float64) error {
	if !(v >= low && v <= high) {
		return bad(field, "event.number_range", "low", low, "high", high)
	}
	return nil
}

func text(field, s string, limit int) error {
	if !utf8.ValidString(s) {
		return bad(field, "event.text_broken")
	}
	if utf8.RuneCountInString(s) > limit {
		return bad(field, "event.text_long", "n", limit)
	}
	return nil
}

func word(field, s string) error {
	if strings.TrimSpace(s) == "" {
		return bad(field, "event.empty")
	}
	return text(field, s, MaxWord)
}

func oneOf[T ~string](field string, v T, list []T) error {
	if !slices.Contains(list, v) {
		return bad(field, "event.not_a_choice")
	}
	return nil
}

// currency takes an ISO 4217 code in capital letters.
func currency(field, s string) error {
	if len(s) != 3 || strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		return bad(field, "event.currency")
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
