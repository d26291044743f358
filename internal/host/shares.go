package host

import (
	"context"
	"encoding/json"
	"slices"
	"sync"
	"time"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/wire"
)

// list is which shares a log has. It stands in a head, which is changed without
// letting go of anything, since it holds nothing that opens something.
type list struct {
	Shares []listed `json:"shares"`
	// Ever counts the addresses that the log used in its life, since each of them
	// stays used.
	Ever int `json:"ever"`
	// Closed says that the log is about to end: nothing is added any more.
	Closed bool `json:"closed,omitempty"`
}

type listed struct {
	ID    []byte `json:"id"`
	At    []byte `json:"at"`    // masked
	Since int64  `json:"since"` // seconds since 1970
}

// begunWithin is how long a share may be listed before it is there.
const begunWithin = time.Hour

// list reads the list of a log, an empty one when there is none.
func (k Keeper) list(ctx context.Context, log wire.Address) (l list, version int64, err error) {
	head, err := k.headOf(ctx, sharesOf(log))
	if err != nil {
		return l, 0, exceptNobody(err)
	}
	l, err = parseList(head.Sealed)
	return l, head.Version, err
}

func parseList(b []byte) (l list, err error) {
	if len(b) == 0 {
		return l, nil
	}
	if err := json.Unmarshal(b, &l); err != nil {
		return l, fault.Wrap(err, fault.Corrupt, "host.share_damaged")
	}
	for _, s := range l.Shares {
		if len(s.ID) != len(port.PersonID{}) || len(s.At) != len(wire.Address{}) {
			return l, errShareDamaged
		}
	}
	return l, nil
}

// changeList changes the list of a log, again when another device was quicker, unless
// f says that there is nothing to change.
func (k Keeper) changeList(ctx context.Context, log wire.Address, f func(*list) (done bool, err error)) error {
	for try := 0; ; try++ {
		l, version, err := k.list(ctx, log)
		if err != nil {
			return err
		}
		if done, err := f(&l); done || err != nil {
			return err
		}
		b, err := json.Marshal(l)
		if err != nil {
			return fault.Wrap(err, fault.Internal, "host.share_damaged")
		}
		_, err = k.Store.Append(ctx, sharesOf(log), version, nil, b)
		if isNobody(err) {
			if err := k.make(ctx, sharesOf(log), otherRing); err != nil {
				return err
			}
		} else if !fault.Is(err, fault.Conflict) || try >= tries {
			return err
		}
	}
}

// enlist adds a share to the list of its log, before the share is there: what is
// listed ends with the log, whatever happens in between.
func (h *Host) enlist(ctx context.Context, log, at wire.Address) error {
	now, id := h.Clock.Now(), shareAt(at)
	return h.keeper().changeList(ctx, log, func(l *list) (bool, error) {
		switch {
		case l.Closed:
			return false, errUnknown
		case l.has(id):
			return true, nil
		}
		if len(l.Shares) >= h.Limits.Shares {
			if err := h.keeper().prune(ctx, l, now); err != nil {
				return false, err
			}
		}
		if len(l.Shares) >= h.Limits.Shares || l.Ever >= h.Limits.SharesEver {
			return false, errSharesFull
		}
		hidden := masked(log, id, at)
		l.Shares = append(l.Shares, listed{ID: id[:], At: hidden[:], Since: now.Unix()})
		l.Ever++
		return false, nil
	})
}

// useUp counts an address where nothing was put yet and nothing shall be. Once all
// are used up, the log can put nothing there anyway.
func (h *Host) useUp(ctx context.Context, log wire.Address) (room bool, err error) {
	err = h.keeper().changeList(ctx, log, func(l *list) (bool, error) {
		if room = l.Ever < h.Limits.SharesEver; room {
			l.Ever++
		}
		return !room, nil
	})
	return room, err
}

// delist takes a share out of the list of its log.
func (k Keeper) delist(ctx context.Context, log wire.Address, id port.PersonID) error {
	return k.changeList(ctx, log, func(l *list) (bool, error) {
		if !l.has(id) {
			return true, nil
		}
		l.Shares = slices.DeleteFunc(l.Shares, func(s listed) bool { return slices.Equal(s.ID, id[:]) })
		return false, nil
	})
}

func (l list) has(id port.PersonID) bool {
	return slices.ContainsFunc(l.Shares, func(s listed) bool { return slices.Equal(s.ID, id[:]) })
}

// prune takes out what is no more, and what never came.
func (k Keeper) prune(ctx context.Context, l *list, now time.Time) error {
	var kept []listed
	for _, entry := range l.Shares {
		s, _, err := k.share(ctx, port.PersonID(entry.ID))
		switch {
		case err != nil && !isNobody(err):
			return err
		case s.over(now):
			if err := k.end(ctx, port.PersonID(entry.ID)); err != nil {
				return err
			}
		case !s.gone(now), !s.Ended && now.Unix()-entry.Since < seconds(begunWithin):
			kept = append(kept, entry)
		}
	}
	l.Shares = kept
	return nil
}

// endShares ends all shares of a log, also those that are listed and not there yet,
// and closes their list.
func (k Keeper) endShares(ctx context.Context, log wire.Address) error {
	if _, err := k.headOf(ctx, sharesOf(log)); err != nil {
		return exceptNobody(err)
	}
	return k.changeList(ctx, log, func(l *list) (bool, error) {
		if l.Closed {
			return true, nil
		}
		var ids []port.PersonID
		for _, s := range l.Shares {
			ids = append(ids, port.PersonID(s.ID))
		}
		l.Shares, l.Closed = nil, true
		return false, k.endAll(ctx, ids)
	})
}

// endAll ends several at once, since a file is rewritten once for all that wait.
func (k Keeper) endAll(ctx context.Context, ids []port.PersonID) error {
	const workers = 8
	var group sync.WaitGroup
	failed := make(chan error, workers)
	next := make(chan port.PersonID)
	for range workers {
		group.Go(func() {
			var first error
			for id := range next {
				if err := k.endFirmly(ctx, id); err != nil && first == nil {
					first = err
				}
			}
			if first != nil {
				failed <- first
			}
		})
	}
	for _, id := range ids {
		next <- id
	}
	close(next)
	group.Wait()
	close(failed)
	return <-failed
}
