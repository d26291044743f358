package sqlite

import (
	"context"
	"encoding/binary"
	"errors"
	"io/fs"
	"os"
	"sync"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
)

// A database whose write-ahead log was cut or lost is whole, only older: nothing in
// it can tell. So how far each journal went stands in a small file of its own beside
// it, which is written after each commit and so never ahead of it. It is not forced
// to disk: a power cut may leave it behind, where it tells less, and never ahead.

// slotSize is a person's id and the version of their head, big-endian.
const slotSize = 16 + 8

type mark struct {
	path     string
	writable bool

	mu   sync.Mutex
	f    *os.File // nil until something is written
	at   map[port.PersonID]int64
	seen map[port.PersonID]int64 // the highest version marked before this process
	end  int64
}

var errOlder = fault.Wrap(port.ErrIncomplete, fault.Corrupt, "store.older")

// openMark reads what is marked; a missing file marks nothing. It must be called
// before the heads are read.
func openMark(path string, writable bool) (*mark, error) {
	m := &mark{path: path, writable: writable, at: map[port.PersonID]int64{}, seen: map[port.PersonID]int64{}}
	body, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fileFault(err)
	}
	for ; int(m.end)+slotSize <= len(body); m.end += slotSize {
		slot := body[m.end:]
		person := port.PersonID(slot[:16])
		m.at[person] = m.end
		m.seen[person] = max(m.seen[person], int64(binary.BigEndian.Uint64(slot[16:])))
	}
	return m, nil
}

// put writes a slot, making the file with the first one.
func (m *mark) put(slot []byte, at int64) error {
	if m.f == nil {
		if !m.writable {
			return nil
		}
		f, err := os.OpenFile(m.path, os.O_WRONLY|os.O_CREATE, 0o600)
		if err != nil {
			return err
		}
		m.f = f
	}
	_, err := m.f.WriteAt(slot, at)
	return err
}

// write marks a version. A mark that cannot be written tells less later and loses
// nothing, so that it fails no save.
func (m *mark) write(person port.PersonID, version int64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.seen[person] > version {
		return
	}
	at, ok := m.at[person]
	if !ok {
		at = m.end
		m.at[person], m.end = at, at+slotSize
	}
	slot := binary.BigEndian.AppendUint64(person[:], uint64(version))
	_ = m.put(slot, at)
}

// forget takes a person out, or the higher mark that an older copy cannot reach.
func (m *mark) forget(person port.PersonID) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if at, ok := m.at[person]; ok {
		_ = m.put(make([]byte, slotSize), at)
	}
	delete(m.at, person)
	delete(m.seen, person)
}

// ahead tells whether the person's log once went further than version.
func (m *mark) ahead(person port.PersonID, version int64) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.seen[person] > version
}

func (m *mark) close() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.f == nil {
		return nil
	}
	return m.f.Close()
}

// marked gives a problem for every journal that is older than its mark.
func (s *Store) marked(ctx context.Context) (problems []error) {
	persons, err := s.Persons(ctx)
	if err != nil {
		return []error{err}
	}
	for _, p := range persons {
		head, err := headOf(s.r.QueryRowContext(ctx, headSQL, p[:]))
		if err == nil && s.mark.ahead(p, head.Version) {
			problems = append(problems, errOlder)
		}
	}
	return problems
}
