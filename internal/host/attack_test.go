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

// A memory of requests that is full forgets none: what was seen stays refused, and
// what is new waits.
func TestManyRequests(t *testing.T) {
	p := start(t, func(c *host.Config) { c.Limits.Remembered = 3 })
	f := p.begun(t)
	ask := wire.Request{Method: "GET", Target: "/v1/devices"}
	header := func(i byte) string { return wire.Sign(f.key, f.at, ask, p.clock.Now(), [16]byte{i}).Header() }
	first, second, third := header(1), header(2), header(3)
	for _, c := range []struct {
		header string
		status int
	}{
		{first, http.StatusOK}, {second, http.StatusOK}, // and the one that began the log
		{third, http.StatusTooManyRequests}, {first, http.StatusUnauthorized}, {second, http.StatusUnauthorized},
	} {
		if status := p.send(t, ask, c.header); status != c.status {
			t.Errorf("%d, want %d", status, c.status)
		}
	}
	p.clock.move(4 * wire.Window) // all ran out
	if status := p.send(t, ask, header(4)); status != http.StatusOK {
		t.Errorf("later: %d", status)
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
		_, err := client.New(base, anywhere(), p.begun(t).key, p.clock, lines)
		wantKey(t, base, err, "host.where_form")
	}
	if reply, err := http.Get(p.url + "/health"); err != nil || reply.StatusCode != http.StatusOK {
		t.Errorf("health: %v, %v", reply, err)
	}
}
