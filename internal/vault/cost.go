package vault

import (
	"runtime"
	"sync"
	"time"

	"golang.org/x/crypto/argon2"
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
	minMemoryKiB, maxMemoryKiB = 64 << 10, 256 << 10
	minTime, maxTime           = 2, 32
	maxThreads                 = 16
)

// MinCost is the lowest cost that a ring accepts.
func MinCost() Cost { return Cost{MemoryKiB: minMemoryKiB, Time: minTime, Threads: lanes()} }

func (c Cost) allowed() bool {
	return c.MemoryKiB >= minMemoryKiB && c.MemoryKiB <= maxMemoryKiB &&
		c.Time >= minTime && c.Time <= maxTime &&
		c.Threads >= 1 && c.Threads <= maxThreads
}

// Calibrate finds the cost that takes about target on this machine, by timing one
// pass at the smallest memory. It spends on memory before time, as memory is what
// a guesser's hardware lacks. It takes a tenth of a second or so.
func Calibrate(now func() time.Time, target time.Duration) Cost {
	c := MinCost()
	var pass time.Duration
	for range 2 { // the first run pays for fresh memory
		start := now()
		derive([]byte("calibrate"), make([]byte, saltSize), Cost{c.MemoryKiB, 1, c.Threads})
		pass = now().Sub(start)
	}
	return c.within(pass, target)
}

// within spends target, given that one pass over the smallest memory takes pass.
func (c Cost) within(pass, target time.Duration) Cost {
	if pass <= 0 {
		return c
	}
	passes := float64(target) / float64(pass)
	c.MemoryKiB = uint32(min(max(passes/minTime, 1), maxMemoryKiB/minMemoryKiB)) * minMemoryKiB
	c.Time = uint32(min(max(passes/float64(c.MemoryKiB/minMemoryKiB), minTime), maxTime))
	return c
}

func lanes() uint8 { return uint8(min(runtime.NumCPU(), 4)) }

// deriving lets one derivation run at a time: many unlocks at once must not take
// many times the memory.
var deriving sync.Mutex

func derive(passphrase, salt []byte, c Cost) []byte {
	deriving.Lock()
	defer deriving.Unlock()
	return argon2.IDKey(passphrase, salt, c.Time, c.MemoryKiB, c.Threads, keySize)
}
