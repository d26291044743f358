package host_test

import (
	"bufio"
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/host"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/store/memory"
	"github.com/evenkeel/evenkeel/internal/vault/envelope"
	"github.com/evenkeel/evenkeel/internal/wire"
)

// Another journal's device neither ends, replaces nor lists a share, and learns by its
// answers nothing of whether one is there.
func TestOthersShare(t *testing.T) {
	onEngines(t, func(t *testing.T, s port.Store) {
		p := start(t, on(s))
		f, other, v, ctx := p.begun(t), p.begun(t), p.visitor(t), t.Context()
		at, ended, body := anywhere(), anywhere(), envelopeOf(256)
		p.put(t, f, at, body)
		p.put(t, f, ended, body)
		if err := f.EndShare(ctx, ended); err != nil {
			t.Fatal(err)
		}
		for name, a := range map[string]wire.Address{"there": at, "ended": ended} {
			wantKey(t, name, other.PutShare(ctx, a, wire.ShareSealed, p.clock.Now().Add(time.Hour), envelopeOf(256)), "host.share_gone")
			if err := other.EndShare(ctx, a); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
		if got, _, err := v.Fetch(ctx, at, "x"); err != nil || !bytes.Equal(got, body) {
			t.Errorf("%v", err)
		}
		if got, err := other.Shares(ctx); err != nil || len(got) > 0 {
			t.Errorf("%+v, %v", got, err)
		}
		if err := other.End(ctx); err != nil {
			t.Fatal(err)
		}
		if _, _, err := v.Fetch(ctx, at, "x"); err != nil {
			t.Errorf("ended with another journal: %v", err)
		}
	})
}

// A PUT that is sent again, or was changed on its way, puts nothing.
func TestForgedPut(t *testing.T) {
	p := start(t, nil)
	f, stranger, v, ctx := p.begun(t), p.begun(t), p.visitor(t), t.Context()
	at, elsewhere, first, second := anywhere(), anywhere(), envelopeOf(256), envelopeOf(256)
	now := p.clock.Now()
	target := func(a wire.Address, until time.Time, kind string) string {
		return fmt.Sprintf("/v1/shares/%s?until=%d&kind=%s", a, until.Unix(), kind)
	}
	put := wire.Request{Method: "PUT", Target: target(at, now.Add(time.Hour), "sealed"), Body: first}
	good := wire.Sign(f.key, f.at, put, now, [16]byte{1}).Header()
	if status := p.send(t, put, good); status != http.StatusOK {
		t.Fatal(status)
	}
	p.put(t, f, at, second)
	for name, c := range map[string]struct {
		r      wire.Request
		header string
	}{
		"again":             {put, good},
		"another body":      {wire.Request{Method: "PUT", Target: put.Target, Body: envelopeOf(256)}, good},
		"another address":   {wire.Request{Method: "PUT", Target: target(elsewhere, now.Add(time.Hour), "sealed"), Body: first}, good},
		"another end":       {wire.Request{Method: "PUT", Target: target(at, now.Add(2*time.Hour), "sealed"), Body: first}, good},
		"another form":      {wire.Request{Method: "PUT", Target: target(at, now.Add(time.Hour), "link"), Body: first}, good},
		"ended instead":     {wire.Request{Method: "DELETE", Target: "/v1/shares/" + at.String()}, good},
		"another's key":     {put, wire.Sign(stranger.key, f.at, put, now, [16]byte{2}).Header()},
		"nobody's":          {put, ""},
		"a clock behind":    {put, wire.Sign(f.key, f.at, put, now.Add(-wire.Window-time.Second), [16]byte{3}).Header()},
		"a clock before it": {put, wire.Sign(f.key, f.at, put, now.Add(wire.Window+time.Second), [16]byte{4}).Header()},
	} {
		if status := p.send(t, c.r, c.header); status != http.StatusUnauthorized {
			t.Errorf("%s: %d", name, status)
		}
	}
	if got, _, err := v.Fetch(ctx, at, "x"); err != nil || !bytes.Equal(got, second) {
		t.Errorf("%v", err)
	}
	if _, _, err := v.Fetch(ctx, elsewhere, "x"); err == nil {
		t.Error("something lies elsewhere")
	}
}

// An end that has passed, or is too far away, is none; and a host whose clock goes
// back does not bring back what was over.
func TestShareTimes(t *testing.T) {
	p := start(t, nil)
	f, v, at, ctx := p.begun(t), p.visitor(t), anywhere(), t.Context()
	for name, away := range map[string]time.Duration{"now": 0, "yesterday": -24 * time.Hour, "in ten years": 10 * 366 * 24 * time.Hour} {
		wantKey(t, name, f.PutShare(ctx, at, wire.ShareSealed, p.clock.Now().Add(away), envelopeOf(256)), "host.share_time")
	}
	body := envelopeOf(256)
	p.put(t, f, at, body)
	p.clock.move(2 * time.Hour)
	if _, _, err := v.Fetch(ctx, at, "x"); err == nil {
		t.Error("it is over")
	}
	p.clock.move(-2 * time.Hour)
	_, _, err := v.Fetch(ctx, at, "x")
	wantKey(t, "the clock went back", err, "host.share_gone")
	if p.stored(t, body) {
		t.Error("the bytes are still there")
	}
}

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

// A host that gives the body of one share for another's, or a letter as a share, is
// found out: each opens at its own address alone.
func TestSwappedBodies(t *testing.T) {
	p := start(t, nil)
	f, v, ctx := p.begun(t), p.visitor(t), t.Context()
	desk, err := envelope.NewRecipient(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	_, sender, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	context := func(at wire.Address) string { return "evenkeel share 1 " + at.String() }
	a, b := anywhere(), anywhere()
	for _, at := range []wire.Address{a, b} {
		body, err := envelope.Seal(desk.Public(), sender, context(at), []byte("of "+at.String()))
		if err != nil {
			t.Fatal(err)
		}
		p.put(t, f, at, body)
	}
	got, _, err := v.Fetch(ctx, a, "x")
	if err != nil {
		t.Fatal(err)
	}
	if content, _, err := desk.Open(context(a), got); err != nil || string(content) != "of "+a.String() {
		t.Errorf("%q, %v", content, err)
	}
	if _, _, err := desk.Open(context(b), got); err == nil {
		t.Error("one share opens as another")
	}
	if _, _, err := desk.Open("evenkeel letter 1", got); err == nil {
		t.Error("a share opens as a letter")
	}
}

// A device that was removed from a desk reads its inbox no more, changes no card and
// forgets no letters; and a guest does none of it.
func TestRemovedFromDesk(t *testing.T) {
	p := start(t, nil)
	f, v, ctx := p.begun(t), p.visitor(t), t.Context()
	guest, second := p.phone(t, f.at), p.phone(t, f.at)
	if err := f.Invite(ctx, guest.public(), p.clock.Now().Add(time.Hour), nil); err != nil {
		t.Fatal(err)
	}
	wantKey(t, "a guest", guest.PutCard(ctx, []byte("card")), "host.guest")
	if err := guest.Accept(ctx, second.public()); err != nil {
		t.Fatal(err)
	}
	if err := second.PutCard(ctx, []byte("card")); err != nil {
		t.Fatal(err)
	}
	if err := v.Post(ctx, f.at, envelopeOf(256)); err != nil {
		t.Fatal(err)
	}
	head, letters, err := second.Inbox(ctx, 0)
	if err != nil || len(letters) != 1 {
		t.Fatal(len(letters), err)
	}
	if err := f.RemoveDevice(ctx, second.public()); err != nil {
		t.Fatal(err)
	}
	_, _, err = second.Inbox(ctx, 0)
	wantKey(t, "reads", err, "host.unknown_device")
	_, err = second.ForgetInbox(ctx, head.Version, []port.RecordID{letters[0].ID})
	wantKey(t, "forgets", err, "host.unknown_device")
	wantKey(t, "puts a card", second.PutCard(ctx, []byte("mine")), "host.unknown_device")
	wantKey(t, "closes", second.DropCard(ctx), "host.unknown_device")
	wantKey(t, "puts a share", second.PutShare(ctx, anywhere(), wire.ShareSealed, p.clock.Now().Add(time.Hour), envelopeOf(256)), "host.unknown_device")
	if _, letters, err := f.Inbox(ctx, 0); err != nil || len(letters) != 1 || len(letters[0].Ciphertext) == 0 {
		t.Errorf("%d letters, %v", len(letters), err)
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

// While two devices renew, many fetch and one ends, what is fetched is one whole
// version, each fetch counts once, and after the end nothing is left.
func TestShareAtOnce(t *testing.T) {
	onEngines(t, func(t *testing.T, s port.Store) {
		p := start(t, func(c *host.Config) {
			c.Store = s
			c.Limits.PerLog, c.Limits.PerNetwork, c.Limits.Puts = 1e6, 1e6, 1e6
		})
		f, v, at, ctx := p.begun(t), p.visitor(t), anywhere(), t.Context()
		versions := [][]byte{envelopeOf(512), envelopeOf(1024), envelopeOf(2048)}
		p.put(t, f, at, versions[0])
		var group sync.WaitGroup
		for i := range 2 {
			group.Go(func() {
				for range 5 {
					p.put(t, f, at, versions[1+i])
				}
			})
		}
		var fetched atomic.Int64
		for range 4 {
			group.Go(func() {
				for range 5 {
					got, _, err := v.Fetch(ctx, at, "x")
					if err != nil || !bytes.Equal(got, versions[0]) && !bytes.Equal(got, versions[1]) && !bytes.Equal(got, versions[2]) {
						t.Errorf("%d bytes, %v", len(got), err)
					}
					fetched.Add(1)
				}
			})
		}
		group.Wait()
		if got, err := f.Shares(ctx); err != nil || len(got) != 1 || got[0].Fetched != fetched.Load() {
			t.Errorf("%+v, %v, fetched %d times", got, err, fetched.Load())
		}
		if p.stored(t, versions[0]) || p.stored(t, versions[1]) && p.stored(t, versions[2]) {
			t.Error("an older version is still there")
		}
		p.examined(t)
		for range 2 {
			group.Go(func() {
				if err := f.PutShare(ctx, at, wire.ShareSealed, p.clock.Now().Add(time.Hour), versions[1]); err != nil {
					wantKey(t, "put while it ends", err, "host.share_gone")
				}
			})
		}
		group.Go(func() {
			if err := f.EndShare(ctx, at); err != nil {
				t.Error(err)
			}
		})
		group.Wait()
		if p.stored(t, versions[1]) || p.stored(t, versions[2]) {
			t.Error("something is still there")
		}
		p.examined(t)
	})
}
