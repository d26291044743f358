package postgres

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/evenkeel/evenkeel/internal/fault"
)

var readCommitted = pgx.TxOptions{IsoLevel: pgx.ReadCommitted, AccessMode: pgx.ReadWrite}

// change runs f in a transaction until it is committed, again and again from its
// beginning while the server refuses it or cannot be reached, for as long as the
// store is patient. Again tells f that a change of its own may stand already, since
// the answer to a COMMIT was lost.
//
// A change that has begun is finished or given up here and not by the end of ctx,
// which would leave its outcome open.
func (s *Store) change(ctx context.Context, f work) error { return s.changeBy(ctx, nil, f) }

// work is what is done in one transaction.
type work func(ctx context.Context, tx pgx.Tx, again bool) error

// quick does the same change in one statement, which is its own transaction. Without
// done and an error the statement found that it cannot, and changed nothing. Open
// tells with an error that its outcome is not known.
type quick func(ctx context.Context) (done, open bool, err error)

// changeBy is change that tries a shorter way first, until what became of that is
// not known: who looks for it must know the head before.
func (s *Store) changeBy(ctx context.Context, q quick, f work) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.patience)
	defer cancel()
	again := false
	for try := 0; ; try++ {
		var done, open bool
		var err error
		if q != nil && !again {
			done, open, err = q(ctx)
		}
		if err == nil && !done {
			open, err = s.once(ctx, again, f)
		}
		again = again || open
		if err == nil {
			return nil
		}
		if own := (*fault.Error)(nil); errors.As(err, &own) || !refused(stateOf(err)) && !lost(err) {
			return faultOf(err)
		}
		if !pause(ctx, try) {
			if again {
				return fault.Wrap(err, fault.Internal, "store.server_outcome")
			}
			return tired(err)
		}
	}
}

// touchSQL gives a transaction something to write. One that only finds what an
// earlier try left would not wait for a standby at its COMMIT, and would acknowledge
// what a failover can still take away.
const touchSQL = `UPDATE schema_version SET version = version WHERE id = 1`

// undecided tells an answer to a COMMIT, or to a statement that is a transaction of
// its own, that leaves open whether it was done. The driver's SafeToRetry is not
// asked: it says so too where a line broke after a COMMIT was sent.
func undecided(err error) bool { return stateOf(err) == "" || lost(err) }

// once runs f in one transaction. Open tells that its outcome is not known.
func (s *Store) once(ctx context.Context, again bool, f work) (open bool, err error) {
	conn, err := s.pool.Acquire(ctx)
	if err != nil {
		return false, err
	}
	defer conn.Release()
	tx, err := conn.BeginTx(ctx, readCommitted)
	if err != nil {
		return false, err
	}
	defer tx.Rollback(ctx)
	if err := f(ctx, tx, again); err != nil {
		return false, err
	}
	if again {
		if _, err := tx.Exec(ctx, touchSQL); err != nil {
			return false, err
		}
	}
	if err := committing(conn.Conn(), func() error { return tx.Commit(ctx) }); err != nil {
		return undecided(err), err
	}
	return false, nil
}

// pause waits a little longer each time, and unevenly, so that writers who met do
// not meet again. It is false once there is no time left.
func pause(ctx context.Context, try int) bool {
	most := min(time.Millisecond<<min(try, 10), 500*time.Millisecond)
	select {
	case <-ctx.Done():
		return false
	case <-time.After(most/2 + rand.N(most/2+1)):
		return true
	}
}
