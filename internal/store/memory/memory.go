// Package memory keeps sealed records and device keys in this process alone: for
// the made-up journal that people try Evenkeel with, for tests, and wherever
// nothing may be left behind.
package memory

import (
	"bytes"
	"context"
	"slices"
	"sync"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
)

var _ port.Store = (*Store)(nil)

// Store keeps journals until the process ends or Close.
type Store struct {
	mu      sync.RWMutex
	persons map[port.PersonID]*log
}

type log struct {
	ring    []byte
	version int64 // of the ring
	head    port.Head
	records []port.Record
	at      map[port.RecordID]int // index in records
}

// Open gives an empty store.
func Open() *Store { return &Store{persons: map[port.PersonID]*log{}} }

var (
	errNobody = fault.New(fault.NotFound, "store.nobody")
	errMoved  = fault.New(fault.Conflict, "store.moved_on")
	errNoRing = fault.New(fault.Invalid, "store.no_keyring")
)

// of gives a person's log; the caller holds mu.
func (s *Store) of(ctx context.Context, person port.PersonID) (*log, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	l := s.persons[person]
	if l == nil {
		return nil, errNobody
	}
	return l, nil
}

// moved gives the log of a person if it is still at version, with its head moved on.
func (s *Store) moved(ctx context.Context, person port.PersonID, version int64) (*log, error) {
	l, err := s.of(ctx, person)
	if err == nil && l.head.Version != version {
		return nil, errMoved
	}
	return l, err
}

func (l *log) move(head []byte) port.Head {
	l.head = port.Head{Version: l.head.Version + 1, Last: int64(len(l.records)), Sealed: bytes.Clone(head)}
	return l.head
}

func (s *Store) Append(ctx context.Context, person port.PersonID, version int64, records []port.Sealed, head []byte) (port.Head, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, r := range records {
		if len(r.Ciphertext) == 0 {
			return port.Head{}, fault.New(fault.Invalid, "store.empty_record")
		}
	}
	l, err := s.moved(ctx, person, version)
	if err != nil {
		return port.Head{}, err
	}
	for i, r := range records {
		if _, there := l.at[r.ID]; there || slices.ContainsFunc(records[:i], func(o port.Sealed) bool { return o.ID == r.ID }) {
			return port.Head{}, errMoved
		}
	}
	for _, r := range records {
		l.at[r.ID] = len(l.records)
		l.records = append(l.records, port.Record{Seq: int64(len(l.records) + 1), ID: r.ID, Ciphertext: bytes.Clone(r.Ciphertext)})
	}
	return l.move(head), nil
}

func (s *Store) ReadAfter(ctx context.Context, person port.PersonID, after int64, yield func(port.Record) error) (port.Head, error) {
	s.mu.RLock()
	l, err := s.of(ctx, person)
	if err != nil {
		s.mu.RUnlock()
		return port.Head{}, err
	}
	// Ciphertext is replaced and never changed, so a copy of the rows is one view.
	head, rows := l.head, slices.Clone(l.records[min(max(after, 0), int64(len(l.records))):])
	s.mu.RUnlock()
	for _, r := range rows {
		if err := ctx.Err(); err != nil {
			return port.Head{}, err
		}
		if err := yield(r); err != nil {
			return port.Head{}, err
		}
	}
	return head, nil
}

func (s *Store) Forget(ctx context.Context, person port.PersonID, version int64, ids []port.RecordID, head []byte) (port.Head, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	l, err := s.moved(ctx, person, version)
	if err != nil {
		return port.Head{}, err
	}
	for _, id := range ids {
		if i, there := l.at[id]; there {
			l.records[i].Ciphertext = nil
		}
	}
	return l.move(head), nil
}

// Settle has nothing to put in order here; it empties the head.
func (s *Store) Settle(ctx context.Context, person port.PersonID, version int64) (port.Head, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	l, err := s.moved(ctx, person, version)
	if err != nil {
		return port.Head{}, err
	}
	return l.move(nil), nil
}

func (s *Store) Keyring(ctx context.Context, person port.PersonID) (ring []byte, version int64, err error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	l, err := s.of(ctx, person)
	if err != nil {
		return nil, 0, err
	}
	return bytes.Clone(l.ring), l.version, nil
}

func (s *Store) PutKeyring(ctx context.Context, person port.PersonID, ring []byte, version int64) error {
	if len(ring) == 0 {
		return errNoRing
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	l, err := s.of(ctx, person)
	if err != nil {
		return err
	}
	if l.version != version {
		return fault.New(fault.Conflict, "store.keys_changed")
	}
	clear(l.ring)
	l.ring, l.version = bytes.Clone(ring), version+1
	return nil
}

func (s *Store) CreatePerson(ctx context.Context, person port.PersonID, ring []byte) error {
	if len(ring) == 0 {
		return errNoRing
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	switch _, err := s.of(ctx, person); {
	case err == nil:
		return fault.New(fault.Conflict, "store.already_there")
	case !fault.Is(err, fault.NotFound):
		return err
	}
	s.persons[person] = &log{ring: bytes.Clone(ring), version: 1, at: map[port.RecordID]int{}}
	return nil
}

func (s *Store) Persons(ctx context.Context) ([]port.PersonID, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	var all []port.PersonID
	for p := range s.persons {
		all = append(all, p)
	}
	slices.SortFunc(all, func(a, b port.PersonID) int { return bytes.Compare(a[:], b[:]) })
	return all, ctx.Err()
}

func (s *Store) DeletePerson(ctx context.Context, person port.PersonID) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if l := s.persons[person]; l != nil && ctx.Err() == nil {
		clear(l.ring)
		delete(s.persons, person)
	}
	return ctx.Err()
}

func (s *Store) Check(ctx context.Context) (port.Report, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	r := port.Report{Kind: "memory", SchemaVersion: 1, Persons: int64(len(s.persons))}
	for _, l := range s.persons {
		for _, rec := range l.records {
			r.Records++
			r.Bytes += int64(len(rec.Ciphertext))
			if len(rec.Ciphertext) == 0 {
				r.Forgotten++
			}
		}
	}
	return r, ctx.Err()
}

// Close lets go of everything.
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.persons)
	return nil
}
