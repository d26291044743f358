//go:build !js

package opfs

import (
	"bytes"
	"testing"

	"github.com/evenkeel/evenkeel/internal/fault"
)

// A public file is whole or is the one before, wherever its writing was cut.
func TestReference(t *testing.T) {
	ctx := t.Context()
	dir := newDisk(t)
	r := ReferenceIn(dir)
	if _, err := r.Read(ctx, "list"); !fault.Is(err, fault.NotFound) {
		t.Errorf("before any: %v", err)
	}
	read := func(want string) {
		t.Helper()
		if got, err := r.Read(ctx, "list"); err != nil || string(got) != want {
			t.Errorf("%q, %v; want %q", got, err, want)
		}
	}
	for _, s := range []string{"first", "the second one", "3"} {
		if err := r.Write(ctx, "list", []byte(s)); err != nil {
			t.Fatal(err)
		}
		read(s)
	}
	// The third stands in the first place; the next goes to the second, and is
	// cut at every byte.
	if err := r.Write(ctx, "list", bytes.Repeat([]byte("x"), 40)); err != nil {
		t.Fatal(err)
	}
	f, err := dir.Open("list.b", false)
	if err != nil {
		t.Fatal(err)
	}
	size, err := f.Size()
	if err != nil {
		t.Fatal(err)
	}
	for size--; size >= 0; size-- {
		if err := f.Truncate(size); err != nil {
			t.Fatal(err)
		}
		read("3")
	}
	f.Close()
	if err := r.Write(ctx, "list", []byte("after")); err != nil {
		t.Fatal(err)
	}
	read("after")
}
