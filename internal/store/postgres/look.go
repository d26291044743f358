package postgres

import (
	"context"
	"errors"
	"time"

	"github.com/evenkeel/evenkeel/internal/fault"
)

// read runs f, which only looks, again while the server refuses it or the line is
// lost or silent, for as long as the store is patient.
func (s *Store) read(ctx context.Context, f func(context.Context, *ear) error) error {
	waiting, cancel := context.WithTimeout(ctx, s.patience)
	defer cancel()
	for try := 0; ; try++ {
		line := s.ear(ctx)
		err := f(line.ctx, line)
		silent := line.close()
		if err == nil {
			return nil
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		own := (*fault.Error)(nil)
		silent = silent && errors.Is(err, context.Canceled)
		if errors.As(err, &own) || !silent && !refused(stateOf(err)) && !lost(err) {
			return faultOf(err)
		}
		if !pause(waiting, try) {
			if silent {
				return fault.Wrap(err, fault.Internal, "store.server_away")
			}
			return tired(err)
		}
	}
}

// readLong is read for what may take its time at the server. A line that is dead
// meanwhile is told by the system alone.
func (s *Store) readLong(ctx context.Context, f func(context.Context) error) error {
	return s.read(ctx, func(ctx context.Context, line *ear) error {
		line.rest()
		return f(ctx)
	})
}

// ear gives a line up that has been silent for too long.
type ear struct {
	ctx    context.Context
	cancel context.CancelFunc
	timer  *time.Timer
	after  time.Duration
}

func (s *Store) ear(ctx context.Context) *ear {
	e := &ear{after: s.silence}
	e.ctx, e.cancel = context.WithCancel(ctx)
	e.timer = time.AfterFunc(e.after, e.cancel)
	return e
}

func (e *ear) rest()   { e.timer.Stop() }
func (e *ear) listen() { e.timer.Reset(e.after) }

// close tells whether the line was given up.
func (e *ear) close() (silent bool) {
	e.timer.Stop()
	silent = e.ctx.Err() != nil
	e.cancel()
	return silent
}
