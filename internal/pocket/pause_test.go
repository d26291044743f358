package pocket

import (
	"testing"
	"testing/synctest"
	"time"
)

// Work beside the pages waits for a request, but not for one that lasts: that
// one may wait for the work.
func TestRequestsGoFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var turn Turns
		turn.Pause()
		start := time.Now()
		turn.Pause()
		if waited := time.Since(start); waited != 0 {
			t.Errorf("a slice that has just begun was broken off for %v", waited)
		}
		time.Sleep(slice)
		turn.begin()
		go func() {
			time.Sleep(30 * time.Millisecond)
			turn.end()
		}()
		start = time.Now()
		turn.Pause()
		if waited := time.Since(start); waited < 30*time.Millisecond || waited > 40*time.Millisecond {
			t.Errorf("waited %v for a request of 30 ms", waited)
		}
		time.Sleep(slice)
		turn.begin()
		start = time.Now()
		turn.Pause()
		if waited := time.Since(start); waited < headStart-slice || waited > headStart+10*time.Millisecond {
			t.Errorf("waited %v for a request that does not end", waited)
		}
		turn.end()
	})
}
