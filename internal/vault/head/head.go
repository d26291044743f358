// Package head proves that a log is whole. Each record is sealed for itself, so
// that nothing in it tells of a neighbour that was taken away. The head tells:
// with every change the writer seals how many records there are, which, in which
// order, and which of them are forgotten. Whoever opens the log compares.
//
// It cannot tell a log from an older copy of itself, head included: only what
// is kept elsewhere could.
package head

import (
	"bytes"
	"crypto/sha256"
	"hash"
	"maps"
	"slices"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/vault"
)

// Lost is what a log is known to lack. Once found it stays in the head until the
// person settles the log: the next entry must not cover up what the last ones lost.
type Lost struct {
	Missing int64 // records that were taken away
	Emptied int64 // records whose bytes were taken away without being forgotten
	Changed bool  // anything else: another order, a head that was taken away
}

// Any tells that something is lost.
func (l Lost) Any() bool { return l != Lost{} }

func (l Lost) with(o Lost) Lost {
	return Lost{max(l.Missing, o.Missing), max(l.Emptied, o.Emptied), l.Changed || o.Changed}
}

// Fault says in one sentence what is lost and what to do; nil for nothing.
func (l Lost) Fault() error {
	switch {
	case l.Missing > 0:
		return fault.New(fault.Corrupt, "vault.log_missing", "n", l.Missing)
	case l.Emptied > 0:
		return fault.New(fault.Corrupt, "vault.log_emptied", "n", l.Emptied)
	case l.Changed:
		return fault.New(fault.Corrupt, "vault.log_changed")
	}
	return nil
}

// Chain is a log as far as it was read or written. The zero Chain is an empty log.
// It is not safe for concurrent use.
type Chain struct {
	ids   map[[16]byte]struct{}
	order hash.Hash // SHA-256 over every id in turn; nil for none
	gone  map[[16]byte]struct{}
	lost  Lost

	goneSum *[32]byte // of gone; nil when it has to be made anew
}

// Add takes in the next record.
func (c *Chain) Add(id [16]byte, forgotten bool) {
	if c.ids == nil {
		c.ids, c.order, c.gone = map[[16]byte]struct{}{}, sha256.New(), map[[16]byte]struct{}{}
	}
	c.ids[id] = struct{}{}
	c.order.Write(id[:])
	if forgotten {
		c.Forget(id)
	}
}

// Has tells whether the log holds the id, forgotten or not.
func (c *Chain) Has(id [16]byte) bool { _, ok := c.ids[id]; return ok }

// Each gives every id of the log, in no order, and whether it is forgotten.
func (c *Chain) Each(yield func(id [16]byte, forgotten bool)) {
	for id := range c.ids {
		_, gone := c.gone[id]
		yield(id, gone)
	}
}

// Forget marks records as forgotten; ids that the log does not have are skipped.
func (c *Chain) Forget(ids ...[16]byte) {
	for _, id := range ids {
		if c.Has(id) {
			c.gone[id] = struct{}{}
			c.goneSum = nil
		}
	}
}

// Lost is what the log is known to lack so far.
func (c *Chain) Lost() Lost { return c.lost }

// Lose adds to what the log is known to lack.
func (c *Chain) Lose(l Lost) { c.lost = c.lost.with(l) }

// Seal makes the head of the log as it will be with more records at its end and
// some forgotten; the chain itself stays as it is.
func (c *Chain) Seal(key *vault.Key, person [16]byte, more, forget [][16]byte) ([]byte, error) {
	s := c.state()
	if len(more) > 0 {
		order := sha256.New()
		if c.order != nil {
			twin, err := c.order.(hash.Cloner).Clone()
			if err != nil {
				return nil, fault.Wrap(err, fault.Internal, "vault.key_unusable")
			}
			order = twin
		}
		for _, id := range more {
			order.Write(id[:])
		}
		s.count += int64(len(more))
		s.order = [32]byte(order.Sum(nil))
	}
	if len(forget) > 0 {
		then := Chain{ids: c.ids, gone: maps.Clone(c.gone)}
		then.Forget(forget...)
		s.gone, s.goneSum = int64(len(then.gone)), then.sumGone()
	}
	id, err := key.DeriveID(label, person[:])
	if err != nil {
		return nil, err
	}
	return key.Seal(nil, person, id, s.bytes())
}

// label keeps a head from being taken for a record: its id is one that nobody
// without the key can give to a row.
const label = "head of a log"

// Compare says what the log lacks against its sealed head, along with what the
// head says was lost before. A head that cannot be read is a change; the error is
// for a key that is locked and a head of a newer release.
func (c *Chain) Compare(key *vault.Key, person [16]byte, sealed []byte) (Lost, error) {
	id, err := key.DeriveID(label, person[:])
	if err != nil {
		return Lost{}, err
	}
	plain, err := key.Open(nil, person, id, sealed)
	if err != nil && !fault.Is(err, fault.Corrupt) {
		return Lost{}, err
	}
	want, ok := parse(plain)
	if err != nil || !ok {
		return Lost{Changed: true}, nil
	}
	return want.lost.with(c.state().lacks(want)), nil
}

func (c *Chain) state() state {
	if c.goneSum == nil {
		sum := c.sumGone()
		c.goneSum = &sum
	}
	s := state{count: int64(len(c.ids)), gone: int64(len(c.gone)), goneSum: *c.goneSum, lost: c.lost}
	if c.order == nil {
		s.order = sha256.Sum256(nil)
	} else {
		s.order = [32]byte(c.order.Sum(nil))
	}
	return s
}

// sumGone is one sum for one set, in whatever order its records were forgotten.
func (c *Chain) sumGone() [32]byte {
	sorted := slices.SortedFunc(maps.Keys(c.gone), func(a, b [16]byte) int { return bytes.Compare(a[:], b[:]) })
	h := sha256.New()
	for _, id := range sorted {
		h.Write(id[:])
	}
	return [32]byte(h.Sum(nil))
}
