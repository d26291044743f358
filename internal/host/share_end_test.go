package host_test

import (
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/host"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/wire"
)

// A share that nobody put yet, and is ended, cannot be put by a device that has not
// heard of it.
func TestEndedBeforeItWasPut(t *testing.T) {
	p := start(t, nil)
	f, at := p.begun(t), anywhere()
	if err := f.EndShare(t.Context(), at); err != nil {
		t.Fatal(err)
	}
	wantKey(t, "put", f.PutShare(t.Context(), at, wire.ShareSealed, p.clock.Now().Add(time.Hour), envelopeOf(256)), "host.share_gone")
}

// At its end a share cannot be had any more, and its bytes go when somebody asks for
// it, when its log lists, puts or ends it, and when the host sweeps.
func TestShareOver(t *testing.T) {
	onEngines(t, func(t *testing.T, s port.Store) {
		p := start(t, on(s))
		ctx, v := t.Context(), p.visitor(t)
		for name, touch := range map[string]func(f phone, at wire.Address) error{
			"fetch": func(_ phone, at wire.Address) error {
				_, _, err := v.Fetch(ctx, at, "x")
				if fault.Is(err, fault.NotFound) {
					_, _, err = v.Fetch(ctx, at, "x") // the first answer came before the bytes went
				}
				if fault.Is(err, fault.NotFound) {
					return nil
				}
				return err
			},
			"list": func(f phone, _ wire.Address) error { _, err := f.Shares(ctx); return err },
			"end":  func(f phone, at wire.Address) error { return f.EndShare(ctx, at) },
			"put": func(f phone, at wire.Address) error {
				wantKey(t, "put over", f.PutShare(ctx, at, wire.ShareSealed, p.clock.Now().Add(time.Hour), envelopeOf(256)), "host.share_gone")
				return nil
			},
			"sweep": func(phone, wire.Address) error {
				n, err := host.Keeper{Store: s, Clock: p.clock}.Sweep(ctx)
				if n != 1 {
					t.Errorf("%d swept", n)
				}
				return err
			},
		} {
			f, at, other := p.begun(t), anywhere(), anywhere()
			body, stays := envelopeOf(1024), envelopeOf(1024)
			p.put(t, f, at, body)
			if err := f.PutShare(ctx, other, wire.ShareSealed, p.clock.Now().Add(1000*time.Hour), stays); err != nil {
				t.Fatal(err)
			}
			p.clock.move(time.Hour - time.Second)
			if _, _, err := v.Fetch(ctx, at, "x"); err != nil {
				t.Errorf("%s: a second before: %v", name, err)
			}
			p.clock.move(time.Second)
			if err := touch(f, at); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			if p.stored(t, body) || !p.stored(t, stays) {
				t.Errorf("%s: the bytes are still there, or those of another are not", name)
			}
			if got, err := f.Shares(ctx); err != nil || len(got) != 1 || got[0].At != other {
				t.Errorf("%s: %+v, %v", name, got, err)
			}
		}
		p.examined(t)
	})
}

// A log takes its shares, its card and its inbox with it, whether its device or the
// host's keeper ends it.
func TestLogEndsWithItsShares(t *testing.T) {
	onEngines(t, func(t *testing.T, s port.Store) {
		p := start(t, on(s))
		ctx, v := t.Context(), p.visitor(t)
		for name, end := range map[string]func(f phone) error{
			"device": func(f phone) error { return f.End(ctx) },
			"keeper": func(f phone) error { return host.Keeper{Store: s, Clock: p.clock}.Destroy(ctx, f.at) },
		} {
			f := p.begun(t)
			bodies, at := make([][]byte, 10), make([]wire.Address, 10)
			for i := range bodies {
				bodies[i], at[i] = envelopeOf(512), anywhere()
				p.put(t, f, at[i], bodies[i])
			}
			letter := envelopeOf(256)
			if err := f.PutCard(ctx, []byte("card")); err != nil {
				t.Fatal(err)
			}
			if err := v.Post(ctx, f.at, letter); err != nil {
				t.Fatal(err)
			}
			if err := end(f); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			for i := range bodies {
				_, _, err := v.Fetch(ctx, at[i], "x")
				wantKey(t, name, err, "host.share_gone")
				if p.stored(t, bodies[i]) {
					t.Errorf("%s: the bytes are still there", name)
				}
			}
			_, err := v.Card(ctx, f.at)
			wantKey(t, name, err, "host.no_inbox")
			wantKey(t, name, v.Post(ctx, f.at, letter), "host.no_inbox")
			if p.stored(t, letter) {
				t.Errorf("%s: a letter is still there", name)
			}
		}
		if found := p.examined(t); found.Logs+found.Shares+found.Inboxes != 0 || found.SharesEnded != 20 {
			t.Errorf("%+v", found)
		}
	})
}
