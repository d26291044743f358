package memory

import (
	"crypto/rand"
	"testing"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/store/storetest"
)

func TestStore(t *testing.T) {
	storetest.Run(t, func(t *testing.T) port.Store {
		s := Open()
		t.Cleanup(func() { s.Close() })
		return s
	})
}

func TestKeys(t *testing.T) {
	var k Keys
	if _, err := k.Read("1"); !fault.Is(err, fault.NotFound) {
		t.Errorf("a missing key: %v", err)
	}
	first, err := k.Create(rand.Reader)
	if err != nil || first == (port.DeviceKey{}) {
		t.Fatal(first, err)
	}
	if again, err := k.Create(rand.Reader); err != nil || again != first {
		t.Errorf("a second first key, %v", err)
	}
	second, err := k.Fresh(rand.Reader)
	if err != nil || second == first {
		t.Fatal("no fresh key", err)
	}
	names, err := k.Names()
	if err != nil || len(names) != 2 {
		t.Fatal(names, err)
	}
	if err := k.Destroy(names[0], "none"); err != nil {
		t.Fatal(err)
	}
	if got, err := k.Read(names[1]); err != nil || got != second {
		t.Errorf("the fresh key: %v", err)
	}
	if _, err := k.Read(names[0]); !fault.Is(err, fault.NotFound) {
		t.Errorf("a destroyed key: %v", err)
	}
}
