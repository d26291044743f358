package host_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/host"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/store/memory"
	"github.com/evenkeel/evenkeel/internal/wire"
)

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

// Whoever fetches a share as fast as the host answers does not hold up its end.
func TestEndWhileFetched(t *testing.T) {
	onEngines(t, func(t *testing.T, s port.Store) {
		p := start(t, func(c *host.Config) { c.Store, c.Limits.PerNetwork, c.Limits.AtOncePerNetwork = s, 1e6, 64 })
		f, v, at, ctx := p.begun(t), p.visitor(t), anywhere(), t.Context()
		p.put(t, f, at, envelopeOf(256))
		var group sync.WaitGroup
		var fetched atomic.Int64
		for range 16 {
			group.Go(func() {
				for {
					if _, _, err := v.Fetch(ctx, at, "x"); err != nil {
						wantKey(t, "fetched at its end", err, "host.share_gone")
						return
					}
					fetched.Add(1)
				}
			})
		}
		for fetched.Load() < 50 && !t.Failed() {
			time.Sleep(time.Millisecond)
		}
		p.put(t, f, at, envelopeOf(256))
		if err := f.EndShare(ctx, at); err != nil {
			t.Error(err)
		}
		group.Wait()
		p.examined(t)
	})
}

// A journal that ends while its devices put shares and a card, and while letters come,
// leaves nothing of them.
func TestLogEndsMeanwhile(t *testing.T) {
	onEngines(t, func(t *testing.T, s port.Store) {
		p := start(t, func(c *host.Config) {
			c.Store = s
			c.Limits.PerLog, c.Limits.PerNetwork, c.Limits.Posts, c.Limits.Beginnings = 1e6, 1e6, 1e6, 1e6
		})
		ctx, v := t.Context(), p.visitor(t)
		for range 5 {
			f := p.begun(t)
			if err := f.PutCard(ctx, []byte("card")); err != nil {
				t.Fatal(err)
			}
			var group sync.WaitGroup
			for range 3 {
				group.Go(func() {
					for ctx.Err() == nil {
						if err := f.PutShare(ctx, anywhere(), wire.ShareSealed, p.clock.Now().Add(time.Hour), envelopeOf(256)); err != nil {
							return // it is told so
						}
					}
				})
			}
			group.Go(func() {
				for f.PutCard(ctx, []byte(rand.Text())) == nil {
				}
			})
			group.Go(func() {
				for v.Post(ctx, f.at, envelopeOf(256)) == nil {
				}
			})
			if err := f.End(ctx); err != nil {
				t.Fatal(err)
			}
			group.Wait()
		}
		if found := p.examined(t); found.Logs+found.Shares+found.Inboxes+found.Letters != 0 {
			t.Errorf("%+v", found)
		}
	})
}

// stuck is a store that does not delete while it is told so, as one whose disk is full.
type stuck struct {
	port.Store
	full atomic.Bool
}

func (s *stuck) DeletePerson(ctx context.Context, id port.PersonID) error {
	if s.full.Load() {
		return fault.New(fault.FullDisk, "store.full_disk")
	}
	return s.Store.DeletePerson(ctx, id)
}

// An end that was held up half way has destroyed the shares, takes no new ones, and can
// be asked for again; and where nobody asks again, the journal works on.
func TestEndHeldUp(t *testing.T) {
	for _, again := range []bool{true, false} {
		s := &stuck{Store: memory.Open()}
		p := start(t, on(s))
		f, ctx, body := p.begun(t), t.Context(), envelopeOf(256)
		p.put(t, f, anywhere(), body)
		s.full.Store(true)
		wantKey(t, "held up", f.End(ctx), "host.full")
		put := func() error {
			return f.PutShare(ctx, anywhere(), wire.ShareSealed, p.clock.Now().Add(time.Hour), envelopeOf(256))
		}
		wantKey(t, "put meanwhile", put(), "host.unknown_device")
		if p.stored(t, body) {
			t.Error("the share is still there")
		}
		s.full.Store(false)
		if again {
			if err := f.End(ctx); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if _, err := (host.Keeper{Store: s, Clock: p.clock}).Sweep(ctx); err != nil {
			t.Fatal(err)
		}
		if err := put(); err != nil {
			t.Errorf("after a sweep: %v", err)
		}
	}
}
