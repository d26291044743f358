// Package devicefile keeps device keys in files of their own beside the journal,
// readable by their owner alone.
package devicefile

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
)

var _ port.DeviceKeys = Keys{}

// Keys is the device key file at a path, with those that Fresh made beside it.
type Keys struct{ path string }

// At keeps the device keys at path; nothing is made before Create.
func At(path string) Keys { return Keys{path} }

// header starts a device key file, so that the file says what it is.
const header = "evenkeel-device-key-1 "

// Create draws a device key and writes it to a new file that its owner alone can
// read. A file that is there already, also one that is damaged, stays.
func (k Keys) Create(random io.Reader) (port.DeviceKey, error) { return create(random, k.path) }

// Fresh writes to a file of its own beside the first.
func (k Keys) Fresh(random io.Reader) (port.DeviceKey, error) {
	var tag [8]byte
	if err := draw(random, tag[:]); err != nil {
		return port.DeviceKey{}, err
	}
	return create(random, k.path+"."+hex.EncodeToString(tag[:]))
}

// Names are the names of the files, without their folder.
func (k Keys) Names() ([]string, error) {
	entries, err := os.ReadDir(filepath.Dir(k.path))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fileFault(err)
	}
	var names []string // the first one's is the shortest, so it leads
	for _, e := range entries {
		if first := filepath.Base(k.path); e.Name() == first || strings.HasPrefix(e.Name(), first+".") {
			names = append(names, e.Name())
		}
	}
	return names, nil
}

func (k Keys) Read(name string) (port.DeviceKey, error) { return read(k.file(name)) }

// Destroy overwrites the files and removes them. A disk may still keep old blocks
// that only its own encryption protects.
func (k Keys) Destroy(names ...string) error {
	for _, name := range names {
		if err := destroy(k.file(name)); err != nil {
			return err
		}
	}
	return nil
}

func (k Keys) file(name string) string {
	return filepath.Join(filepath.Dir(k.path), filepath.Base(name))
}

func create(random io.Reader, path string) (port.DeviceKey, error) {
	var d port.DeviceKey
	if err := draw(random, d[:]); err != nil {
		return d, err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return d, fileFault(err)
	}
	temp, err := os.CreateTemp(filepath.Dir(path), ".key-*") // made with mode 0600
	if err != nil {
		return d, fileFault(err)
	}
	defer os.Remove(temp.Name())
	_, err = temp.WriteString(header + hex.EncodeToString(d[:]) + "\n")
	err = errors.Join(err, temp.Sync(), temp.Close())
	if err != nil {
		return d, fileFault(err)
	}
	// A link, unlike a rename, never takes the place of a key that is there.
	if err := os.Link(temp.Name(), path); errors.Is(err, fs.ErrExist) {
		return read(path)
	} else if err != nil {
		return d, fileFault(err)
	}
	if err := syncDir(filepath.Dir(path)); err != nil {
		return d, fileFault(err)
	}
	return d, nil
}

func draw(random io.Reader, b []byte) error {
	if _, err := io.ReadFull(random, b); err != nil {
		return fault.Wrap(fmt.Errorf("random source: %w", err), fault.Internal, "vault.no_random")
	}
	return nil
}

func read(path string) (port.DeviceKey, error) {
	var d port.DeviceKey
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return d, fault.Wrap(err, fault.NotFound, "vault.no_device_key")
	}
	if err != nil {
		return d, fileFault(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return d, fileFault(err)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		return d, fault.New(fault.Invalid, "vault.device_key_open_to_others", "file", filepath.Base(path))
	}
	text, err := io.ReadAll(io.LimitReader(f, 256))
	defer clear(text)
	if err != nil {
		return d, fileFault(err)
	}
	digits, ok := strings.CutPrefix(string(text), header)
	raw, err := hex.DecodeString(strings.TrimSuffix(digits, "\n"))
	defer clear(raw)
	if !ok || err != nil || len(raw) != len(d) {
		return d, fault.New(fault.Corrupt, "vault.device_key_damaged")
	}
	return port.DeviceKey(raw), nil
}

func destroy(path string) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fileFault(err)
	}
	_, err = f.Write(make([]byte, len(header)+2*len(port.DeviceKey{})+1))
	err = errors.Join(err, f.Sync(), f.Close(), os.Remove(path))
	if err == nil {
		err = syncDir(filepath.Dir(path))
	}
	if err != nil {
		return fileFault(err)
	}
	return nil
}

// syncDir makes the directory's list of names durable. Windows has no such call
// and writes it in order.
func syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

func fileFault(err error) error {
	if errors.Is(err, fs.ErrPermission) {
		return fault.Wrap(err, fault.ReadOnly, "vault.device_key_no_permission")
	}
	return fault.Wrap(err, fault.Internal, "vault.device_key_failed")
}
