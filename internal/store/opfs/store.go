package opfs

import (
	"bytes"
	"context"
	"errors"
	"io/fs"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
)

var _ port.Store = (*Store)(nil)

// Store keeps sealed records in files of a Dir.
type Store struct {
	dir Dir
	// known is what was read of each file so far; only who holds the lock may
	// touch it.
	known map[port.PersonID]*index
}

// Open makes a store of a Dir. It reads nothing yet.
func Open(dir Dir) *Store { return &Store{dir: dir, known: map[port.PersonID]*index{}} }

// Close has nothing to let go of: nothing is held between two operations.
func (s *Store) Close() error { return nil }

const suffix = ".journal"

func fileName(person port.PersonID) string { return person.String() + suffix }

// journal is a person's file while the lock is held.
type journal struct {
	*index
	f    File
	size int64
}

// with runs f on a person's file, brought up to date.
func (s *Store) with(ctx context.Context, person port.PersonID, f func(*journal) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return faultOf(s.dir.Lock(ctx, func() error {
		file, err := s.dir.Open(fileName(person), false)
		if errors.Is(err, fs.ErrNotExist) {
			delete(s.known, person)
			return errNobody
		}
		if err != nil {
			return err
		}
		j, err := s.read(file, person)
		if err == nil {
			err = f(j)
		}
		return errors.Join(err, file.Close())
	}))
}

// read brings what is known of a file up to date.
func (s *Store) read(file File, person port.PersonID) (*journal, error) {
	b, err := readHeader(file, person)
	if err != nil {
		delete(s.known, person)
		return nil, err
	}
	size, err := file.Size()
	if err != nil {
		return nil, err
	}
	x, fresh := s.known[person], false
	if x == nil || x.birth != b || x.end > size {
		x, fresh = newIndex(b), true
	}
	delete(s.known, person) // until it is whole again
	if err := x.catchUp(file, size); err != nil {
		return nil, err
	}
	s.known[person] = x
	j := &journal{x, file, size}
	if fresh {
		// What a tab that was closed in the middle left behind; where it cannot
		// be done now, the next change or start does it, and Check tells.
		_ = j.clear()
	}
	return j, nil
}

// write adds a frame with its ciphertexts at the end and returns once it is on
// disk.
func (j *journal) write(fr *frame, data []byte) error {
	at := j.end
	switch {
	case j.tail:
		// What is left of the lost end stays where it is, but is no frame any
		// more: it must not reach into the next one.
		at = j.size
		if err := zero(j.f, j.end, min(j.end+int64(len(frameMagic)), at)); err != nil {
			return err
		}
	case j.size > j.end:
		if err := j.f.Truncate(j.end); err != nil {
			return err
		}
	}
	_, err := j.f.WriteAt(append(fr.encode(), data...), at)
	if err == nil {
		err = j.f.Sync()
	}
	if err != nil {
		// A part of the frame may be there. Whoever writes next takes it away,
		// if this does not.
		_ = j.f.Truncate(at)
		return err
	}
	j.gap = j.gap || at != j.end
	j.take(fr, at)
	j.end, j.tail = at+fr.metaSize()+int64(len(data)), false
	j.size = j.end
	j.note()
	return nil
}

// note writes the mark. It may fail: it says less then, and never too much.
func (j *journal) note() {
	j.mark.version, j.mark.end = j.head.Version, j.end
	if len(j.unclear) == 0 {
		j.mark.cleared = j.head.Version
	}
	_, _ = j.f.WriteAt(j.mark.encode(), markAt)
}

// clear overwrites what was forgotten and is not yet overwritten for sure, and
// an older keyring beside the present one.
func (j *journal) clear() error {
	if err := clearOldRing(j.f); err != nil {
		return err
	}
	if len(j.unclear) == 0 {
		return nil
	}
	for _, u := range j.unclear {
		if err := zero(j.f, u.from, u.to); err != nil {
			return err
		}
	}
	if err := j.f.Sync(); err != nil {
		return err
	}
	j.unclear = nil
	j.note()
	return nil
}

var zeros [64 << 10]byte

func zero(f File, from, to int64) error {
	for from < to {
		n, err := f.WriteAt(zeros[:min(int64(len(zeros)), to-from)], from)
		if err != nil {
			return err
		}
		from += int64(n)
	}
	return nil
}

// tracesFault says that something is removed and may not yet be overwritten.
func tracesFault(err error) error {
	if errors.Is(err, ErrFull) {
		return fault.Wrap(err, fault.FullDisk, "store.traces_full_disk")
	}
	return faultOf(err)
}

// copied keeps the head of the index out of the caller's hands.
func copied(h port.Head) port.Head {
	h.Sealed = bytes.Clone(h.Sealed)
	return h
}
