package wire

import (
	"sync"
	"time"
)

// TravelWithin is how long the body of a request or of an answer may be on its way. A
// host cuts it off then, and a device knows that it does.
const TravelWithin = 2 * time.Minute

const (
	// LeastPage is the least that a device asks for at once, in bytes; one record
	// comes also where it is larger. A line of half a kilobyte a second brings that.
	LeastPage = 64 << 10
	firstPage = 256 << 10
)

// Stride is how many bytes of records a device sends or asks for at once: few at
// first, twice as many after each time that they arrived, and half, without growing
// again, after a time that they did not. The zero Stride is at its beginning.
type Stride struct {
	mu    sync.Mutex
	bytes int
	slow  bool
}

// Bytes is how many go at once now, LeastPage to MaxBatch.
func (s *Stride) Bytes() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now()
}

func (s *Stride) now() int {
	if s.bytes == 0 {
		return firstPage
	}
	return s.bytes
}

// Arrived tells that so many arrived in time.
func (s *Stride) Arrived() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.slow {
		s.bytes = min(2*s.now(), MaxBatch)
	}
}

// Lost tells that they did not. It is false where fewer cannot go.
func (s *Stride) Lost() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.now() <= LeastPage {
		return false
	}
	s.slow, s.bytes = true, max(s.now()/2, LeastPage)
	return true
}
