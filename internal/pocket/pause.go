package pocket

import (
	"sync/atomic"
	"time"
)

// A browser's worker has one thread, and hears of a tap only when Go lets go of
// it. So work that goes on beside the pages calls Pause now and then.

const (
	// slice is how long such work goes on before it lets go: short against what
	// a person notices, long against what letting go costs.
	slice = 12 * time.Millisecond
	// headStart is how long requests go first. A page may wait for that very
	// work, so it is not for as long as they last.
	headStart = 150 * time.Millisecond
)

// Turns says whose turn it is on the one thread.
type Turns struct {
	under atomic.Int64 // requests under way
	since atomic.Int64 // when the last one came, in ns
	last  atomic.Int64 // when work beside the pages last let go
}

func (t *Turns) begin() {
	t.since.Store(time.Now().UnixNano())
	t.under.Add(1)
}

func (t *Turns) end() { t.under.Add(-1) }

// Pause lets go of the thread if it was held for long, and for as long as
// requests go first.
func (t *Turns) Pause() {
	now := time.Now().UnixNano()
	if now-t.last.Load() < int64(slice) {
		return
	}
	time.Sleep(time.Microsecond)
	for t.under.Load() > 0 && time.Now().UnixNano()-t.since.Load() < int64(headStart) {
		time.Sleep(2 * time.Millisecond)
	}
	t.last.Store(time.Now().UnixNano())
}
