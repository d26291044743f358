//go:build !js

package opfs

import (
	"testing"

	"github.com/evenkeel/evenkeel/internal/fault"
)

// A note is read back, replaced and removed with both of its places.
func TestNotes(t *testing.T) {
	ctx := t.Context()
	dir := newDisk(t)
	n := NotesIn(dir)
	if _, err := n.Read(ctx, "sync"); !fault.Is(err, fault.NotFound) {
		t.Errorf("before any: %v", err)
	}
	for _, s := range []string{"first", "second", "third"} {
		if err := n.Write(ctx, "sync", []byte(s)); err != nil {
			t.Fatal(err)
		}
		if b, err := n.Read(ctx, "sync"); err != nil || string(b) != s {
			t.Errorf("%q, %v", b, err)
		}
	}
	for range 2 {
		if err := n.Remove(ctx, "sync"); err != nil {
			t.Fatal(err)
		}
	}
	if names, err := dir.Names(); err != nil || len(names) != 0 {
		t.Errorf("left: %v, %v", names, err)
	}
	if _, err := n.Read(ctx, "sync"); !fault.Is(err, fault.NotFound) {
		t.Errorf("after: %v", err)
	}
}
