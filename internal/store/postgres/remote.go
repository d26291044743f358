package postgres

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/evenkeel/evenkeel/internal/port"
)

const (
	lookSQL = `SELECT k.ring, k.version, h.version, h.last, h.sealed FROM keyring k JOIN head h ON h.person = k.person WHERE k.person = $1`
	// appendAtSQL is an append as one statement and so one transaction: nothing where
	// head or keyring moved on, an error and nothing where a row is in the way.
	appendAtSQL = movedSQL + `SELECT moved.person, t.seq, t.id, t.ciphertext FROM moved, unnest($7::bigint[], $8::uuid[], $9::bytea[]) AS t (seq, id, ciphertext)`
	// appendOneSQL is the same for one record, as most are: without arrays.
	appendOneSQL = movedSQL + `SELECT moved.person, $7::bigint, $8::uuid, $9::bytea FROM moved`
	movedSQL     = `WITH moved AS (UPDATE head SET version = version + 1, last = last + $1, sealed = $2
WHERE person = $3 AND version = $4 AND last = $5 AND EXISTS (SELECT 1 FROM keyring WHERE keyring.person = $3 AND keyring.version = $6) RETURNING person)
INSERT INTO record (person, seq, id, ciphertext) `
)

func (s *Store) Look(ctx context.Context, person port.PersonID) (v port.View, err error) {
	err = s.read(ctx, func(ctx context.Context, _ *ear) error {
		row := s.pool.QueryRow(ctx, lookSQL, uuid(person))
		err := row.Scan(&v.Ring, &v.RingVersion, &v.Head.Version, &v.Head.Last, &v.Head.Sealed)
		if errors.Is(err, pgx.ErrNoRows) {
			return errNobody
		}
		return err
	})
	return v, err
}

func (s *Store) AppendAt(ctx context.Context, person port.PersonID, seen port.View, records []port.Sealed, head []byte) (port.Head, error) {
	a, err := newAppending(person, seen.Head.Version, records, head)
	if err != nil {
		return port.Head{}, err
	}
	a.ring = seen.RingVersion
	return s.append(ctx, a, func(ctx context.Context, f work) error {
		return s.changeBy(ctx, func(ctx context.Context) (bool, bool, error) { return s.appendAt(ctx, a, seen.Head.Last) }, f)
	})
}

// appendAt tries the one statement. What it does not tell, the transaction does: it
// answers the same question step by step.
func (s *Store) appendAt(ctx context.Context, a *appending, last int64) (done, open bool, err error) {
	if len(a.ids) == 0 || s.plain.Load() {
		return false, false, nil
	}
	conn, err := s.pool.Acquire(ctx)
	if err != nil {
		return false, false, err
	}
	defer conn.Release()
	a.makes(port.Head{Version: a.version + 1, Last: last + int64(len(a.ids)), Sealed: a.head})
	text, args := appendAtSQL, []any{len(a.ids), a.head, uuid(a.person), a.version, last, a.ring, a.seqs, a.ids, a.bytes}
	if len(a.ids) == 1 {
		text, args = appendOneSQL, append(args[:6], a.seqs[0], a.ids[0], a.bytes[0])
	}
	var tag pgconn.CommandTag
	err = committing(conn.Conn(), func() (err error) {
		tag, err = conn.Exec(ctx, text, args...)
		return err
	})
	switch stateOf(err) {
	case uniqueViolation:
		return false, false, nil
	case notSupported, syntaxError:
		s.plain.Store(true)
		return false, false, nil
	}
	return tag.RowsAffected() == int64(len(a.ids)), err != nil && undecided(err), err
}
