package host

import (
	"context"
	"math"
	"sync"

	"github.com/evenkeel/evenkeel/internal/port"
)

// look reads a log's register and head, in one turn where the store can.
func (h *Host) look(ctx context.Context, log port.PersonID) (v port.View, err error) {
	if s, ok := h.Store.(port.Remote); ok {
		if v, err = s.Look(ctx, log); err == nil {
			h.views.keep(log, v)
		}
		return v, err
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
		next, err := s.AppendAt(q.Context(), q.log, q.seen, records, head)
		if err == nil {
			h.views.keep(q.log, port.View{Ring: q.seen.Ring, RingVersion: q.seen.RingVersion, Head: next})
		}
		return next, err
	}
	return h.Store.Append(q.Context(), q.log, q.seen.Head.Version, records, head)
}

// bringing is the one kind of request that goes by a kept view.
const bringing = "POST /v1/records"

// mostViews bounds what is kept: some 10 MB.
const mostViews = 20_000

// views keeps what was last seen of logs in a Remote store, so that a device which
// fetched and now brings, or brings again, costs the database one statement. It may be
// old, since other hosts write to the same database: an append at it goes in only
// while keyring and head have the versions that it names, and is decided anew
// otherwise. Whom it does not know is looked for in the store.
type views struct {
	mu   sync.Mutex
	seen map[port.PersonID]port.View
}

func (v *views) of(log port.PersonID) (seen port.View, ok bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	seen, ok = v.seen[log]
	return seen, ok
}

func (v *views) keep(log port.PersonID, seen port.View) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if _, ok := v.seen[log]; !ok && len(v.seen) >= mostViews {
		for other := range v.seen { // any of them
			delete(v.seen, other)
			break
		}
	}
	v.seen[log] = seen
}
