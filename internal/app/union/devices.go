package union

import (
	"context"
	"crypto/ed25519"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/wire"
)

// Place says where the journal synchronises.
type Place struct {
	Host    string
	Address wire.Address
	Devices []wire.DeviceKey
	// Own is this device's key among them.
	Own wire.DeviceKey
	// Records that this device has seen there.
	Records int
}

// Here is what this device knows of it without asking anybody: all but the devices.
func (u *Union) Here(ctx context.Context) (Place, error) {
	s, err := load(ctx, u.App, u.Notes)
	if err != nil {
		return Place{}, err
	}
	return s.place(), nil
}

func (s *state) place() Place {
	return Place{Host: s.Base, Address: s.address(), Own: s.public(), Records: len(s.Seen) / 16}
}

// Look asks the host which devices there are.
func (u *Union) Look(ctx context.Context) (Place, error) {
	s, err := load(ctx, u.App, u.Notes)
	if err != nil {
		return Place{}, err
	}
	line, err := u.Dial(s.Base, s.address(), s.key())
	if err != nil {
		return Place{}, err
	}
	p := s.place()
	p.Devices, err = line.Devices(ctx)
	return p, err
}

// Reach gives another line to the journal's log on its host than a Union's own, with
// the host's address and the log's.
func Reach[L any](ctx context.Context, u *Union, dial func(base string, log wire.Address, key ed25519.PrivateKey) (L, error)) (base string, log wire.Address, line L, err error) {
	s, err := load(ctx, u.App, u.Notes)
	if err != nil {
		return "", log, line, err
	}
	line, err = dial(s.Base, s.address(), s.key())
	return s.Base, s.address(), line, err
}

// Remove has the host refuse a device from now on. What it fetched before it keeps,
// and the key that it knows as well: who must not read on at all needs Stop and a
// new Start.
func (u *Union) Remove(ctx context.Context, device wire.DeviceKey) error {
	s, err := load(ctx, u.App, u.Notes)
	if err != nil {
		return err
	}
	line, err := u.Dial(s.Base, s.address(), s.key())
	if err != nil {
		return err
	}
	return line.RemoveDevice(ctx, device)
}

// Stop ends synchronising here: the note with its keys is removed, and the journal
// stays. With destroy the log is taken from the host before, for all devices;
// without it, the host is asked to take out this device's key. Listed tells that it
// did not: a host that is gone for good, or refuses, holds nobody.
func (u *Union) Stop(ctx context.Context, destroy bool) (listed bool, err error) {
	s, err := load(ctx, u.App, u.Notes)
	if err != nil && !fault.Is(err, fault.Corrupt) {
		return false, err
	}
	if err == nil {
		line, err := u.Dial(s.Base, s.address(), s.key())
		if err != nil {
			return false, err
		}
		if destroy {
			err = line.End(ctx)
		} else {
			err = line.RemoveDevice(ctx, s.public())
		}
		listed = err != nil && !fault.Is(err, fault.NotFound)
		if ctx.Err() != nil || listed && destroy {
			return false, err
		}
	}
	return listed, u.Notes.Remove(ctx, noteName)
}

// Drop removes the note of a journal that is no more.
func Drop(ctx context.Context, notes port.Notes) error { return notes.Remove(ctx, noteName) }
