//go:build !js

package opfs

import (
	"bytes"
	"crypto/rand"
	"os"
	"path/filepath"
	"testing"

	"github.com/evenkeel/evenkeel/internal/fault"
)

func TestKeys(t *testing.T) {
	d := newDisk(t)
	k := KeysIn(d)
	if _, err := k.Read(firstKey); !fault.Is(err, fault.NotFound) {
		t.Errorf("a missing key: %v", err)
	}
	first, err := k.Create(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := KeysIn(d).Create(rand.Reader); err != nil || again != first {
		t.Errorf("a second first key, %v", err)
	}
	second, err := k.Fresh(rand.Reader)
	if err != nil || second == first {
		t.Fatal("no fresh key", err)
	}
	names, err := k.Names()
	if err != nil || len(names) != 2 || names[0] != firstKey {
		t.Fatal(names, err)
	}
	if err := k.Destroy(names[0], "none"); err != nil {
		t.Fatal(err)
	}
	if got, err := k.Read(names[1]); err != nil || got != second {
		t.Errorf("the fresh key: %v", err)
	}
	// One whose writing was cut off before it was used opened nothing.
	if err := os.WriteFile(filepath.Join(d.path, firstKey), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if made, err := k.Create(rand.Reader); err != nil || made == first {
		t.Errorf("%v", err)
	}
	if bytes.Contains(d.bytes(t), first[:]) {
		t.Error("the destroyed key is there")
	}
	if err := os.WriteFile(filepath.Join(d.path, names[1]), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := k.Read(names[1]); !fault.Is(err, fault.Corrupt) {
		t.Errorf("a damaged key: %v", err)
	}
}
