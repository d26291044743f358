package vault

import (
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/evenkeel/evenkeel/internal/fault"
)

// DeviceKey opens a journal on the machine that holds it, while no passphrase is set.
type DeviceKey [keySize]byte

// deviceHeader starts a device key file, so that the file says what it is.
const deviceHeader = "evenkeel-device-key-1 "

// CreateDeviceKey draws a device key and writes it to a new file that its owner
// alone can read, surely on disk when it returns. If the file is there already, also
// because another process was quicker, it gives the key that stands in it.
func CreateDeviceKey(random io.Reader, path string) (DeviceKey, error) {
	var d DeviceKey
	if err := draw(random, d[:]); err != nil {
		return d, err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return d, deviceFault(err, "made")
	}
	temp, err := os.CreateTemp(filepath.Dir(path), ".key-*") // made with mode 0600
	if err != nil {
		return d, deviceFault(err, "made")
	}
	defer os.Remove(temp.Name())
	_, err = temp.WriteString(deviceHeader + hex.EncodeToString(d[:]) + "\n")
	err = errors.Join(err, temp.Sync(), temp.Close())
	if err != nil {
		return d, deviceFault(err, "made")
	}
	// A link, unlike a rename, never takes the place of a key that is there.
	if err := os.Link(temp.Name(), path); errors.Is(err, fs.ErrExist) {
		return ReadDeviceKey(path)
	} else if err != nil {
		return d, deviceFault(err, "made")
	}
	if err := syncDir(filepath.Dir(path)); err != nil {
		return d, deviceFault(err, "made")
	}
	return d, nil
}

// FreshDeviceKey draws a device key and writes it to a file of its own beside path,
// under a name that no other process can mean. Whoever destroys older device keys
// at the same moment can then not destroy this one.
func FreshDeviceKey(random io.Reader, path string) (DeviceKey, error) {
	var tag [8]byte
	if err := draw(random, tag[:]); err != nil {
		return DeviceKey{}, err
	}
	return CreateDeviceKey(random, path+"."+hex.EncodeToString(tag[:]))
}

// DeviceKeyFiles lists the device key files at path and beside it: the one of the
// beginning, and those that FreshDeviceKey made.
func DeviceKeyFiles(path string) ([]string, error) {
	entries, err := os.ReadDir(filepath.Dir(path))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, deviceFault(err, "read")
	}
	var files []string
	for _, e := range entries {
		if name := filepath.Base(path); e.Name() == name || strings.HasPrefix(e.Name(), name+".") {
			files = append(files, filepath.Join(filepath.Dir(path), e.Name()))
		}
	}
	return files, nil
}

// ReadDeviceKey reads the file. One that others may read is refused with
// fault.Invalid, as it protects nothing; a missing one is fault.NotFound.
func ReadDeviceKey(path string) (DeviceKey, error) {
	var d DeviceKey
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return d, fault.Wrap(err, fault.NotFound, "The device key file is not there. Use your recovery code, or put the file back.")
	}
	if err != nil {
		return d, deviceFault(err, "read")
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return d, deviceFault(err, "read")
	}
	if runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		return d, fault.New(fault.Invalid, "Other users of this computer can read the device key file %s. Run: chmod 600 on it, then try again.", filepath.Base(path))
	}
	text, err := io.ReadAll(io.LimitReader(f, 256))
	if err != nil {
		return d, deviceFault(err, "read")
	}
	digits, ok := strings.CutPrefix(string(text), deviceHeader)
	raw, err := hex.DecodeString(strings.TrimSuffix(digits, "\n"))
	if !ok || err != nil || len(raw) != keySize {
		return d, fault.New(fault.Corrupt, "The device key file is damaged. Use your recovery code, or put the file back from a copy.")
	}
	return DeviceKey(raw), nil
}

// DestroyDeviceKey overwrites the file and removes it; a missing one is fine. A disk
// may still keep old blocks that only its own encryption protects.
func DestroyDeviceKey(path string) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return deviceFault(err, "removed")
	}
	_, err = f.Write(make([]byte, len(deviceHeader)+2*keySize+1))
	err = errors.Join(err, f.Sync(), f.Close(), os.Remove(path))
	if err == nil {
		err = syncDir(filepath.Dir(path))
	}
	if err != nil {
		return deviceFault(err, "removed")
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

func deviceFault(err error, done string) error {
	switch {
	case errors.Is(err, fs.ErrPermission):
		return fault.Wrap(err, fault.ReadOnly, "The device key file could not be %s: this account may not use its folder. Check the folder's permissions.", done)
	default:
		return fault.Wrap(err, fault.Internal, "The device key file could not be %s. Check the folder and the free space, then try again.", done)
	}
}
