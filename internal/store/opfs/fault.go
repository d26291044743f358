package opfs

import (
	"context"
	"errors"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
)

var (
	errNobody  = fault.New(fault.NotFound, "store.nobody")
	errMoved   = fault.New(fault.Conflict, "store.moved_on")
	errNoRing  = fault.New(fault.Invalid, "store.no_keyring")
	errDamaged = fault.New(fault.Corrupt, "store.damaged")
	errGap     = fault.Wrap(port.ErrIncomplete, fault.Corrupt, "store.gap")
	errTail    = fault.Wrap(port.ErrIncomplete, fault.Corrupt, "store.tail")
)

// faultOf turns what a Dir says into a sentence for people.
func faultOf(err error) error {
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	if f := (*fault.Error)(nil); errors.As(err, &f) {
		return err
	}
	switch {
	case errors.Is(err, ErrFull):
		return fault.Wrap(err, fault.FullDisk, "store.full_browser")
	case errors.Is(err, ErrBusy):
		return fault.Wrap(err, fault.Conflict, "store.busy_tab")
	case errors.Is(err, ErrRefused):
		return fault.Wrap(err, fault.ReadOnly, "store.refused")
	}
	return fault.Wrap(err, fault.Internal, "store.browser_failed")
}
