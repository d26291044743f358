//go:build !js

package opfs

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

// disk is a folder of this machine in the browser's stead.
type disk struct {
	path string
	mu   *sync.Mutex
	// wrap stands between the store and each file, where a test wants it.
	wrap func(File) File
}

func newDisk(t testing.TB) *disk { return &disk{path: t.TempDir(), mu: new(sync.Mutex)} }

func (d *disk) Lock(ctx context.Context, f func() error) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	return f()
}

type diskFile struct{ *os.File }

func (f diskFile) Size() (int64, error) {
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

func (d *disk) Open(name string, create bool) (File, error) {
	flags := os.O_RDWR
	if create {
		flags |= os.O_CREATE
	}
	f, err := os.OpenFile(filepath.Join(d.path, name), flags, 0o600)
	if err != nil {
		return nil, err
	}
	if d.wrap != nil {
		return d.wrap(diskFile{f}), nil
	}
	return diskFile{f}, nil
}

func (d *disk) Names() (names []string, err error) {
	list, err := os.ReadDir(d.path)
	for _, e := range list {
		names = append(names, e.Name())
	}
	return names, err
}

func (d *disk) Remove(name string) error {
	if err := os.Remove(filepath.Join(d.path, name)); !os.IsNotExist(err) {
		return err
	}
	return nil
}

// bytes is everything in the folder.
func (d *disk) bytes(t *testing.T) (all []byte) {
	t.Helper()
	names, err := d.Names()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		b, err := os.ReadFile(filepath.Join(d.path, name))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, b...)
	}
	return all
}
