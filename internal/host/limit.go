package host

import (
	"net/netip"
	"sync"
	"time"
)

// burst is how many seconds' worth of requests may come at once.
const burst = 10

// beginningsLast is the time over which the logs that one network begins are counted.
const beginningsLast = time.Hour

// most bounds what is remembered of whom, so that many made-up names cannot fill
// the memory.
const most = 100_000

// sweepEvery is how often full buckets are dropped: who asked long ago is nobody's
// business, and a full bucket is like a new one.
const sweepEvery = time.Minute

// limiter is a bucket of requests for each of many names, which fills by itself.
type limiter struct {
	rate float64 // a second
	full float64 // what a bucket holds

	mu      sync.Mutex
	buckets map[[32]byte]bucket
	swept   time.Time
}

type bucket struct {
	left float64
	at   time.Time
}

func newLimiter(rate, full float64) *limiter {
	return &limiter{rate: rate, full: full, buckets: map[[32]byte]bucket{}}
}

// take takes one request out of a bucket; false when it is empty.
func (l *limiter) take(name [32]byte, now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	b, ok := l.buckets[name]
	if !ok {
		l.makeRoom()
		b = bucket{l.full, now}
	}
	b.left = min(l.full, b.left+l.rate*max(0, now.Sub(b.at).Seconds()))
	b.at = now
	ok = b.left >= 1
	if ok {
		b.left--
	}
	l.buckets[name] = b
	return ok
}

// sweep drops the buckets that are full again, once in a while.
func (l *limiter) sweep(now time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if now.Sub(l.swept).Abs() < sweepEvery {
		return
	}
	l.swept = now
	for name, b := range l.buckets {
		if b.left+l.rate*now.Sub(b.at).Seconds() >= l.full {
			delete(l.buckets, name)
		}
	}
}

// makeRoom drops any half of the buckets when there are too many.
func (l *limiter) makeRoom() {
	if len(l.buckets) < most {
		return
	}
	for name := range l.buckets {
		if len(l.buckets) <= most/2 {
			return
		}
		delete(l.buckets, name)
	}
}

// atOnce counts requests under way, in all and from each network.
type atOnce struct {
	perNet, all int

	mu    sync.Mutex
	under map[[32]byte]int
	sum   int
}

func newAtOnce(perNet, all int) *atOnce {
	return &atOnce{perNet: perNet, all: all, under: map[[32]byte]int{}}
}

func (a *atOnce) enter(net [32]byte) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.sum >= a.all || a.under[net] >= a.perNet {
		return false
	}
	a.sum++
	a.under[net]++
	return true
}

func (a *atOnce) leave(net [32]byte) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.sum--
	if a.under[net]--; a.under[net] == 0 {
		delete(a.under, net)
	}
}

// network is the part of an address that one customer of a provider has.
func network(address netip.Addr) (name [32]byte) {
	address = address.Unmap()
	bits := 48
	if address.Is4() {
		bits = 24
	}
	if p, err := address.Prefix(bits); err == nil {
		b := p.Addr().As16()
		copy(name[:], b[:])
	}
	return name
}

// turns has those who change one place of the store wait for each other here, and not
// try again there: many write to one inbox. Two places seldom share a turn.
type turns [64]sync.Mutex

// take waits for the turn of a place, and gives what ends it.
func (t *turns) take(id [16]byte) (done func()) {
	turn := &t[id[15]%uint8(len(t))]
	turn.Lock()
	return turn.Unlock
}
