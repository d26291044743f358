package main

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/tls"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/evenkeel/evenkeel/internal/host/client"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/wire"
)

// perLog is how many records each journal has before anything is measured.
const perLog = 20

// device is one device of a journal of its own.
type device struct {
	*client.Log
	version, last int64
}

// devices begins journals at the host, each with some records.
func devices(ctx context.Context, base string, n, clients int) ([]*device, error) {
	lines := &http.Transport{MaxIdleConnsPerHost: clients}
	list := make([]*device, n)
	err := together(clients, func(w int) error {
		for i := w; i < n; i += clients {
			d, err := newDevice(base, lines)
			if err != nil {
				return err
			}
			if err := d.Begin(ctx, ""); err != nil {
				return err
			}
			if err := d.push(ctx, perLog); err != nil {
				return err
			}
			list[i] = d
		}
		return nil
	})
	return list, err
}

func newDevice(base string, lines http.RoundTripper) (*device, error) {
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, err
	}
	log, err := client.New(base, wire.Address(random(32)), key, systemClock{}, lines)
	return &device{Log: log}, err
}

func (d *device) push(ctx context.Context, n int) error {
	records := make([]port.Sealed, n)
	for i := range records {
		records[i] = port.Sealed{ID: port.RecordID(random(16)), Ciphertext: random(recordBytes)}
	}
	head, err := d.Push(ctx, d.version, records)
	d.version, d.last = head.Version, head.Last
	return err
}

func (d *device) pull(ctx context.Context, back int64) error {
	_, _, err := d.Pull(ctx, d.last-back)
	return err
}

// drive has many ask for a while, each going through journals of its own, and gives
// how long each request took.
func drive(list []*device, o options, ask func(*device) error) (took []time.Duration, per float64, err error) {
	var mu sync.Mutex
	began := time.Now()
	err = together(o.clients, func(w int) error {
		var mine []time.Duration
		defer func() {
			mu.Lock()
			took = append(took, mine...)
			mu.Unlock()
		}()
		for i := w; time.Since(began) < o.last; i += o.clients {
			if i >= len(list) {
				i = w
			}
			at := time.Now()
			if err := ask(list[i]); err != nil {
				return err
			}
			mine = append(mine, time.Since(at))
		}
		return nil
	})
	slices.Sort(took)
	return took, float64(len(took)) / time.Since(began).Seconds(), err
}

// together has many work at once, and gives the first error.
func together(n int, f func(worker int) error) error {
	errs := make([]error, n)
	var group sync.WaitGroup
	for w := range n {
		group.Go(func() { errs[w] = f(w) })
	}
	group.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// idleLines opens connections that each asked once and stay.
func idleLines(ctx context.Context, base string, n int) (end func(), err error) {
	lines := make([]*http.Transport, n)
	err = together(16, func(w int) error {
		for i := w; i < n; i += 16 {
			lines[i] = &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}, IdleConnTimeout: time.Hour} //nolint:gosec // to ourselves
			d, err := newDevice(base, lines[i])
			if err != nil {
				return err
			}
			if err := d.Begin(ctx, ""); err != nil {
				return err
			}
		}
		return nil
	})
	return func() {
		for _, l := range lines {
			if l != nil {
				l.CloseIdleConnections()
			}
		}
	}, err
}

func random(n int) []byte {
	b := make([]byte, n)
	rand.Read(b) // never fails: it ends the program instead
	return b
}
