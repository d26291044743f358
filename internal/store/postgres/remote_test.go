package postgres

import (
	"context"
	"testing"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/store/storetest"
	server "github.com/evenkeel/evenkeel/internal/testkit/postgres"
)

// looking appends as a host does: it looks first, and appends at what it saw where
// that is the version it was asked for.
type looking struct{ *Store }

func (l looking) Append(ctx context.Context, person port.PersonID, version int64, records []port.Sealed, head []byte) (port.Head, error) {
	seen, err := l.Look(ctx, person)
	if err != nil {
		return port.Head{}, err
	}
	if seen.Head.Version != version {
		return l.Store.Append(ctx, person, version, records, head)
	}
	return l.AppendAt(ctx, person, seen, records, head)
}

// The suite through appends of one statement, where all is serializable, where an
// engine knows no such statement, and where the line fails.
func TestAppendAt(t *testing.T) {
	for name, set := range map[string]func(*server.Proxy){
		"serializable": func(p *server.Proxy) { p.Serializable = true },
		"one table":    func(p *server.Proxy) { p.OneTable = true },
	} {
		t.Run(name, func(t *testing.T) {
			defer fewer(t)()
			storetest.Run(t, func(t *testing.T) port.Store { return looking{through(t, 0, set)} })
		})
	}
	t.Run("failing line", func(t *testing.T) {
		defer fewer(t)()
		storetest.Run(t, func(t *testing.T) port.Store { return looking{through(t, 8, func(*server.Proxy) {})} })
	})
	t.Run("damaged", func(t *testing.T) {
		storetest.RunDamaged(t, func(t *testing.T) (port.Store, storetest.Harm) {
			s := open(t, server.Address(t))
			return looking{s}, harm{s}
		})
	})
}

func through(t *testing.T, oneIn int, set func(*server.Proxy)) *Store {
	t.Helper()
	address, line := server.Through(t, server.Address(t), oneIn)
	set(line)
	return open(t, address)
}

// An append decided upon an older keyring or head changes nothing, so that a device
// which was taken out of the keyring meanwhile does not get through, at whichever of
// several hosts it asks.
func TestAppendAtWhatWasSeen(t *testing.T) {
	address := server.Address(t)
	here, there := open(t, address), open(t, address)
	p := port.PersonID(random16())
	if err := here.CreatePerson(t.Context(), p, []byte("two devices")); err != nil {
		t.Fatal(err)
	}
	seen, err := here.Look(t.Context(), p)
	if err != nil || string(seen.Ring) != "two devices" || seen.RingVersion != 1 || seen.Head.Last != 0 {
		t.Fatalf("%+v, %v", seen, err)
	}
	if err := there.PutKeyring(t.Context(), p, []byte("one device"), 1); err != nil {
		t.Fatal(err)
	}
	one := []port.Sealed{{ID: random16(), Ciphertext: []byte("x")}}
	for _, plain := range []bool{false, true} {
		here.plain.Store(plain)
		if head, err := here.AppendAt(t.Context(), p, seen, one, nil); !fault.Is(err, fault.Conflict) {
			t.Errorf("an older keyring, plain %t: %+v, %v", plain, head, err)
		}
	}
	here.plain.Store(false)
	seen, err = here.Look(t.Context(), p)
	if err != nil || seen.RingVersion != 2 {
		t.Fatalf("%+v, %v", seen, err)
	}
	if head, err := here.AppendAt(t.Context(), p, seen, one, []byte("h")); err != nil || head.Version != 1 || head.Last != 1 || string(head.Sealed) != "h" {
		t.Errorf("%+v, %v", head, err)
	}
	if head, err := here.AppendAt(t.Context(), p, seen, []port.Sealed{{ID: random16(), Ciphertext: []byte("y")}}, nil); !fault.Is(err, fault.Conflict) {
		t.Errorf("an older head: %+v, %v", head, err)
	}
	if _, err := here.Look(t.Context(), random16()); !fault.Is(err, fault.NotFound) {
		t.Errorf("nobody: %v", err)
	}
	if _, err := here.AppendAt(t.Context(), random16(), seen, one, nil); !fault.Is(err, fault.NotFound) {
		t.Errorf("nobody: %v", err)
	}
}
