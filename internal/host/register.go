package host

import (
	"bytes"
	"context"
	"crypto/subtle"
	"encoding/json"
	"slices"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/wire"
)

// register is whose requests a log takes. It stands where a store keeps the keyring
// of a journal: opaque there, and changed by comparing its version.
type register struct {
	Devices []device `json:"devices"`
}

// device is a public key that may ask. A guest may do one thing: fetch what was left
// for it and put another device in its place.
type device struct {
	Key   []byte `json:"key"`
	Until int64  `json:"until,omitempty"` // guests alone; seconds since 1970
	Note  []byte `json:"note,omitempty"`  // guests alone; sealed
}

func (d device) guest() bool { return d.Until != 0 }

// find looks at every key, so that the time it takes tells nothing.
func (r register) find(key wire.DeviceKey) (found device, ok bool) {
	for _, d := range r.Devices {
		if subtle.ConstantTimeCompare(d.Key, key[:]) == 1 {
			found, ok = d, true
		}
	}
	return found, ok
}

func (r *register) drop(key []byte) {
	r.Devices = slices.DeleteFunc(r.Devices, func(d device) bool { return slices.Equal(d.Key, key) })
}

// load reads a log's register.
func (h *Host) load(ctx context.Context, log port.PersonID) (r register, version int64, err error) {
	ring, version, err := h.Store.Keyring(ctx, log)
	if err != nil {
		return r, 0, err
	}
	r, err = parseRegister(ring)
	return r, version, err
}

func parseRegister(ring []byte) (r register, err error) {
	if err := json.Unmarshal(ring, &r); err != nil {
		return r, fault.Wrap(err, fault.Corrupt, "host.register_damaged")
	}
	return r, nil
}

// change changes a log's register, again when somebody else was quicker. What leaves
// it as it was is not written: a store may rewrite all its bytes to let go of the old
// ones.
func (h *Host) change(ctx context.Context, log port.PersonID, f func(*register) error) error {
	for try := 0; ; try++ {
		r, version, err := h.load(ctx, log)
		if err != nil {
			return err
		}
		before, err := json.Marshal(r)
		if err != nil {
			return fault.Wrap(err, fault.Internal, "host.register_damaged")
		}
		if err := f(&r); err != nil {
			return err
		}
		ring, err := json.Marshal(r)
		if err != nil {
			return fault.Wrap(err, fault.Internal, "host.register_damaged")
		}
		if bytes.Equal(ring, before) {
			return nil
		}
		if err := h.Store.PutKeyring(ctx, log, ring, version); !fault.Is(err, fault.Conflict) || try == 20 {
			return err
		}
	}
}
