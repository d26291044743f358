package host

import (
	"context"
	"math"

	"github.com/evenkeel/evenkeel/internal/port"
)

// look reads a log's register and head, in one turn where the store can.
func (h *Host) look(ctx context.Context, log port.PersonID) (v port.View, err error) {
	if s, ok := h.Store.(port.Remote); ok {
		return s.Look(ctx, log)
	}
	if v.Ring, v.RingVersion, err = h.Store.Keyring(ctx, log); err != nil {
		return v, err
	}
	v.Head, err = h.Store.ReadAfter(ctx, log, math.MaxInt64, func(port.Record) error { return nil })
	return v, err
}

// append brings records at the head that was seen, in one turn where the store can;
// a device that was removed since then does not get through there.
func (h *Host) append(q asked, records []port.Sealed, head []byte) (port.Head, error) {
	if s, ok := h.Store.(port.Remote); ok {
		return s.AppendAt(q.Context(), q.log, q.seen, records, head)
	}
	return h.Store.Append(q.Context(), q.log, q.seen.Head.Version, records, head)
}
