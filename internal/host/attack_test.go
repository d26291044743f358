package host_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/host"
	"github.com/evenkeel/evenkeel/internal/host/client"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/wire"
)

// Requests of others, repeated ones, changed ones and those of a wrong clock are
// refused, and leave the log as it was.
func TestForgedRequests(t *testing.T) {
	p := start(t, nil)
	f, stranger := p.begun(t), p.begun(t)
	push := wire.Request{Method: "POST", Target: "/v1/records?version=0", Body: wire.AppendRecord(nil, sealed(1)[0])}
	now := p.clock.Now()
	good := wire.Sign(f.key, f.at, push, now, [16]byte{1}).Header()
	for name, c := range map[string]struct {
		r      wire.Request
		header string
	}{
		"no proof":              {push, ""},
		"another's key":         {push, wire.Sign(stranger.key, f.at, push, now, [16]byte{2}).Header()},
		"another's log":         {push, wire.Sign(f.key, stranger.at, push, now, [16]byte{3}).Header()},
		"a log that is not":     {push, wire.Sign(f.key, anywhere(), push, now, [16]byte{4}).Header()},
		"another body":          {wire.Request{Method: push.Method, Target: push.Target, Body: wire.AppendRecord(nil, sealed(1)[0])}, good},
		"another target":        {wire.Request{Method: "POST", Target: "/v1/forgotten?version=0", Body: push.Body[:16]}, good},
		"a clock that is late":  {push, wire.Sign(f.key, f.at, push, now.Add(-wire.Window-time.Second), [16]byte{5}).Header()},
		"a clock that is early": {push, wire.Sign(f.key, f.at, push, now.Add(wire.Window+time.Second), [16]byte{6}).Header()},
	} {
		if status := p.send(t, c.r, c.header); status != http.StatusUnauthorized {
			t.Errorf("%s: %d", name, status)
		}
	}
	if head, _, err := f.Pull(t.Context(), 0); err != nil || head.Last != 0 {
		t.Errorf("%+v, %v", head, err)
	}
	if status := p.send(t, push, good); status != http.StatusOK {
		t.Fatal(status)
	}
	for _, later := range []time.Duration{0, wire.Window, wire.Window} {
		p.clock.move(later)
		if status := p.send(t, push, good); status != http.StatusUnauthorized {
			t.Errorf("repeated: %d", status)
		}
	}
}

// Whoever begins a log where one is gets nothing of it.
func TestNobodyTakesALog(t *testing.T) {
	p := start(t, nil)
	f := p.begun(t)
	thief := p.phone(t, f.at)
	wantKey(t, "begin", thief.Begin(t.Context(), ""), "host.unknown_device")
	if keys, err := f.Devices(t.Context()); err != nil || len(keys) != 1 {
		t.Errorf("%v, %v", keys, err)
	}
}

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

// Many bodies that never end take the places of their own network alone, and are
// cut off.
func TestSlowBodies(t *testing.T) {
	p := start(t, func(c *host.Config) {
		c.Limits.AtOncePerNetwork, c.Proxied = 3, true
		c.Limits.PerLog, c.Limits.PerNetwork = 1e6, 1e6 // nothing else makes anybody wait
	})
	f := p.begun(t)
	server := host.Server(p.Handler())
	server.ReadTimeout = 2 * time.Second
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go server.Serve(l)
	defer server.Close()
	slow := func(i int) net.Conn {
		conn, err := net.Dial("tcp", l.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		r := wire.Request{Method: "POST", Target: "/v1/records?version=0"}
		fmt.Fprintf(conn, "POST %s HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: 203.0.113.%d\r\nContent-Length: 1000\r\nAuthorization: %s\r\n\r\nx",
			r.Target, i, wire.Sign(f.key, f.at, r, p.clock.Now(), [16]byte{byte(i)}).Header())
		return conn
	}
	var conns []net.Conn
	for i := range 3 {
		conns = append(conns, slow(i+1))
	}
	ask := func(from string) int {
		r := wire.Request{Method: "GET", Target: "/v1/devices"}
		req, err := http.NewRequestWithContext(t.Context(), "GET", "http://"+l.Addr().String()+r.Target, nil)
		if err != nil {
			t.Fatal(err)
		}
		var nonce [16]byte
		copy(nonce[:], fmt.Sprint(time.Now().UnixNano()%1e15))
		req.Header.Set("X-Forwarded-For", from)
		req.Header.Set("Authorization", wire.Sign(f.key, f.at, r, p.clock.Now(), nonce).Header())
		reply, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		reply.Body.Close()
		return reply.StatusCode
	}
	for deadline := time.Now().Add(10 * time.Second); ask("203.0.113.9") != http.StatusTooManyRequests; {
		if time.Now().After(deadline) {
			t.Fatal("the slow ones do not count")
		}
	}
	if status := ask("198.51.100.9"); status != http.StatusOK {
		t.Errorf("another network: %d", status)
	}
	for _, c := range conns {
		reply, err := http.ReadResponse(bufio.NewReader(c), nil)
		if err == nil && reply.StatusCode < 400 {
			t.Errorf("a body that never ended was taken: %d", reply.StatusCode)
		}
		c.Close()
	}
	for deadline := time.Now().Add(10 * time.Second); ask("203.0.113.9") != http.StatusOK; {
		if time.Now().After(deadline) {
			t.Fatal("the places are not free again")
		}
	}
}

// What the host writes down and counts names nobody: no address, key or network.
func TestLogsNameNobody(t *testing.T) {
	p := start(t, nil)
	f := p.begun(t)
	records := sealed(2)
	if _, err := f.Push(t.Context(), 0, records); err != nil {
		t.Fatal(err)
	}
	if _, _, err := f.Pull(t.Context(), 0); err != nil {
		t.Fatal(err)
	}
	if _, err := http.Get(p.url + "/" + f.at.String()); err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	p.Metrics().ServeHTTP(w, nil)
	counted, err := io.ReadAll(w.Body)
	if err != nil || !bytes.Contains(counted, []byte(`evenkeel_requests_total{what="POST /v1/records",status="200"} 1`)) {
		t.Errorf("%s, %v", counted, err)
	}
	said := p.said.String()
	if strings.Count(said, "\n") != 4 || !strings.Contains(said, `"what":"POST /v1/records","status":200`) {
		t.Errorf("%s", said)
	}
	log := f.at.Person()
	key := f.public()
	for _, text := range []string{f.at.String(), log.String(), fmt.Sprintf("%x", key), records[0].ID.String(), "127.0.0.1", "Evenkeel\""} {
		if strings.Contains(said, text) || bytes.Contains(counted, []byte(text)) {
			t.Errorf("names %s", text)
		}
	}
}

// A redirect, another port, and an address with a password in it are no host.
func TestWhereAHostIs(t *testing.T) {
	p := start(t, nil)
	away := httptest.NewServer(http.RedirectHandler(p.url, http.StatusTemporaryRedirect))
	defer away.Close()
	q := *p
	q.url = away.URL
	if err := q.phone(t, anywhere()).Begin(t.Context(), ""); err == nil {
		t.Error("a redirect was followed")
	}
	for _, base := range []string{"", "host.example", "http://host.example", "http://127.0.0.1.example", "https://name:word@host.example", "https://host.example/?x", "ftp://host.example"} {
		_, err := client.New(base, anywhere(), p.begun(t).key, p.clock, nil)
		wantKey(t, base, err, "host.where_form")
	}
	if reply, err := http.Get(p.url + "/health"); err != nil || reply.StatusCode != http.StatusOK {
		t.Errorf("health: %v, %v", reply, err)
	}
}
