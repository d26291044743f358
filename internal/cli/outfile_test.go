package cli

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/evenkeel/evenkeel/internal/fault"
)

func TestWriteFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "file")
	content := func(s string) func(io.Writer) error {
		return func(w io.Writer) error { _, err := io.WriteString(w, s); return err }
	}
	holds := func(want string) {
		t.Helper()
		if got, err := os.ReadFile(path); err != nil || string(got) != want {
			t.Errorf("the file holds %q, %v; want %q", got, err, want)
		}
		if list, err := os.ReadDir(dir); err != nil || len(list) != 1 {
			t.Errorf("the folder holds %v, %v", list, err)
		}
	}
	if size, err := writeFile(path, false, content("first")); err != nil || size != 5 {
		t.Fatal(size, err)
	}
	holds("first")
	if _, err := writeFile(path, false, content("second")); !fault.Is(err, fault.Conflict) {
		t.Errorf("replacing it gave %v", err)
	}
	holds("first")

	// Halfway through it fails; somebody makes the file while we write.
	broken := errors.New("broken")
	half := func(w io.Writer) error { _, _ = io.WriteString(w, "half"); return broken }
	if _, err := writeFile(path, true, half); !errors.Is(err, broken) {
		t.Errorf("a failed write gave %v", err)
	}
	holds("first")
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	raced := func(w io.Writer) error { return os.WriteFile(path, []byte("theirs"), 0o600) }
	if _, err := writeFile(path, false, raced); !fault.Is(err, fault.Conflict) {
		t.Errorf("losing the race gave %v", err)
	}
	holds("theirs")
	if _, err := writeFile(path, true, content("ours")); err != nil {
		t.Error(err)
	}
	holds("ours")
	if _, err := writeFile(filepath.Join(dir, "none", "file"), false, content("x")); !fault.Is(err, fault.NotFound) {
		t.Errorf("a folder that is not there gave %v", err)
	}
}
