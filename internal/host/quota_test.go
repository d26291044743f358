package host_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/host"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/wire"
)

func TestQuotas(t *testing.T) {
	p := start(t, func(c *host.Config) { c.Limits.Records, c.Limits.Bytes = 3, 1000 })
	f := p.begun(t)
	_, err := f.Push(t.Context(), 0, sealed(4)) // 4 x 297 bytes
	wantKey(t, "too many", err, "host.quota")
	head, err := f.Push(t.Context(), 0, sealed(3))
	if err != nil {
		t.Fatal(err)
	}
	_, err = f.Push(t.Context(), head.Version, sealed(1))
	wantKey(t, "one more", err, "host.quota")
	for name, n := range map[string]int{"odd size": 300, "empty": 0} {
		_, err := f.Push(t.Context(), head.Version, []port.Sealed{{ID: port.RecordID{1}, Ciphertext: make([]byte, n)}})
		wantKey(t, name, err, "host.size_class")
	}
	big := wire.Request{Method: "POST", Target: "/v1/records?version=1", Body: make([]byte, wire.MaxBatch+1)}
	if status := p.send(t, big, wire.Sign(f.key, f.at, big, p.clock.Now(), [16]byte{1}).Header()); status != http.StatusRequestEntityTooLarge {
		t.Errorf("a body that is too long: %d", status)
	}
}

// Invitations are places: no more devices can come of them than a journal may have.
func TestDevicesQuota(t *testing.T) {
	p := start(t, func(c *host.Config) { c.Limits.Devices = 2 })
	f := p.begun(t)
	until := p.clock.Now().Add(time.Hour)
	guest := p.phone(t, f.at)
	if err := f.Invite(t.Context(), guest.public(), until, nil); err != nil {
		t.Fatal(err)
	}
	invite := func() error { return f.Invite(t.Context(), p.phone(t, f.at).public(), until, nil) }
	wantKey(t, "a guest too many", invite(), "host.devices_full")
	if err := guest.Accept(t.Context(), p.phone(t, f.at).public()); err != nil {
		t.Fatal(err)
	}
	wantKey(t, "a device too many", invite(), "host.devices_full")
}

func TestTooFast(t *testing.T) {
	p := start(t, func(c *host.Config) { c.Limits.PerLog, c.Limits.PerNetwork = 1, 100 })
	f, other := p.begun(t), p.begun(t)
	r := wire.Request{Method: "GET", Target: "/v1/devices"}
	status := 0
	for i := range 12 { // ten may come at once
		status = p.send(t, r, wire.Sign(f.key, f.at, r, p.clock.Now(), [16]byte{byte(i + 1)}).Header())
		if want := http.StatusOK; i < 10 && status != want {
			t.Fatalf("request %d: %d", i, status)
		}
	}
	if status != http.StatusTooManyRequests {
		t.Errorf("the last one: %d", status)
	}
	if _, err := other.Devices(t.Context()); err != nil {
		t.Errorf("another log waits too: %v", err)
	}
	p.clock.move(time.Second)
	if status := p.send(t, r, wire.Sign(f.key, f.at, r, p.clock.Now(), [16]byte{99}).Header()); status != http.StatusOK {
		t.Errorf("a second later: %d", status)
	}
}

// Asking whether the host is well asks its store, so that it is counted as all else.
func TestHealthTooFast(t *testing.T) {
	p := start(t, func(c *host.Config) { c.Limits.PerNetwork = 1 })
	status := 0
	for range 11 { // ten may come at once
		if status != 0 && status != http.StatusOK {
			t.Fatal(status)
		}
		status = p.send(t, wire.Request{Method: "GET", Target: "/health"}, "")
	}
	if status != http.StatusTooManyRequests {
		t.Errorf("the last one: %d", status)
	}
}

// Who was removed still knows the address, and cannot use up what its devices may
// ask.
func TestRemovedKeepsNobodyAway(t *testing.T) {
	p := start(t, func(c *host.Config) { c.Limits.PerLog, c.Limits.PerNetwork = 1, 100 })
	f := p.begun(t)
	thief := p.phone(t, f.at)
	for i := range 20 {
		for _, r := range []wire.Request{{Method: "GET", Target: "/v1/devices"}, {Method: "POST", Target: "/v1/log"}} {
			if status := p.send(t, r, wire.Sign(thief.key, f.at, r, p.clock.Now(), [16]byte{byte(i), r.Method[0]}).Header()); status != http.StatusUnauthorized {
				t.Fatalf("%s by somebody else: %d", r.Target, status)
			}
		}
		r := wire.Request{Method: "GET", Target: "/v1/devices"}
		forged := wire.Sign(thief.key, f.at, r, p.clock.Now(), [16]byte{byte(i), 'f'})
		forged.Device = f.public()
		if status := p.send(t, r, forged.Header()); status != http.StatusUnauthorized {
			t.Fatalf("in the device's name: %d", status)
		}
	}
	if _, err := f.Devices(t.Context()); err != nil {
		t.Errorf("its own device waits: %v", err)
	}
}

// Inventing journals is slow, and hinders no other network.
func TestBeginnings(t *testing.T) {
	p := start(t, func(c *host.Config) { c.Limits.Beginnings = 2 })
	begin := func() int {
		f := p.phone(t, anywhere())
		r := wire.Request{Method: "POST", Target: "/v1/log"}
		return p.send(t, r, wire.Sign(f.key, f.at, r, p.clock.Now(), [16]byte{1}).Header())
	}
	for i, want := range []int{http.StatusOK, http.StatusOK, http.StatusTooManyRequests} {
		if status := begin(); status != want {
			t.Errorf("%d: %d", i, status)
		}
	}
	p.clock.move(31 * time.Minute)
	if status := begin(); status != http.StatusOK {
		t.Errorf("half an hour later: %d", status)
	}
}
