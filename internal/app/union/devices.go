package union

import (
	"context"

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
	p := Place{Host: s.Base, Address: s.address(), Own: s.public(), Records: len(s.Seen) / 16}
	p.Devices, err = line.Devices(ctx)
	return p, err
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
// without it, this device's key is, where the host can be reached.
func (u *Union) Stop(ctx context.Context, destroy bool) error {
	s, err := load(ctx, u.App, u.Notes)
	if err != nil && !fault.Is(err, fault.Corrupt) {
		return err
	}
	if err == nil {
		line, err := u.Dial(s.Base, s.address(), s.key())
		if err != nil {
			return err
		}
		if destroy {
			if err := line.End(ctx); err != nil && !fault.Is(err, fault.NotFound) {
				return err
			}
		} else if err := line.RemoveDevice(ctx, s.public()); err != nil && !fault.Is(err, fault.NotFound) && !fault.Is(err, fault.Conflict) {
			return err
		}
	}
	return u.Notes.Remove(ctx, noteName)
}

// Drop removes the note of a journal that is no more.
func Drop(ctx context.Context, notes port.Notes) error { return notes.Remove(ctx, noteName) }
