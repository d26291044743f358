package postgres

import (
	"context"
	"flag"
	"os"
	"strconv"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/store/storetest"
	server "github.com/evenkeel/evenkeel/internal/testkit/postgres"
)

func TestMain(m *testing.M) { os.Exit(server.Main(m)) }

func TestServer(t *testing.T) {
	storetest.Run(t, func(t *testing.T) port.Store { return open(t, server.Address(t)) })
}

func TestDamaged(t *testing.T) {
	storetest.RunDamaged(t, func(t *testing.T) (port.Store, storetest.Harm) {
		s := open(t, server.Address(t))
		return s, harm{s}
	})
}

// harm writes past the store.
type harm struct{ s *Store }

func (h harm) exec(t *testing.T, text string, args ...any) {
	t.Helper()
	if tag, err := h.s.pool.Exec(t.Context(), text, args...); err != nil || tag.RowsAffected() != 1 {
		t.Fatal(tag, err)
	}
}

func (h harm) Drop(t *testing.T, p port.PersonID, seq int64) {
	h.exec(t, "DELETE FROM record WHERE person = $1 AND seq = $2", uuid(p), seq)
}

func (h harm) Renumber(t *testing.T, p port.PersonID, from, to int64) {
	h.exec(t, "UPDATE record SET seq = $1 WHERE person = $2 AND seq = $3", to, uuid(p), from)
}

func (h harm) Empty(t *testing.T, p port.PersonID, seq int64) {
	h.exec(t, "UPDATE record SET ciphertext = ''::bytea WHERE person = $1 AND seq = $2", uuid(p), seq)
}

// The same suite where every transaction is serializable, as in engines that know
// nothing weaker: the server itself refuses what meets.
func TestSerializable(t *testing.T) {
	defer fewer(t)()
	storetest.Run(t, func(t *testing.T) port.Store {
		address, line := server.Through(t, server.Address(t), 0)
		line.Serializable = true
		s := open(t, address)
		var level string
		if err := s.change(t.Context(), func(ctx context.Context, tx pgx.Tx, _ bool) error {
			return tx.QueryRow(ctx, "SELECT current_setting('transaction_isolation')").Scan(&level)
		}); err != nil || level != "serializable" {
			t.Fatal(level, err)
		}
		return s
	})
}

// The long form of the suite over a failing line is
//
//	go test ./internal/store/postgres -run FailingLine -histories 1000
var histories = flag.Int("histories", 8, "random histories over a failing line, and with serializable transactions")

// fewer sets how many histories the suite tries, until it is called back.
func fewer(t *testing.T) (back func()) {
	t.Helper()
	checks := flag.Lookup("rapid.checks").Value
	before := checks.String()
	if err := checks.Set(strconv.Itoa(*histories)); err != nil {
		t.Fatal(err)
	}
	return func() { _ = checks.Set(before) } // it was read from there
}

// The same suite where the line fails in every way, and where the server refuses
// what other engines refuse.
func TestFailingLine(t *testing.T) {
	var lines []*server.Proxy
	defer fewer(t)()
	t.Run("suite", func(t *testing.T) {
		storetest.Run(t, func(t *testing.T) port.Store {
			address, line := server.Through(t, server.Address(t), 8)
			lines = append(lines, line)
			return open(t, address)
		})
	})
	count := map[server.Fault]int{}
	for _, line := range lines {
		for f, n := range line.Count() {
			count[f] += n
		}
	}
	t.Log(count)
	for _, f := range []server.Fault{server.RefusedStatement, server.RefusedCommit, server.UnknownDone, server.UnknownUndone, server.CutBeforeCommit, server.CutAfterCommit, server.CutWithinAnAnswer} {
		if count[f] == 0 {
			t.Errorf("never happened: %s", f)
		}
	}
	if n := count[server.RefusedByTheEngine]; n > 0 {
		t.Errorf("%d statements asked for what other engines refuse", n)
	}
}

func open(t testing.TB, address string) *Store {
	t.Helper()
	s, err := Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}
