package app

import (
	"errors"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/journal"
)

// Gone is the fault of everything that names an entry which is not there.
func Gone() error { return fault.New(fault.NotFound, "core.gone") }

// invalid turns a domain error about a field into a fault.
func invalid(err error) error {
	var field *journal.FieldError
	if errors.As(err, &field) {
		return fault.Wrap(err, fault.Invalid, "event.cannot_save", "problem", field)
	}
	return err
}

// Locked is the fault of everything that needs the journal's contents.
func Locked() error { return fault.New(fault.Locked, "core.locked") }
