// Package reference keeps public files that a person brought in a folder of
// their own beside the journal.
package reference

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
)

var _ port.Reference = Folder{}

// Folder is a place for such files. It is made by the first write.
type Folder struct{ dir string }

// At keeps files in dir.
func At(dir string) Folder { return Folder{dir} }

// Read reads a whole file.
func (f Folder) Read(_ context.Context, name string) ([]byte, error) {
	b, err := os.ReadFile(filepath.Join(f.dir, filepath.Base(name)))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fault.Wrap(err, fault.NotFound, "store.no_reference")
	}
	if err != nil {
		return nil, fault.Wrap(err, code(err), "store.reference_unread")
	}
	return b, nil
}

// Write writes beside the file and then puts it in its place, so that a cut
// leaves the one before.
func (f Folder) Write(_ context.Context, name string, data []byte) (err error) {
	defer func() {
		if err != nil {
			err = fault.Wrap(err, code(err), "store.reference_unwritten")
		}
	}()
	if err := os.MkdirAll(f.dir, 0o700); err != nil {
		return err
	}
	tmp, err := os.CreateTemp(f.dir, ".new-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(tmp.Name()))
		}
	}()
	if _, err := tmp.Write(data); err != nil {
		return errors.Join(err, tmp.Close())
	}
	if err := errors.Join(tmp.Sync(), tmp.Close()); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), filepath.Join(f.dir, filepath.Base(name)))
}

func code(err error) fault.Code {
	if errors.Is(err, fs.ErrPermission) {
		return fault.ReadOnly
	}
	return fault.Internal
}
