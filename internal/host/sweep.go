package host

import (
	"context"
	"time"

	"github.com/evenkeel/evenkeel/internal/port"
)

// sweepSharesEvery is how often a host looks for shares that are over and that nobody
// touched since.
const sweepSharesEvery = time.Hour

// Sweep destroys the bytes of shares that are over, and says how many there were.
func (k Keeper) Sweep(ctx context.Context) (n int, err error) {
	all, err := k.Store.Persons(ctx)
	if err != nil {
		return 0, err
	}
	var over []port.PersonID
	for _, id := range all {
		switch markOf(id) {
		case shareMark:
			if s, _, err := k.share(ctx, id); err == nil && s.over(k.Clock.Now()) {
				over = append(over, id)
			}
		case sharesMark:
			if err := k.dropClosed(ctx, id); err != nil {
				return 0, err
			}
		}
		if err := ctx.Err(); err != nil {
			return 0, err
		}
	}
	return len(over), k.endAll(ctx, over)
}

// dropClosed removes a list that a program which was killed left of a log that ended.
func (k Keeper) dropClosed(ctx context.Context, id port.PersonID) error {
	head, err := k.headOf(ctx, id)
	if err != nil {
		return exceptNobody(err)
	}
	if l, err := parseList(head.Sealed); err != nil || !l.Closed {
		return nil // a damaged one is for the doctor to tell
	}
	return k.Store.DeletePerson(ctx, id)
}

// KeepSwept sweeps now and every hour, until ctx ends.
func (h *Host) KeepSwept(ctx context.Context) {
	tick := time.NewTicker(sweepSharesEvery)
	defer tick.Stop()
	for {
		if _, err := h.keeper().Sweep(ctx); err != nil && ctx.Err() == nil {
			h.Log.Error("store", "error", err.Error())
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
