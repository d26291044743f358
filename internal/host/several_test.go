package host_test

import (
	"testing"

	"github.com/evenkeel/evenkeel/internal/host"
	"github.com/evenkeel/evenkeel/internal/store/postgres"
	server "github.com/evenkeel/evenkeel/internal/testkit/postgres"
)

// Two hosts on one database: what one of them keeps of a log lets nobody through whom
// the other removed, keeps nobody away whom the other let in, and writes over nothing.
func TestTwoHostsOneDatabase(t *testing.T) {
	address := server.Address(t)
	var hosts [2]*place
	for i := range hosts {
		s, err := postgres.Open(t.Context(), address)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
		hosts[i] = start(t, func(c *host.Config) { c.Store, c.Limits.PerLog, c.Limits.PerNetwork = s, 1e6, 1e6 })
	}
	here, there := hosts[0], hosts[1]
	// at is the same device as it asks the other host.
	at := func(p *place, f phone) phone { return f.with(t, p, f.key) }
	first := here.begun(t)
	second := here.phone(t, first.at)
	join := func(p *place, by, joins phone) {
		t.Helper()
		guest := p.phone(t, by.at)
		if err := by.Invite(t.Context(), guest.public(), p.clock.Now().Add(60e9), []byte("note")); err != nil {
			t.Fatal(err)
		}
		if err := guest.Accept(t.Context(), joins.public()); err != nil {
			t.Fatal(err)
		}
	}
	version := int64(0)
	push := func(what string, f phone, key string) {
		t.Helper()
		head, err := f.Push(t.Context(), version, sealed(1))
		if wantKey(t, what, err, key); err == nil {
			version = head.Version
		}
	}
	push("the first device", first, "")
	// The second joins at the other host, while this one keeps a register without it.
	join(there, at(there, first), second)
	push("who joined elsewhere", second, "")
	push("the same again", second, "")
	// Something is brought elsewhere, while this one keeps an older head.
	push("elsewhere", at(there, first), "")
	push("after that", second, "")
	stale := version - 1
	_, err := second.Push(t.Context(), stale, sealed(1))
	wantKey(t, "at an older head", err, "host.moved_on")
	// The second is removed elsewhere, while this one keeps a register with it.
	if err := at(there, first).RemoveDevice(t.Context(), second.public()); err != nil {
		t.Fatal(err)
	}
	push("who was removed elsewhere", second, "host.unknown_device")
	push("who was not", first, "")
	head, records, err := first.Pull(t.Context(), 0)
	if err != nil || head.Last != 6 || len(records) != 6 || head.Version != version {
		t.Errorf("%+v, %d records, %v", head, len(records), err)
	}
	// The log ends elsewhere and is begun anew by another device.
	if err := at(there, first).End(t.Context()); err != nil {
		t.Fatal(err)
	}
	push("after the end", first, "host.unknown_device")
	anew := there.phone(t, first.at)
	if err := anew.Begin(t.Context(), ""); err != nil {
		t.Fatal(err)
	}
	push("whose log is another's now", first, "host.unknown_device")
	version = 0
	push("whose log it is", at(here, anew), "")
	if found, err := (host.Keeper{Store: here.Store, Clock: here.clock}).Examine(t.Context()); err != nil || len(found.Problems) > 0 {
		t.Errorf("%+v, %v", found, err)
	}
}
