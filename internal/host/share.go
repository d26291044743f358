package host

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"math"
	"net/http"
	"time"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/wire"
)

// share is what a host keeps about a share beside its bytes. It stands in the head,
// which a store changes without having to let go of anything.
type share struct {
	// Of is the log that it belongs to; nothing, once it ended, and before the first
	// bytes came.
	Of   []byte         `json:"of,omitempty"`
	Kind wire.ShareKind `json:"kind,omitempty"`
	// Until, Put and Last are seconds since 1970: its end, when its present bytes
	// came, and when they or older ones were last fetched.
	Until   int64 `json:"until,omitempty"`
	Put     int64 `json:"put,omitempty"`
	Fetched int64 `json:"fetched,omitempty"`
	Last    int64 `json:"last,omitempty"`
	// Ended is all that stays: nothing can be put there again.
	Ended bool `json:"ended,omitempty"`
}

// gone tells that there is nothing to fetch, for whichever reason.
func (s share) gone(now time.Time) bool { return s.Ended || len(s.Of) == 0 || s.over(now) }

// over tells that its time has come, and its bytes are to be destroyed.
func (s share) over(now time.Time) bool { return !s.Ended && s.Until != 0 && now.Unix() >= s.Until }

func (s share) encode() []byte {
	b, err := json.Marshal(s)
	if err != nil {
		panic(err) // numbers and bytes can always be written
	}
	return b
}

// errGone is the answer for every share that cannot be had, and for one of another
// log.
var errGone = refuse(http.StatusNotFound, fault.NotFound, "host.share_gone")

// share reads the state of a share; one that nobody put yet has an empty one.
func (k Keeper) share(ctx context.Context, id port.PersonID) (s share, head port.Head, err error) {
	if head, err = k.headOf(ctx, id); err == nil {
		s, err = parseShare(head.Sealed)
	}
	return s, head, err
}

func parseShare(b []byte) (s share, err error) {
	if len(b) > 0 {
		if err := json.Unmarshal(b, &s); err != nil {
			return s, fault.Wrap(err, fault.Corrupt, "host.share_damaged")
		}
	}
	return s, nil
}

func (k Keeper) headOf(ctx context.Context, id port.PersonID) (port.Head, error) {
	return k.Store.ReadAfter(ctx, id, math.MaxInt64, func(port.Record) error { return nil })
}

// make begins a place of its own in the store, which may be there already.
func (k Keeper) make(ctx context.Context, id port.PersonID, ring []byte) error {
	if err := k.Store.CreatePerson(ctx, id, ring); err != nil && !fault.Is(err, fault.Conflict) {
		return err
	}
	return nil
}

// end destroys the bytes of a share and all that was kept about it, and leaves that
// it ended. One that is not there is fine.
func (k Keeper) end(ctx context.Context, id port.PersonID) error {
	for try := 0; ; try++ {
		s, head, err := k.share(ctx, id)
		if err != nil || s.Ended {
			return exceptNobody(err)
		}
		ids, err := k.filled(ctx, id)
		if err != nil {
			return exceptNobody(err)
		}
		if len(ids) == 0 { // nothing to let go of, for which a store may rewrite all its bytes
			_, err = k.Store.Append(ctx, id, head.Version, nil, share{Ended: true}.encode())
		} else {
			err = k.destroyBytes(ctx, id, head.Version, ids, share{Ended: true})
		}
		if !fault.Is(err, fault.Conflict) || try == tries {
			return exceptNobody(err)
		}
	}
}

// endFirmly is end that also keeps from coming what is not there yet.
func (k Keeper) endFirmly(ctx context.Context, id port.PersonID) error {
	if _, _, err := k.share(ctx, id); isNobody(err) {
		if err := k.make(ctx, id, otherRing); err != nil {
			return err
		}
	}
	return k.end(ctx, id)
}

// destroyBytes forgets records, once more when traces were left.
func (k Keeper) destroyBytes(ctx context.Context, id port.PersonID, version int64, ids []port.RecordID, s share) error {
	head, err := k.Store.Forget(ctx, id, version, ids, s.encode())
	if err != nil && head.Version > version {
		_, err = k.Store.Forget(ctx, id, head.Version, ids, s.encode())
	}
	return err
}

// filled lists the records that have bytes.
func (k Keeper) filled(ctx context.Context, id port.PersonID) (ids []port.RecordID, err error) {
	_, err = k.Store.ReadAfter(ctx, id, 0, func(r port.Record) error {
		if len(r.Ciphertext) > 0 {
			ids = append(ids, r.ID)
		}
		return nil
	})
	return ids, exceptIncomplete(err)
}

// latest is the newest record of a share, as of a head. Moved tells that it is
// another one meanwhile.
func (k Keeper) latest(ctx context.Context, id port.PersonID, head port.Head) (body []byte, moved bool, err error) {
	now, err := k.Store.ReadAfter(ctx, id, head.Last-1, func(r port.Record) error {
		body = bytes.Clone(r.Ciphertext)
		return nil
	})
	return body, now.Version != head.Version, exceptIncomplete(err)
}

// tries is how often a change is tried again when others were quicker.
const tries = 20

// exceptIncomplete lets a store that lacks something go on with what it has, as a host
// that was restored has to.
func exceptIncomplete(err error) error {
	if errors.Is(err, port.ErrIncomplete) {
		return nil
	}
	return err
}

func exceptNobody(err error) error {
	if isNobody(err) {
		return nil
	}
	return err
}

// told is the state as its log hears of it.
func (s share) told(at wire.Address) wire.ShareState {
	state := wire.ShareState{At: at, Until: time.Unix(s.Until, 0), Put: time.Unix(s.Put, 0), Fetched: s.Fetched}
	if s.Last != 0 {
		state.LastFetched = time.Unix(s.Last, 0)
	}
	return state
}
