package sqlite

import (
	"sync"
	"time"
)

// restAfter is how long nothing may be written before the newest entries move from
// the write-ahead log into the journal file itself. A copy of that file alone, as a
// sync folder or a careless hand makes it, then lacks seconds and not days.
const restAfter = 3 * time.Second

// rest runs f once nothing was written for a while.
type rest struct {
	mu    sync.Mutex
	timer *time.Timer
	f     func()
	ended bool
	runs  sync.WaitGroup
}

func newRest(f func()) *rest { return &rest{f: f} }

// later puts the rest off until restAfter from now.
func (r *rest) later() {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch {
	case r.ended:
	case r.timer == nil:
		r.timer = time.AfterFunc(restAfter, r.run)
	default:
		r.timer.Reset(restAfter)
	}
}

func (r *rest) run() {
	r.mu.Lock()
	if r.ended {
		r.mu.Unlock()
		return
	}
	r.runs.Add(1)
	r.mu.Unlock()
	defer r.runs.Done()
	r.f()
}

// end stops resting, and waits for a rest that is under way.
func (r *rest) end() {
	r.mu.Lock()
	r.ended = true
	if r.timer != nil {
		r.timer.Stop()
	}
	r.mu.Unlock()
	r.runs.Wait()
}
