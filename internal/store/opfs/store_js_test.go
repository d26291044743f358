package opfs

import (
	"bytes"
	"crypto/rand"
	"errors"
	"testing"

	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/store/storetest"
)

// These run in a worker of a real browser; TestInARealBrowser starts them.

func folder(t *testing.T) *Browser {
	b, err := InBrowser(t.Context(), rand.Text())
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestStore(t *testing.T) {
	storetest.Run(t, func(t *testing.T) port.Store { return Open(folder(t)) })
}

// A file that another tab holds is waited for, and one that never comes free is
// said so.
func TestBusyFile(t *testing.T) {
	b := folder(t)
	f, err := b.Open("held", true)
	if err != nil {
		t.Fatal(err)
	}
	handle, err := call(b.handle, "getFileHandle", "held")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := call(handle, "createSyncAccessHandle"); !errors.Is(err, ErrBusy) {
		t.Errorf("a second handle: %v", err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestDeviceKeys(t *testing.T) {
	k := KeysIn(folder(t))
	first, err := k.Create(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	names, err := k.Names()
	if err != nil || len(names) != 1 {
		t.Fatal(names, err)
	}
	if got, err := k.Read(names[0]); err != nil || !bytes.Equal(got[:], first[:]) {
		t.Error(err)
	}
	if err := k.Destroy(names...); err != nil {
		t.Fatal(err)
	}
	if names, err := k.Names(); err != nil || len(names) != 0 {
		t.Error(names, err)
	}
}
