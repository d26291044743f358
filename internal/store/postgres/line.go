package postgres

import (
	"context"
	"errors"
	"net"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

const (
	// pingWithin bounds the look at a line that was idle: behind a network that was
	// cut nothing answers, and nothing says so.
	pingWithin = 2 * time.Second
	// cancelWithin bounds a request to cancel, for as long as which the pool keeps
	// the place of a line that it gave up.
	cancelWithin = time.Second
	// lockWithin bounds at the server what waits for another's row, unless the address
	// says lock_timeout: a statement that is its own transaction is given up without a
	// request to cancel, and each would stay for as long as a COMMIT before it waits.
	lockWithin = "SET lock_timeout = '10s'"
)

// line is one connection. The driver asks the server to cancel what is under way on
// a line that it gives up. A COMMIT that waits for a synchronous standby would stop
// waiting then: it would be shown to readers although a failover takes it away.
// Left alone, it goes on waiting, unseen, until the standby has it or the server ends.
type line struct {
	dial       pgconn.DialFunc
	stands     atomic.Bool // from now on whoever dials wants to cancel
	committing atomic.Bool
}

// lineName is where a connection keeps its line.
const lineName = "line"

// lines has the pool keep a line for each of its connections.
func lines(config *pgxpool.Config) {
	if config.PingTimeout == 0 {
		config.PingTimeout = pingWithin
	}
	config.BeforeConnect = func(_ context.Context, c *pgx.ConnConfig) error {
		l := &line{dial: c.DialFunc}
		c.DialFunc = l.reach
		_, said := c.RuntimeParams["lock_timeout"]
		c.AfterConnect = func(ctx context.Context, conn *pgconn.PgConn) error {
			conn.CustomData()[lineName] = l
			l.stands.Store(true)
			if said {
				return nil
			}
			_, err := conn.Exec(ctx, lockWithin).ReadAll()
			if stateOf(err) != "" {
				return nil // an engine that knows no such setting
			}
			return err
		}
		return nil
	}
	// A broken line has nothing more to say. The driver would listen to it for
	// fifteen seconds, during which its place in the pool is taken.
	config.BeforeClose = func(conn *pgx.Conn) {
		if conn.IsClosed() {
			_ = conn.PgConn().Conn().Close() // it is broken
		}
	}
}

func lineOf(conn *pgx.Conn) *line { return conn.PgConn().CustomData()[lineName].(*line) }

// committing runs what ends in a COMMIT.
func committing(conn *pgx.Conn, f func() error) error {
	l := lineOf(conn)
	l.committing.Store(true)
	err := f()
	if !conn.IsClosed() {
		l.committing.Store(false)
	}
	return err
}

var errCommitting = errors.New("a COMMIT is left to its server")

func (l *line) reach(ctx context.Context, network, address string) (net.Conn, error) {
	if !l.stands.Load() {
		return l.dial(ctx, network, address)
	}
	if l.committing.Load() {
		return nil, errCommitting
	}
	ctx, cancel := context.WithTimeout(ctx, cancelWithin)
	defer cancel()
	conn, err := l.dial(ctx, network, address)
	if err != nil {
		return nil, err
	}
	// Who takes the request may be as silent as the line that is given up.
	return conn, conn.SetDeadline(time.Now().Add(cancelWithin))
}
