package postgres

import (
	"context"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
)

// Store is one database. It implements port.Store.
type Store struct {
	pool  *pgxpool.Pool
	place string
	// patience is how long a refused transaction is tried again: long enough for
	// a short loss of the line, short enough that whoever waits still does.
	patience time.Duration
	// silence is how long a statement that only looks may be without a row, before
	// its line is taken for dead and another is asked.
	silence time.Duration
	// plain says that this engine does not know a statement that changes two tables,
	// so that a transaction of several does the same.
	plain atomic.Bool
}

var (
	_ port.Store  = (*Store)(nil)
	_ port.Remote = (*Store)(nil)
)

// connectWithin bounds one attempt to reach the server, unless the address says
// connect_timeout.
const connectWithin = 5 * time.Second

// sessionAttrs is the address's word for which server is meant.
const sessionAttrs = "target_session_attrs"

// Open reaches the database at a postgres:// address and brings its tables up to
// date. Several hosts in the address let it follow a failover. What the address
// leaves open, the usual PG* variables say. Statements are named, and so planned once
// and not each time, where it says default_query_exec_mode=cache_statement. It refuses
// a server that acknowledges before it has written to disk and, unless
// target_session_attrs says otherwise, one that only lets us read: a standby that led
// until a moment ago still shows what it could not hand over.
func Open(ctx context.Context, address string) (*Store, error) {
	config, err := pgxpool.ParseConfig(address)
	if err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "store.server_address")
	}
	c := config.ConnConfig
	if c.ConnectTimeout == 0 {
		c.ConnectTimeout = connectWithin
	}
	if c.DefaultQueryExecMode == pgx.QueryExecModeCacheStatement && !strings.Contains(address, "default_query_exec_mode=") {
		// Named statements do not outlive a pooler between us and the server. Whoever
		// knows that there is none, or that it keeps them, asks for them.
		c.DefaultQueryExecMode = pgx.QueryExecModeCacheDescribe
	}
	if !strings.Contains(address, sessionAttrs) && os.Getenv("PGTARGETSESSIONATTRS") == "" {
		c.ValidateConnect = pgconn.ValidateConnectTargetSessionAttrsReadWrite
	}
	lines(config)
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, faultOf(err)
	}
	s := &Store{pool: pool, place: c.Host + "/" + c.Database, patience: 10 * time.Second, silence: 5 * time.Second}
	if err := s.begin(ctx); err != nil {
		pool.Close()
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, faultOf(err)
	}
	return s, nil
}

// begin tells a wrong address at once, and is patient with a line that was there.
func (s *Store) begin(ctx context.Context) error {
	if err := s.pool.Ping(ctx); err != nil {
		return err
	}
	if err := s.readLong(ctx, s.durable); err != nil {
		return err
	}
	return s.readLong(ctx, s.migrate)
}

// durable refuses a server that would lose in a power cut what it acknowledged.
// An engine that has no such settings has no such risk to turn on.
func (s *Store) durable(ctx context.Context) error {
	for _, setting := range []string{"fsync", "synchronous_commit"} {
		var value string
		if err := s.pool.QueryRow(ctx, "SELECT coalesce(current_setting($1, true), '')", setting).Scan(&value); err != nil {
			return err
		}
		if value == "off" {
			return fault.New(fault.Invalid, "store.server_not_durable", "setting", setting)
		}
	}
	return nil
}

func (s *Store) Close() error {
	s.pool.Close()
	return nil
}
