package fhir

import (
	"github.com/evenkeel/evenkeel/care"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/journal"
)

// checkDays refuses a projection with a day that is none: a document with one would
// be refused by every reader, or read as another day.
func checkDays(p care.Projection) error {
	needed := []journal.Date{p.Consent.Until}
	var open []journal.Date
	if p.Contact != nil {
		open = append(open, p.Contact.LastEntry, p.Contact.LastCheckIn)
	}
	for _, s := range p.Scores {
		needed = append(needed, s.Day)
	}
	for _, d := range p.Trends {
		needed = append(needed, d.Date)
	}
	for _, f := range p.Flags {
		needed = append(needed, f.Day)
	}
	if p.Plan != nil {
		needed = append(needed, p.Plan.Begins)
		open = append(open, p.Plan.Held)
	}
	for _, d := range open {
		if d != "" {
			needed = append(needed, d)
		}
	}
	for _, d := range needed {
		if _, err := journal.ParseDate(string(d)); err != nil {
			return fault.New(fault.Invalid, "fhir.not_a_share")
		}
	}
	return nil
}
