package kit

import (
	"net/url"

	"github.com/evenkeel/evenkeel/internal/locale"
	"github.com/evenkeel/evenkeel/journal"
)

// PriorUse reads how it was before the journal began. The product is not of
// it: each form names one in its own way.
func PriorUse(f url.Values) (*journal.PriorUse, error) {
	u := &journal.PriorUse{Unit: Trimmed(f, "unit"), Note: Trimmed(f, "note")}
	var err error
	var ok bool
	if u.PerDay, ok, err = Decimal(f, "per_day"); err != nil {
		return u, err
	}
	if !ok {
		return u, FieldError("per_day", "web.say_per_day")
	}
	if u.TimesPerDay, _, err = Decimal(f, "times_per_day"); err != nil {
		return u, err
	}
	if u.Days, ok, err = Decimal(f, "days"); err != nil {
		return u, err
	}
	if !ok {
		return u, FieldError("days", "web.say_how_long")
	}
	for _, s := range locale.Spans {
		if s.Name == f.Get("span") {
			u.Days *= s.Days
			break
		}
	}
	if u.Unit == "" {
		return u, FieldError("unit", "web.say_unit")
	}
	return u, nil
}
