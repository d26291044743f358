package host

import (
	"crypto/sha256"
	"sync"

	"github.com/evenkeel/evenkeel/internal/wire"
)

// nonces remembers which requests were seen, for as long as their time would still be
// taken. When it is full it lets nobody through: to forget one would let somebody
// repeat it.
type nonces struct {
	mu   sync.Mutex
	most int
	// seen has a set for each span of time in which requests run out. Such a span is
	// as long as the two ways that a clock may be off, so that there are two.
	seen map[int64]map[[16]byte]struct{}
}

// nonce is one request of one device.
type nonce struct {
	device [32]byte
	nonce  [16]byte
}

func newNonces(most int) *nonces {
	return &nonces{most: most, seen: map[int64]map[[16]byte]struct{}{}}
}

// see remembers a request until a time, in seconds since 1970. It is an error when it
// was seen before, or when there is no room.
func (n *nonces) see(which nonce, until, now int64) error {
	sum := sha256.Sum256(append(which.device[:], which.nonce[:]...))
	key := [16]byte(sum[:])
	span := 2 * seconds(wire.Window)
	n.mu.Lock()
	defer n.mu.Unlock()
	all := 0
	for end, set := range n.seen {
		if end < now/span {
			delete(n.seen, end)
			continue
		}
		all += len(set)
	}
	set := n.seen[until/span]
	if set == nil {
		set = map[[16]byte]struct{}{}
		n.seen[until/span] = set
	}
	if _, seen := set[key]; seen {
		return errReplayed
	}
	if all >= n.most {
		return errTooFast
	}
	set[key] = struct{}{}
	return nil
}
