package opfs

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"io/fs"
	"slices"
	"strings"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
)

// CreatePerson writes the header last, so that a file whose making was cut off
// is nobody's.
func (s *Store) CreatePerson(ctx context.Context, person port.PersonID, ring []byte) error {
	if err := fits(ring); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return faultOf(s.dir.Lock(ctx, func() error {
		f, err := s.dir.Open(fileName(person), true)
		if err != nil {
			return err
		}
		return errors.Join(create(f, person, ring), f.Close())
	}))
}

func create(f File, person port.PersonID, ring []byte) error {
	if _, err := readHeader(f, person); !errors.Is(err, errNobody) {
		if err == nil {
			err = fault.New(fault.Conflict, "store.already_there")
		}
		return err
	}
	if err := f.Truncate(0); err != nil {
		return err
	}
	if err := f.Truncate(framesAt); err != nil {
		return err
	}
	if _, err := f.WriteAt(slot{1, ring}.encode(), slotAt(0)); err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return err
	}
	var b birth
	if _, err := rand.Read(b[:]); err != nil {
		return fault.Wrap(err, fault.Internal, "vault.no_random")
	}
	if _, err := f.WriteAt(encodeHeader(person, b), 0); err != nil {
		return err
	}
	return f.Sync()
}

// fits refuses a keyring that is none or has no room in its slot.
func fits(ring []byte) error {
	switch {
	case len(ring) == 0:
		return errNoRing
	case len(ring) > slotSize-slotHead:
		return fault.New(fault.Invalid, "store.browser_failed")
	}
	return nil
}

// people gives everybody who has a file, in order; the caller holds the lock.
func (s *Store) people() (list []port.PersonID, err error) {
	names, err := s.dir.Names()
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		id, ok := strings.CutSuffix(name, suffix)
		var person port.PersonID
		if !ok || person.UnmarshalText([]byte(id)) != nil {
			continue
		}
		f, err := s.dir.Open(name, false)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		_, err = readHeader(f, person)
		if err := errors.Join(f.Close()); err != nil {
			return nil, err
		}
		if errors.Is(err, errNobody) {
			continue
		}
		list = append(list, person) // also one whose file is damaged: it is there
	}
	slices.SortFunc(list, func(a, b port.PersonID) int { return bytes.Compare(a[:], b[:]) })
	return list, nil
}

func (s *Store) Persons(ctx context.Context) (list []port.PersonID, err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	err = s.dir.Lock(ctx, func() (err error) {
		list, err = s.people()
		return err
	})
	return list, faultOf(err)
}

// DeletePerson destroys the keys first: without them the records are noise.
func (s *Store) DeletePerson(ctx context.Context, person port.PersonID) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return faultOf(s.dir.Lock(ctx, func() error {
		delete(s.known, person)
		f, err := s.dir.Open(fileName(person), false)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		err = wipe(f)
		if err := errors.Join(err, f.Close()); err != nil {
			return err
		}
		return s.dir.Remove(fileName(person))
	}))
}

func wipe(f File) error {
	size, err := f.Size()
	if err != nil {
		return err
	}
	for _, part := range []span{{0, min(size, framesAt)}, {framesAt, size}} {
		if err := zero(f, part.from, part.to); err != nil {
			return err
		}
		if err := f.Sync(); err != nil {
			return err
		}
	}
	return f.Truncate(0)
}

func (s *Store) Keyring(ctx context.Context, person port.PersonID) (ring []byte, version int64, err error) {
	err = s.with(ctx, person, func(j *journal) error {
		now, at, _ := readRing(j.f)
		if at < 0 {
			return errDamaged
		}
		ring, version = now.ring, now.version
		return nil
	})
	return ring, version, err
}

// PutKeyring writes to the slot that is free, and clears the other once that is
// on disk.
func (s *Store) PutKeyring(ctx context.Context, person port.PersonID, ring []byte, version int64) error {
	if err := fits(ring); err != nil {
		return err
	}
	return s.with(ctx, person, func(j *journal) error {
		now, at, _ := readRing(j.f)
		switch {
		case at < 0:
			return errDamaged
		case now.version != version:
			return fault.New(fault.Conflict, "store.keys_changed")
		}
		if err := clearOldRing(j.f); err != nil {
			return err
		}
		if _, err := j.f.WriteAt(slot{version + 1, ring}.encode(), slotAt(1-at)); err != nil {
			return err
		}
		if err := j.f.Sync(); err != nil {
			return err
		}
		// The change stands, whatever comes now; what is left is made up for at
		// the next change or start, and Check tells.
		_ = clearOldRing(j.f)
		return nil
	})
}

// clearOldRing overwrites a keyring that was replaced.
func clearOldRing(f File) error {
	_, at, twice := readRing(f)
	if !twice {
		return nil
	}
	if err := zero(f, slotAt(1-at), slotAt(1-at)+slotSize); err != nil {
		return err
	}
	return f.Sync()
}
