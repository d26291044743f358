// Package notes keeps small sealed notes of this device in files beside the journal.
package notes

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/store/reference"
)

var _ port.Notes = Folder{}

// Folder is the folder of a journal.
type Folder struct {
	dir   string
	files reference.Folder
}

// At keeps notes in dir.
func At(dir string) Folder { return Folder{dir, reference.At(dir)} }

// Read reads a whole note.
func (f Folder) Read(ctx context.Context, name string) ([]byte, error) {
	b, err := f.files.Read(ctx, name)
	return b, said(err)
}

// Write writes beside the note and then puts it in its place, so that a cut leaves
// the one before. Its owner alone can read it.
func (f Folder) Write(ctx context.Context, name string, sealed []byte) error {
	return said(f.files.Write(ctx, name, sealed))
}

// Remove removes the file; a missing one is fine.
func (f Folder) Remove(_ context.Context, name string) error {
	err := os.Remove(filepath.Join(f.dir, filepath.Base(name)))
	if err == nil || errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return fault.Wrap(err, fault.ReadOnly, "store.note_failed")
}

func said(err error) error {
	if err == nil {
		return nil
	}
	return fault.Wrap(err, fault.CodeOf(err), "store.note_failed")
}
