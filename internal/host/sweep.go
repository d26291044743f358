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
		if markOf(id) != shareMark {
			continue
		}
		s, _, err := k.share(ctx, id)
		if err == nil && s.over(k.Clock.Now()) {
			over = append(over, id)
		}
		if err := ctx.Err(); err != nil {
			return 0, err
		}
	}
	return len(over), k.endAll(ctx, over)
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
