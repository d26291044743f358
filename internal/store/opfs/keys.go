package opfs

import (
	"context"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"slices"
	"strings"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
)

var _ port.DeviceKeys = Keys{}

// Keys keeps device keys in files beside the journals: whoever can read the one
// can read the other, so they protect a journal's copy alone, as at the desk.
type Keys struct{ dir Dir }

// KeysIn keeps device keys in a Dir.
func KeysIn(dir Dir) Keys { return Keys{dir} }

const firstKey = "device.key"

// keyHeader starts a device key file, so that the file says what it is.
const keyHeader = "evenkeel-device-key-1 "

func (k Keys) locked(f func() error) error {
	return faultOf(k.dir.Lock(context.Background(), f))
}

// Names lists the keys, the one of Create first.
func (k Keys) Names() (names []string, err error) {
	err = k.locked(func() error {
		all, err := k.dir.Names()
		for _, name := range all {
			if name == firstKey || strings.HasPrefix(name, firstKey+".") {
				names = append(names, name)
			}
		}
		return err
	})
	slices.Sort(names) // the first one's is the shortest
	return names, err
}

func (k Keys) Read(name string) (d port.DeviceKey, err error) {
	err = k.locked(func() error {
		d, err = k.read(name)
		return err
	})
	return d, err
}

func (k Keys) read(name string) (d port.DeviceKey, err error) {
	f, err := k.dir.Open(name, false)
	if errors.Is(err, fs.ErrNotExist) {
		return d, fault.Wrap(err, fault.NotFound, "vault.no_device_key")
	}
	if err != nil {
		return d, err
	}
	text := make([]byte, len(keyHeader)+2*len(d))
	defer clear(text)
	n, err := f.ReadAt(text, 0)
	if err == io.EOF {
		err = nil
	}
	if err := errors.Join(err, f.Close()); err != nil {
		return d, err
	}
	digits, ok := strings.CutPrefix(string(text[:n]), keyHeader)
	raw, err := hex.DecodeString(digits)
	defer clear(raw)
	if !ok || err != nil || len(raw) != len(d) {
		return d, fault.New(fault.Corrupt, "vault.device_key_damaged")
	}
	return port.DeviceKey(raw), nil
}

// Create draws the first key. One that is there already stays, but for one
// whose writing was cut off: it has opened nothing yet.
func (k Keys) Create(random io.Reader) (d port.DeviceKey, err error) {
	err = k.locked(func() error {
		f, err := k.dir.Open(firstKey, false)
		if err == nil {
			size, bad := f.Size()
			if err := errors.Join(bad, f.Close()); err != nil {
				return err
			}
			if size > 0 {
				d, err = k.read(firstKey)
				return err
			}
		} else if !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		d, err = k.draw(random, firstKey)
		return err
	})
	return d, err
}

// Fresh draws a further key into a file of its own.
func (k Keys) Fresh(random io.Reader) (d port.DeviceKey, err error) {
	var tag [8]byte
	if _, err := io.ReadFull(random, tag[:]); err != nil {
		return d, fault.Wrap(err, fault.Internal, "vault.no_random")
	}
	err = k.locked(func() error {
		d, err = k.draw(random, firstKey+"."+hex.EncodeToString(tag[:]))
		return err
	})
	return d, err
}

func (k Keys) draw(random io.Reader, name string) (d port.DeviceKey, err error) {
	if _, err := io.ReadFull(random, d[:]); err != nil {
		return d, fault.Wrap(err, fault.Internal, "vault.no_random")
	}
	f, err := k.dir.Open(name, true)
	if err != nil {
		return d, err
	}
	_, err = f.WriteAt([]byte(keyHeader+hex.EncodeToString(d[:])), 0)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return port.DeviceKey{}, errors.Join(err, k.dir.Remove(name))
	}
	return d, nil
}

// Destroy overwrites and removes keys.
func (k Keys) Destroy(names ...string) error {
	return k.locked(func() error {
		for _, name := range names {
			f, err := k.dir.Open(name, false)
			if errors.Is(err, fs.ErrNotExist) {
				continue
			}
			if err != nil {
				return err
			}
			if err := errors.Join(wipe(f), f.Close()); err != nil {
				return err
			}
			if err := k.dir.Remove(name); err != nil {
				return err
			}
		}
		return nil
	})
}
