package host_test

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/host"
	"github.com/evenkeel/evenkeel/internal/host/client"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/store/memory"
	"github.com/evenkeel/evenkeel/internal/wire"
)

// modelled is what ought to lie at an address.
type modelled struct {
	of    int // which log, -1 for none
	body  []byte
	until time.Time
	put   time.Time
	n     int64
	last  time.Time
	used  bool // something was put or ended there: what is gone stays so
}

func (m *modelled) there(now time.Time) bool { return m.of >= 0 && now.Before(m.until) }

// Whatever two journals put, renew and end at the same few addresses, while shares run
// out, are fetched and swept, and the host begins anew, it answers as a plain table
// would:
//
//	S1  what is fetched is the latest version, by the one log that put the first
//	S2  at an address where something ended or is over, nothing is ever again
//	S3  a log is told its own shares, and how often each was fetched
//	S4  no bytes but those of shares that lie there are in the store
func TestSharesAsATable(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		p := start(t, func(c *host.Config) {
			c.Store = memory.Open()
			c.Limits.PerLog, c.Limits.PerNetwork, c.Limits.Puts, c.Limits.Beginnings = 1e6, 1e6, 1e6, 1e6
		})
		ctx, v := t.Context(), p.visitor(t)
		phones := []phone{p.begun(t), p.begun(t)}
		at := make([]wire.Address, 3)
		table := make([]*modelled, len(at))
		for i := range at {
			at[i], table[i] = anywhere(), &modelled{of: -1}
		}
		gone := [][]byte{}
		clear := func(m *modelled) {
			gone = append(gone, m.body)
			m.of, m.body = -1, nil
		}
		// over is what a touch at this moment finds past its time.
		over := func(m *modelled) {
			if m.of >= 0 && !p.clock.Now().Before(m.until) {
				clear(m)
			}
		}
		for range rapid.IntRange(1, 30).Draw(rt, "steps") {
			i, who := rapid.IntRange(0, len(at)-1).Draw(rt, "address"), rapid.IntRange(0, 1).Draw(rt, "who")
			m, f := table[i], phones[who]
			switch what := rapid.SampledFrom([]string{"put", "put", "put", "end", "fetch", "fetch", "time", "sweep", "anew"}).Draw(rt, "what"); what {
			case "put":
				body := envelopeOf(256)
				until := p.clock.Now().Add(time.Duration(rapid.IntRange(1, 50).Draw(rt, "minutes")) * time.Minute)
				err := f.PutShare(ctx, at[i], wire.ShareSealed, until, body)
				over(m)
				if taken := m.of == who || !m.used; taken != (err == nil) || !taken && !fault.Is(err, fault.NotFound) {
					rt.Fatalf("S2: put by %d at %d: %v", who, i, err)
				}
				if err == nil {
					if m.body != nil {
						gone = append(gone, m.body)
					}
					m.of, m.used, m.body, m.until, m.put = who, true, body, until, p.clock.Now()
				}
			case "end":
				if err := f.EndShare(ctx, at[i]); err != nil {
					rt.Fatal(err)
				}
				if m.of == who {
					clear(m)
				} else if !m.used {
					m.used = true
				}
			case "fetch":
				body, _, err := v.Fetch(ctx, at[i], "x")
				there := m.there(p.clock.Now())
				if there != (err == nil) || there && !bytes.Equal(body, m.body) || !there && !fault.Is(err, fault.NotFound) {
					rt.Fatalf("S1: fetched %d bytes at %d: %v", len(body), i, err)
				}
				if there {
					m.n, m.last = m.n+1, p.clock.Now()
				}
			case "time":
				p.clock.move(time.Duration(rapid.IntRange(1, 40).Draw(rt, "minutes")) * time.Minute)
			case "sweep":
				if _, err := (host.Keeper{Store: p.Store, Clock: p.clock}).Sweep(ctx); err != nil {
					rt.Fatal(err)
				}
				for _, m := range table {
					over(m)
				}
			case "anew":
				again := start(t, func(c *host.Config) { c.Store, c.Limits = p.Store, p.Limits })
				again.clock.now = p.clock.Now()
				p = again
				v = p.visitor(t)
				for n := range phones {
					phones[n] = p.reached(t, phones[n])
				}
			}
			for who, f := range phones {
				got, err := f.Shares(ctx)
				if err != nil {
					rt.Fatal(err)
				}
				var want []wire.ShareState
				for i, m := range table {
					if over(m); m.of == who {
						want = append(want, wire.ShareState{At: at[i], Until: m.until, Put: m.put, Fetched: m.n, LastFetched: m.last})
					}
				}
				byAddress := func(a, b wire.ShareState) int { return bytes.Compare(a.At[:], b.At[:]) }
				slices.SortFunc(got, byAddress)
				slices.SortFunc(want, byAddress)
				if fmt.Sprint(got) != fmt.Sprint(want) {
					rt.Fatalf("S3: %d is told\n%+v, want\n%+v", who, got, want)
				}
			}
			if err := onlyThere(t, p.Store, table, gone); err != nil {
				rt.Fatal(err)
			}
		}
		p.examined(t)
	})
}

func onlyThere(t *testing.T, s port.Store, table []*modelled, gone [][]byte) error {
	all, err := s.Persons(t.Context())
	if err != nil {
		return err
	}
	found := map[string]bool{}
	for _, id := range all {
		if _, err := s.ReadAfter(t.Context(), id, 0, func(r port.Record) error {
			found[string(r.Ciphertext)] = true
			return nil
		}); err != nil {
			return err
		}
	}
	for _, b := range gone {
		if found[string(b)] {
			return errors.New("S4: bytes that were replaced or ended are there")
		}
	}
	for i, m := range table {
		if m.of >= 0 && !found[string(m.body)] {
			return fmt.Errorf("S4: the bytes at %d are not there", i)
		}
	}
	return nil
}

// reached is a device as it reaches this host.
func (p *place) reached(t *testing.T, f phone) phone {
	t.Helper()
	l, err := client.New(p.url, f.at, f.key, p.clock, lines)
	if err != nil {
		t.Fatal(err)
	}
	return phone{l, f.at, f.key}
}
