package kit

import (
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/journal/number"
)

// FieldError is a field that could not be read, with the name it has in its
// form.
func FieldError(field, key string, args ...any) error {
	err := fault.New(fault.Invalid, key, args...)
	return &inField{field, err}
}

// inField names the field that an error is about.
type inField struct {
	field string
	err   error
}

func (e *inField) Error() string { return e.err.Error() }
func (e *inField) Unwrap() error { return e.err }

// WrongField is the field of a form that an error is about; "" when it is
// about none. The domain names fields by their path in JSON.
func WrongField(err error) string {
	var own *inField
	if errors.As(err, &own) {
		return own.field
	}
	var domain *journal.FieldError
	if errors.As(err, &domain) {
		parts := strings.Split(domain.Field, ".")
		return parts[len(parts)-1]
	}
	return ""
}

// Decimal reads a number as people write it in the style of a language:
// "1,500" is 1500 in English. One that can be read in two ways is asked about.
// ok is false when the field is empty.
func Decimal(style number.Style, f url.Values, name string) (n float64, ok bool, err error) {
	s := strings.TrimSpace(f.Get(name))
	if s == "" {
		return 0, false, nil
	}
	n, err = number.Parse(s, style)
	var two *number.Ambiguous
	if errors.As(err, &two) {
		key, args := two.Text()
		return 0, false, FieldError(name, key, args...)
	}
	if err != nil {
		return 0, false, FieldError(name, "web.not_a_number")
	}
	return n, true, nil
}

// Written is a figure in a field that a person may send back as it is: where
// their language would take its point for one of thousands, a zero behind it
// says that it is not.
func Written(style number.Style, n float64) string {
	s := Number(n)
	if back, err := number.Parse(s, style); err != nil || back != n {
		s += "0"
	}
	return s
}

// NumberStyle is how the page's language writes numbers.
func (v *View) NumberStyle() number.Style { return number.StyleOf(v.Tag()) }

// Number writes a figure for a field, an attribute or an address: always with
// a point. People read numbers from the catalogue.
func Number(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

// LocalTime is how a field of a form writes a time.
const LocalTime = "2006-01-02T15:04"

// Moment reads the time of a form. Empty means now, or for an entry that
// there is already, the time it has. A time that was not changed stays exact;
// a changed one keeps the UTC offset that the entry was lived in.
func Moment(f url.Values, now time.Time, old *journal.Entry) (time.Time, error) {
	s := strings.TrimSpace(f.Get("at"))
	if old != nil {
		if s == "" || s == old.At.Format(LocalTime) {
			return old.At, nil
		}
		_, seconds := old.At.Zone()
		return readMoment(s, time.FixedZone("", seconds))
	}
	if s == "" {
		return agoOf(f, now)
	}
	return readMoment(s, now.Location())
}

// Agos are the times that a form offers beside the field for one, by the value
// of their choice; "" is now.
var Agos = []struct{ Value, Key string }{{"", "ago.now"}, {"30min", "ago.30min"}, {"1h", "ago.1h"}, {"yesterday", "ago.yesterday"}}

// agoOf reads the time that was chosen where none was typed.
func agoOf(f url.Values, now time.Time) (time.Time, error) {
	switch f.Get("ago") {
	case "":
		return time.Time{}, nil
	case "30min":
		return now.Add(-30 * time.Minute), nil
	case "1h":
		return now.Add(-time.Hour), nil
	case "yesterday":
		return now.AddDate(0, 0, -1), nil
	}
	return time.Time{}, FieldError("at", "web.not_a_time")
}

func readMoment(s string, loc *time.Location) (time.Time, error) {
	for _, layout := range []string{LocalTime, "2006-01-02T15:04:05", "2006-01-02 15:04"} {
		if t, err := time.ParseInLocation(layout, s, loc); err == nil {
			return t, nil
		}
	}
	return time.Time{}, FieldError("at", "web.not_a_time")
}

// Chosen reports that a box of a group is ticked.
func Chosen(f url.Values, name, value string) bool { return slices.Contains(f[name], value) }

// Trimmed is a field without the space around it.
func Trimmed(f url.Values, name string) string { return strings.TrimSpace(f.Get(name)) }

// Options lists the choices of a kind under the key's prefix.
func Options[T ~string](v *View, prefix string, list []T) []Option {
	out := make([]Option, len(list))
	for i, o := range list {
		out[i] = Option{string(o), v.T(prefix + string(o))}
	}
	return out
}
