package vault

import (
	"runtime"
	"runtime/debug"
	"sync"
	"time"

	"golang.org/x/crypto/argon2"

	"github.com/evenkeel/evenkeel/internal/fault"
)

// Cost is how hard Argon2id makes guessing a passphrase.
type Cost struct {
	MemoryKiB uint32 `json:"memory_kib"` // 65536 (64 MiB) to 262144 (256 MiB)
	Time      uint32 `json:"time"`       // passes over the memory, 2 to 32
	Threads   uint8  `json:"threads"`    // 1 to 16
}

// The floor is near RFC 9106's second recommended option (64 MiB, three passes,
// four lanes; section 4), reached with t = 2 also on a slow phone. The ceiling is
// what a ring that somebody tampered with can make this program spend.
const (
	MinMemoryKiB, MaxMemoryKiB uint32 = 64 << 10, 256 << 10
)

const (
	minTime, maxTime = 2, 32
	maxThreads       = 16
)

// MinCost is the lowest cost that a ring accepts.
func MinCost() Cost { return Cost{MemoryKiB: MinMemoryKiB, Time: minTime, Threads: lanes()} }

func (c Cost) allowed() bool {
	return c.MemoryKiB >= MinMemoryKiB && c.MemoryKiB <= MaxMemoryKiB &&
		c.Time >= minTime && c.Time <= maxTime &&
		c.Threads >= 1 && c.Threads <= maxThreads
}

// Calibrate finds the cost that takes about target on this machine, by timing one
// pass and three passes over the smallest memory. The difference is what passes cost;
// the rest is what fresh memory costs, which is most of it on some virtual machines.
// It spends on memory before time, as memory is what a guesser's hardware lacks.
// It takes about twice the target, and asks for no more memory than most, in KiB;
// MaxMemoryKiB is the most that a ring may ask for.
func Calibrate(now func() time.Time, target time.Duration, most uint32) Cost {
	c := MinCost()
	took := func(passes uint32) time.Duration {
		best := target
		for range 2 { // the quicker run is the one that other programs disturbed less
			start := now()
			derive([]byte("calibrate"), make([]byte, saltSize), Cost{c.MemoryKiB, passes, c.Threads})
			best = min(best, now().Sub(start))
		}
		return best
	}
	one, three := took(1), took(3)
	pass := (three - one) / 2
	return c.within(one-pass, pass, target, most)
}

// within spends target and no more than most KiB, given what fresh memory and one pass
// over the smallest memory take. A clock that makes no sense leaves the cost as it is.
func (c Cost) within(fresh, pass, target time.Duration, most uint32) Cost {
	if pass <= 0 || fresh < 0 {
		return c
	}
	for size := min(most, MaxMemoryKiB) / MinMemoryKiB; size > 0; size-- {
		passes := (target/time.Duration(size) - fresh) / pass
		if passes >= minTime {
			c.MemoryKiB, c.Time = size*MinMemoryKiB, uint32(min(passes, maxTime))
			break
		}
	}
	return c
}

func lanes() uint8 { return uint8(min(runtime.NumCPU(), 4)) }

// Stretch makes a key of a passphrase as a ring does. A cost that no ring accepts
// is refused.
func Stretch(passphrase, salt []byte, c Cost) ([]byte, error) {
	if !c.allowed() {
		return nil, fault.New(fault.Internal, "vault.cost_out_of_range")
	}
	return derive(passphrase, salt, c), nil
}

// deriving lets one derivation run at a time: many unlocks at once must not take
// many times the memory.
var deriving sync.Mutex

func derive(passphrase, salt []byte, c Cost) []byte {
	deriving.Lock()
	defer deriving.Unlock()
	// The runtime would keep up to 256 MiB, and the secret's traces in it, for minutes.
	defer debug.FreeOSMemory()
	return argon2.IDKey(passphrase, salt, c.Time, c.MemoryKiB, c.Threads, keySize)
}
