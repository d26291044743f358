package devicefile

import (
	"crypto/rand"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"testing"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
)

func TestDeviceKeyFile(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "keys")
	path := filepath.Join(dir, "device.key")
	k := At(path)
	if _, err := k.Read("device.key"); !fault.Is(err, fault.NotFound) {
		t.Errorf("a missing file: %v", err)
	}
	// Many that start at once end up with one key.
	var group sync.WaitGroup
	keys := make([]port.DeviceKey, 8)
	for i := range keys {
		group.Go(func() {
			var err error
			if keys[i], err = k.Create(rand.Reader); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	got, err := k.Read("device.key")
	must(t, err)
	for i, key := range keys {
		if key != got || key == (port.DeviceKey{}) {
			t.Errorf("process %d has another key", i)
		}
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 {
		t.Errorf("left behind: %v %v", entries, err)
	}
	if runtime.GOOS != "windows" {
		for name, want := range map[string]os.FileMode{dir: 0o700, path: 0o600} {
			if info, err := os.Stat(name); err != nil || info.Mode().Perm() != want {
				t.Errorf("%s: %v %v", name, info.Mode(), err)
			}
		}
		for _, mode := range []os.FileMode{0o640, 0o604, 0o644, 0o620} {
			must(t, os.Chmod(path, mode))
			if _, err := k.Read("device.key"); !fault.Is(err, fault.Invalid) {
				t.Errorf("mode %o: %v", mode, err)
			}
		}
		must(t, os.Chmod(path, 0o600))
	}

	whole, err := os.ReadFile(path)
	must(t, err)
	for name, text := range map[string]string{
		"empty": "", "cut": string(whole[:40]), "longer": string(whole) + "00\n", "other": "hello\n",
		"not hex": header + string(make([]byte, 64)),
	} {
		must(t, os.WriteFile(path, []byte(text), 0o600))
		if _, err := k.Read("device.key"); !fault.Is(err, fault.Corrupt) {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := k.Create(rand.Reader); !fault.Is(err, fault.Corrupt) {
			t.Errorf("%s: a damaged key was replaced: %v", name, err)
		}
	}
	for range 2 { // destroying again is fine
		must(t, k.Destroy("device.key"))
	}
	if _, err := os.Stat(path); !os.IsNotExist(err) {
		t.Errorf("still there: %v", err)
	}
}

// Fresh keys stand beside the first, which leads, and go one by one.
func TestFresh(t *testing.T) {
	k := At(filepath.Join(t.TempDir(), "device.key"))
	first, err := k.Create(rand.Reader)
	must(t, err)
	second, err := k.Fresh(rand.Reader)
	must(t, err)
	names, err := k.Names()
	if err != nil || len(names) != 2 || names[0] != "device.key" {
		t.Fatalf("names %q, %v", names, err)
	}
	for i, want := range []port.DeviceKey{first, second} {
		if got, err := k.Read(names[i]); err != nil || got != want {
			t.Errorf("%s: another key, %v", names[i], err)
		}
	}
	must(t, k.Destroy(names[0]))
	if left, err := k.Names(); err != nil || len(left) != 1 || left[0] != names[1] {
		t.Errorf("left %q, %v", left, err)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
