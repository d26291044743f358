package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/store/postgres"
)

// writer appends to one journal and remembers what was acknowledged.
type writer struct {
	person port.PersonID
	store  atomic.Pointer[postgres.Store]
	meter  *meter

	acknowledged []port.RecordID
	found        int // of these, whose answer was lost and which stood in the log
	taken        int // how often the log was shorter than acknowledged
}

func newWriter(ctx context.Context, s *postgres.Store, m *meter) (*writer, error) {
	w := &writer{meter: m}
	rand.Read(w.person[:])
	w.store.Store(s)
	return w, s.CreatePerson(ctx, w.person, []byte("ring"))
}

// write appends, with a rest after each record, until stop is closed, and ends with
// nothing left open.
func (w *writer) write(ctx context.Context, rest time.Duration, stop <-chan struct{}) error {
	for version := int64(0); ; version++ {
		select {
		case <-stop:
			return nil
		default:
		}
		r := port.Sealed{Ciphertext: make([]byte, 297)}
		rand.Read(r.ID[:])
		rand.Read(r.Ciphertext)
		var err error
		found := w.found
		if version, err = w.append(ctx, version, r); err != nil {
			return err
		}
		w.acknowledged = append(w.acknowledged, r.ID)
		if w.found == found {
			w.meter.answered()
		}
		if err := pause(ctx, rest); err != nil {
			return err
		}
	}
}

// append brings one record until it is acknowledged, as a device does: by an answer
// or, where none came, by standing in the log. It gives the version that it was
// acknowledged for.
func (w *writer) append(ctx context.Context, version int64, r port.Sealed) (int64, error) {
	for {
		head, err := w.bring(ctx, version, r)
		if err == nil {
			if head.Last != version+1 || head.Version != version+1 {
				return version, fmt.Errorf("record %d is acknowledged as %d", version+1, head.Last)
			}
			return version, nil
		}
		if ctx.Err() != nil {
			return version, ctx.Err()
		}
		w.meter.failed(err)
		there := false
		head, err = w.store.Load().ReadAfter(ctx, w.person, version, func(at port.Record) error {
			there = there || at.ID == r.ID && at.Seq == version+1
			return nil
		})
		switch {
		case ctx.Err() != nil:
			return version, ctx.Err()
		case err != nil:
			w.meter.failed(err)
		case there:
			w.found++
			return version, nil
		case head.Version < version:
			w.taken++
			version = head.Version
		case head.Version > version:
			return version, fmt.Errorf("version %d of a journal has become %d, and not by us", version, head.Version)
		}
		if err := pause(ctx, 20*time.Millisecond); err != nil {
			return version, err
		}
	}
}

// bring appends as a host does: it looks first.
func (w *writer) bring(ctx context.Context, version int64, r port.Sealed) (port.Head, error) {
	s := w.store.Load()
	seen, err := s.Look(ctx, w.person)
	if err != nil {
		return port.Head{}, err
	}
	if seen.Head.Version != version {
		return s.Append(ctx, w.person, version, []port.Sealed{r}, []byte("head"))
	}
	return s.AppendAt(ctx, w.person, seen, []port.Sealed{r}, []byte("head"))
}

// readOn reads the end of the journal until stop is closed, as a device does that
// asks for news.
func (w *writer) readOn(ctx context.Context, m *meter, stop <-chan struct{}) error {
	for last := int64(0); ; {
		select {
		case <-stop:
			return nil
		default:
		}
		head, err := w.store.Load().ReadAfter(ctx, w.person, max(0, last-1), func(port.Record) error { return nil })
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			m.failed(err)
		default:
			last = head.Last
			m.answered()
		}
		if err := pause(ctx, 50*time.Millisecond); err != nil {
			return err
		}
	}
}

// meter measures how long nobody who shares it was answered. For who writes, to find
// a record in the log is no answer: reading may be back before writing is.
type meter struct {
	mu      sync.Mutex
	count   int
	last    time.Time
	longest time.Duration
	errors  map[string]int
}

func (m *meter) answered() {
	m.mu.Lock()
	defer m.mu.Unlock()
	now := time.Now()
	if m.count++; m.count > 1 {
		m.longest = max(m.longest, now.Sub(m.last))
	}
	m.last = now
}

// failed counts what the store said, by its key.
func (m *meter) failed(err error) {
	key, _ := fault.KeyOf(err)
	if key == "" {
		key = err.Error()
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.errors == nil {
		m.errors = map[string]int{}
	}
	m.errors[key]++
}

// begin starts a new measurement and gives the answers so far.
func (m *meter) begin() (count int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.longest = 0
	return m.count
}

func (m *meter) read() (count int, longest time.Duration) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.count, m.longest
}
