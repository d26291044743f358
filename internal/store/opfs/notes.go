package opfs

import (
	"context"
	"errors"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
)

var _ port.Notes = Notes{}

// Notes keeps small sealed notes of this device, each in two places as a public
// file of Reference.
type Notes struct{ files Reference }

// NotesIn keeps notes in a Dir that holds nothing else.
func NotesIn(dir Dir) Notes { return Notes{ReferenceIn(dir)} }

// Read reads a whole note.
func (n Notes) Read(ctx context.Context, name string) ([]byte, error) {
	b, err := n.files.Read(ctx, name)
	return b, noteFault(err)
}

// Write leaves the note before where it is cut.
func (n Notes) Write(ctx context.Context, name string, sealed []byte) error {
	return noteFault(n.files.Write(ctx, name, sealed))
}

// Remove removes both places.
func (n Notes) Remove(ctx context.Context, name string) error {
	return noteFault(faultOf(n.files.dir.Lock(ctx, func() (err error) {
		for _, end := range places {
			err = errors.Join(err, n.files.dir.Remove(name+end))
		}
		return err
	})))
}

func noteFault(err error) error {
	if err == nil {
		return nil
	}
	return fault.Wrap(err, fault.CodeOf(err), "store.note_failed")
}
