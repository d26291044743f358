package host_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/host"
	"github.com/evenkeel/evenkeel/internal/host/client"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/store/memory"
	"github.com/evenkeel/evenkeel/internal/wire"
)

// What has no size that sealing gives is taken neither as a share nor as a letter, and
// nothing that is too long.
func TestOutOfClass(t *testing.T) {
	p := start(t, func(c *host.Config) { c.Limits.ShareBytes = 10_000 })
	f, v, ctx := p.begun(t), p.visitor(t), t.Context()
	if err := f.PutCard(ctx, []byte("card")); err != nil {
		t.Fatal(err)
	}
	until := p.clock.Now().Add(time.Hour)
	for n, key := range map[int]string{0: "host.share_form", 300: "host.size_class", 5000: "host.size_class", 10_001: "host.too_big"} {
		wantKey(t, fmt.Sprint("a share of ", n), f.PutShare(ctx, anywhere(), wire.ShareSealed, until, make([]byte, n)), key)
	}
	wantKey(t, "no kind", f.PutShare(ctx, anywhere(), 7, until, envelopeOf(256)), "host.share_form")
	for n, key := range map[int]string{0: "host.size_class", 300: "host.size_class", wire.MaxLetter - 1: "host.size_class", wire.MaxLetter + 1: "host.too_big"} {
		wantKey(t, fmt.Sprint("a letter of ", n), v.Post(ctx, f.at, make([]byte, n)), key)
	}
	for n, key := range map[int]string{0: "host.card_form", wire.MaxCard + 1: "host.card_form", 20 << 10: "host.too_big"} {
		wantKey(t, fmt.Sprint("a card of ", n), f.PutCard(ctx, make([]byte, n)), key)
	}
	if found := p.examined(t); found.Shares+found.SharesEnded+found.Letters != 0 {
		t.Errorf("%+v", found)
	}
}

// A journal has so many shares at once, uses so many addresses in its life, and puts
// so many times an hour.
func TestShareQuotas(t *testing.T) {
	p := start(t, func(c *host.Config) { c.Limits.Shares, c.Limits.SharesEver, c.Limits.Puts = 2, 4, 8 })
	f, ctx := p.begun(t), t.Context()
	put := func(at wire.Address) error {
		return f.PutShare(ctx, at, wire.ShareSealed, p.clock.Now().Add(time.Hour), envelopeOf(256))
	}
	a, b := anywhere(), anywhere()
	for _, at := range []wire.Address{a, b, b} {
		if err := put(at); err != nil {
			t.Fatal(err)
		}
	}
	wantKey(t, "a third", put(anywhere()), "host.shares_full")
	if err := f.EndShare(ctx, a); err != nil {
		t.Fatal(err)
	}
	if err := put(anywhere()); err != nil {
		t.Errorf("an end makes room: %v", err)
	}
	p.clock.move(time.Hour) // both are over
	if err := put(anywhere()); err != nil {
		t.Errorf("what is over makes room: %v", err)
	}
	wantKey(t, "a fifth address", put(anywhere()), "host.shares_full")
	if err := f.EndShare(ctx, anywhere()); err != nil {
		t.Errorf("what never was is ended all the same: %v", err)
	}
	p.examined(t)
	last := wire.Request{Method: "PUT", Target: fmt.Sprintf("/v1/shares/%s?until=%d&kind=sealed", b, p.clock.Now().Unix()+9), Body: envelopeOf(256)}
	status := 0
	for i := range 9 {
		status = p.send(t, last, wire.Sign(f.key, f.at, last, p.clock.Now(), [16]byte{byte(i + 1)}).Header())
	}
	if status != http.StatusTooManyRequests {
		t.Errorf("the ninth in an hour: %d", status)
	}
}

// counted counts what is asked of a store.
type counted struct {
	port.Store
	n atomic.Int64
}

func (c *counted) ReadAfter(ctx context.Context, id port.PersonID, after int64, yield func(port.Record) error) (port.Head, error) {
	c.n.Add(1)
	return c.Store.ReadAfter(ctx, id, after, yield)
}

func (c *counted) Keyring(ctx context.Context, id port.PersonID) ([]byte, int64, error) {
	c.n.Add(1)
	return c.Store.Keyring(ctx, id)
}

func (c *counted) Append(ctx context.Context, id port.PersonID, version int64, records []port.Sealed, head []byte) (port.Head, error) {
	c.n.Add(1)
	return c.Store.Append(ctx, id, version, records, head)
}

// Whoever guesses gets one answer for what ended, is over and never was, after the same
// one look into the store, and soon none.
func TestGuessing(t *testing.T) {
	s := &counted{Store: memory.Open()}
	p := start(t, func(c *host.Config) { c.Store, c.Limits.PerNetwork, c.Limits.Posts = s, 2, 3 })
	f, ctx := p.begun(t), t.Context()
	ended, over := anywhere(), anywhere()
	p.put(t, f, ended, envelopeOf(256))
	p.put(t, f, over, envelopeOf(256))
	if err := f.EndShare(ctx, ended); err != nil {
		t.Fatal(err)
	}
	p.clock.move(time.Hour)
	var answers []string
	for _, a := range []wire.Address{ended, anywhere(), over} {
		before := s.n.Load()
		reply, body := p.get(t, "GET", "/s/"+a.String()+"?recipient=x")
		looks := s.n.Load() - before
		if a == over { // its bytes are destroyed behind the answer
			looks = 1
		}
		reply.Header.Del("Date")
		answers = append(answers, fmt.Sprintf("%d after %d, %v, %s", reply.StatusCode, looks, reply.Header, body))
	}
	if answers[0] != answers[1] || answers[0] != answers[2] || !strings.HasPrefix(answers[0], "404 after 1,") {
		t.Errorf("%q", answers)
	}
	for _, c := range []struct{ method, target string }{{"GET", "/s/%s?recipient=x"}, {"GET", "/v1/card/%s"}, {"POST", "/v1/inbox/%s"}} {
		p.clock.move(time.Hour)
		tooMany := 0
		for range 30 { // twenty may come at once
			before := s.n.Load()
			status := p.send(t, wire.Request{Method: c.method, Target: fmt.Sprintf(c.target, anywhere()), Body: envelopeOf(256)}, "")
			if status == http.StatusTooManyRequests {
				tooMany++
				if s.n.Load() != before {
					t.Errorf("%s: the store was asked before the limit", c.target)
				}
			}
		}
		if tooMany < 10 {
			t.Errorf("%s: only %d of 30 were refused", c.target, tooMany)
		}
	}
}

// Letters that never end take the places of their own network alone, and are cut off.
func TestSlowLetters(t *testing.T) {
	p := start(t, func(c *host.Config) { c.Limits.AtOncePerNetwork, c.Limits.PerNetwork, c.Proxied = 3, 1e6, true })
	f := p.begun(t)
	if err := f.PutCard(t.Context(), []byte("card")); err != nil {
		t.Fatal(err)
	}
	entered := make(chan struct{}, 3)
	server := host.Server(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == "POST" {
			entered <- struct{}{}
		}
		p.Handler().ServeHTTP(w, r)
	}))
	server.ReadTimeout = 3 * time.Second
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go server.Serve(l)
	defer server.Close()
	var conns []net.Conn
	for i := range 3 {
		conn, err := net.Dial("tcp", l.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		fmt.Fprintf(conn, "POST /v1/inbox/%s HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: 203.0.113.%d\r\nContent-Length: 1000\r\n\r\nx", f.at, i+1)
		conns = append(conns, conn)
		<-entered
	}
	ask := func(from string) int {
		r, err := http.NewRequestWithContext(t.Context(), "GET", "http://"+l.Addr().String()+"/v1/card/"+f.at.String(), nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("X-Forwarded-For", from)
		reply, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.Copy(io.Discard, reply.Body)
		reply.Body.Close()
		return reply.StatusCode
	}
	if status := ask("198.51.100.9"); status != http.StatusOK {
		t.Errorf("another network: %d", status)
	}
	for _, c := range conns {
		if reply, err := http.ReadResponse(bufio.NewReader(c), nil); err == nil && reply.StatusCode < 400 {
			t.Errorf("a letter that never ended was taken: %d", reply.StatusCode)
		}
	}
	for deadline := time.Now().Add(10 * time.Second); ask("203.0.113.9") != http.StatusOK; {
		if time.Now().After(deadline) {
			t.Fatal("the places are not free again")
		}
	}
	if found := p.examined(t); found.Letters != 0 {
		t.Errorf("%+v", found)
	}
}

// later lets time pass at a host whenever it refuses.
type later struct{ *place }

func (l later) RoundTrip(r *http.Request) (*http.Response, error) {
	reply, err := http.DefaultTransport.RoundTrip(r)
	if err == nil && reply.StatusCode == http.StatusTooManyRequests {
		l.clock.move(time.Second)
	}
	return reply, err
}

// Whoever fetches very many waits their turn, and does not take the host for away.
func TestFetchWaitsItsTurn(t *testing.T) {
	p := start(t, func(c *host.Config) { c.Limits.PerNetwork = 1 })
	f, at := p.begun(t), anywhere()
	p.put(t, f, at, envelopeOf(256))
	v, err := client.NewVisitor(p.url, later{p})
	if err != nil {
		t.Fatal(err)
	}
	for i := range 9 { // eight more may come at once
		if _, _, err := v.Fetch(t.Context(), at, "x"); err != nil {
			t.Fatalf("%d: %v", i, err)
		}
	}
	if !strings.Contains(p.said.String(), `"what":"GET /s/{address}","status":429`) {
		t.Error("it never had to wait")
	}
}
