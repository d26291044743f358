package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/evenkeel/evenkeel/internal/store/postgres"
)

// writers is how many write at once, each to a journal of its own.
const writers = 4

// try starts a cluster, takes its leader away as often as asked, and looks.
func try(ctx context.Context, o options, world inside) (r report, err error) {
	r.Timing = o.timing
	if r.Versions, err = world.Programs.versions(); err != nil {
		return r, err
	}
	if o.cuts > 0 && world.Uncuttable != "" {
		r.Skipped = world.Uncuttable
	}
	began := time.Now()
	c, err := newCluster(ctx, world, o.timing)
	if err != nil {
		return r, err
	}
	defer c.stop()
	r.StartedIn = seconds(time.Since(began))
	if o.kills > 0 {
		if r.Kills, err = c.series(ctx, o, o.kills, c.kill); err != nil {
			return r, fmt.Errorf("%w%s", err, c.logs())
		}
	}
	if o.cuts > 0 && r.Skipped == "" {
		if r.Cuts, err = c.series(ctx, o, o.cuts, c.cut); err != nil {
			return r, fmt.Errorf("%w%s", err, c.logs())
		}
	}
	return r, nil
}

// taking takes a leader away, waits until another leads, and says how it went.
type taking func(ctx context.Context, leader *node, t *team, load time.Duration) (round, error)

// team writes throughout a series.
type team struct {
	store   *postgres.Store
	meter   meter // of who writes over the network
	writers []*writer

	reads meter // of who reads over the network

	beside      *writer // who writes beside a leader whose network is cut
	besideMeter meter
}

// series takes the leader away so many times while a team writes, and looks at
// what is there in the end.
func (c *cluster) series(ctx context.Context, o options, times int, take taking) (*series, error) {
	store, err := postgres.Open(ctx, c.address())
	if err != nil {
		return nil, err
	}
	defer store.Close()
	t := &team{store: store}
	for range writers {
		w, err := newWriter(ctx, store, &t.meter)
		if err != nil {
			return nil, err
		}
		t.writers = append(t.writers, w)
	}
	if t.beside, err = newWriter(ctx, store, &t.besideMeter); err != nil {
		return nil, err
	}
	all := append(t.writers, t.beside)

	writing, cancel := context.WithCancel(ctx)
	defer cancel()
	stop, ended := make(chan struct{}), make(chan error, len(all)+1)
	go func() { ended <- t.writers[0].readOn(writing, &t.reads, stop) }()
	for _, w := range all {
		go func() {
			err := w.write(writing, o.rest, stop)
			if err != nil {
				cancel() // the others need not go on
			}
			ended <- err
		}()
	}
	s := &series{}
	err = c.rounds(writing, s, times, o.load, t, take)
	close(stop)
	if err != nil {
		cancel()
	}
	var wrong []error
	for range cap(ended) {
		if e := <-ended; e != nil && !errors.Is(e, context.Canceled) {
			wrong = append(wrong, e)
		}
	}
	if err := errors.Join(append(wrong, err)...); err != nil {
		return nil, err
	}
	s.Errors = t.meter.errors
	return s, c.verify(ctx, s, all)
}

func (c *cluster) rounds(ctx context.Context, s *series, times int, load time.Duration, t *team, take taking) error {
	for range times {
		leader, err := c.whole(ctx)
		if err != nil {
			return err
		}
		if err := pause(ctx, load); err != nil {
			return err
		}
		before := t.meter.begin()
		t.reads.begin()
		r, err := take(ctx, leader, t, load)
		if err != nil {
			return fmt.Errorf("round %d: %w", len(s.Rounds)+1, err)
		}
		back := time.Now()
		if _, err := c.whole(ctx); err != nil {
			return err
		}
		r.Whole = seconds(time.Since(back))
		after, silence := t.meter.read()
		_, unread := t.reads.read()
		r.Leader, r.Answered, r.Silence, r.Unread = leader.name, after-before, seconds(silence), seconds(unread)
		s.Alone += r.Alone
		s.Rounds = append(s.Rounds, r)
		fmt.Fprintf(os.Stderr, "%d of %d: %s taken away, %v of silence\n", len(s.Rounds), times, r.Leader, r.Silence)
	}
	return nil
}

// kill ends the leader at once and starts it again when another leads.
func (c *cluster) kill(ctx context.Context, leader *node, t *team, load time.Duration) (r round, err error) {
	at := time.Now()
	if err := leader.kill(); err != nil {
		return r, err
	}
	if err := c.successor(ctx, leader, t, at, &r); err != nil {
		return r, err
	}
	if err := pause(ctx, load); err != nil {
		return r, err
	}
	return r, leader.start()
}

// cut takes the leader's network away while somebody writes on its own machine, and
// gives it back when it has stepped down and another leads.
func (c *cluster) cut(ctx context.Context, leader *node, t *team, load time.Duration) (r round, err error) {
	store, err := postgres.Open(ctx, leader.socket())
	if err != nil {
		return r, err
	}
	defer store.Close()
	t.beside.store.Store(store)
	defer t.beside.store.Store(t.store)
	if err := pause(ctx, load); err != nil {
		return r, err
	}
	if err := leader.space.cut(); err != nil {
		return r, err
	}
	at, before := time.Now(), t.besideMeter.begin()
	for leader.ask(ctx).leads {
		if err := pause(ctx, 100*time.Millisecond); err != nil || time.Since(at) > patience {
			return r, errors.Join(err, errors.New("a leader that was cut off did not step down"))
		}
	}
	steppedDown := seconds(time.Since(at))
	r.SteppedDown = &steppedDown
	if err := c.successor(ctx, leader, t, at, &r); err != nil {
		return r, err
	}
	if err := pause(ctx, load); err != nil {
		return r, err
	}
	beside := t.besideMeter.begin() - before
	r.Beside = &beside
	t.beside.store.Store(t.store)
	return r, leader.space.heal()
}

// successor waits until another server leads, has a standby that a COMMIT can wait
// for, and answered. Until it has one it must answer nothing.
func (c *cluster) successor(ctx context.Context, old *node, t *team, at time.Time, r *round) error {
	before, _ := t.meter.read() // the old leader answers no more
	for time.Since(at) < patience {
		answers, _ := t.meter.read()
		if r.Ready > 0 && answers > before {
			return nil
		}
		for _, n := range c.nodes {
			if n == old {
				continue
			}
			is := n.ask(ctx)
			if is.leads && r.Successor == "" {
				r.Successor, r.Promoted = n.name, seconds(time.Since(at))
			}
			if is.leads && is.synchronous > 0 && r.Ready == 0 {
				r.Ready = seconds(time.Since(at))
			}
		}
		if r.Ready == 0 {
			r.Alone = answers - before
		}
		if err := pause(ctx, 50*time.Millisecond); err != nil {
			return err
		}
	}
	return fmt.Errorf("no other server answered within %v", patience)
}
