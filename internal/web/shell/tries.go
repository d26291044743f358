package shell

import (
	"sync"
	"time"

	"github.com/evenkeel/evenkeel/internal/fault"
)

// tries slows down guessing. After each wrong passphrase or recovery code the
// next try waits longer; the right one starts over. It adds to what Argon2id
// costs already, for a guesser who came in through a browser left open.
type tries struct {
	mu    sync.Mutex
	wrong int
	next  time.Time
}

const longestWait = 30 * time.Second

// wait is how long the next try still has to wait; 0 when it may be made.
func (t *tries) wait(now time.Time) time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	return max(0, t.next.Sub(now))
}

func (t *tries) failed(now time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.wrong++
	d := longestWait
	if t.wrong <= 5 {
		d = time.Duration(1<<t.wrong) * time.Second / 2
	}
	t.next = now.Add(d)
}

func (t *tries) passed() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.wrong, t.next = 0, time.Time{}
}

// guess runs something that a wrong secret fails, when it may be tried.
func (t *tries) guess(f func() error) error {
	if d := t.wait(time.Now()); d > 0 {
		return fault.New(fault.WrongPassphrase, "web.wait", "n", int((d+time.Second-1)/time.Second))
	}
	err := f()
	switch {
	case fault.Is(err, fault.WrongPassphrase):
		t.failed(time.Now())
	case err == nil:
		t.passed()
	}
	return err
}
