package postgres

import (
	"bytes"
	"cmp"
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
)

const (
	// moveSQL is where two writers meet: whoever comes second finds no row.
	moveSQL = `UPDATE head SET version = version + 1, last = last + $1, sealed = $2
WHERE person = $3 AND version = $4 RETURNING version, last`
	movePastSQL = `UPDATE head SET version = version + 1, sealed = $2,
last = greatest(last, (SELECT max(seq) FROM record WHERE record.person = head.person)) + $1
WHERE person = $3 AND version = $4 RETURNING version, last`
	insertSQL = `INSERT INTO record (person, seq, id, ciphertext)
SELECT $1, t.seq, t.id, t.ciphertext FROM unnest($2::bigint[], $3::uuid[], $4::bytea[]) AS t (seq, id, ciphertext)
ON CONFLICT DO NOTHING`
	headSQL = `SELECT version, last, sealed FROM head WHERE person = $1`
)

var (
	errMoved = fault.New(fault.Conflict, "store.moved_on")
	errGap   = fault.Wrap(port.ErrIncomplete, fault.Corrupt, "store.gap")
)

func (s *Store) Append(ctx context.Context, person port.PersonID, version int64, records []port.Sealed, head []byte) (port.Head, error) {
	a, err := newAppending(person, version, records, head)
	if err != nil {
		return port.Head{}, err
	}
	return s.append(ctx, a, s.change)
}

// appending is one batch on its way in, with the same ids at every try.
type appending struct {
	person  port.PersonID
	version int64
	ring    int64 // the keyring's version that it was decided upon; 0 for any
	head    []byte
	ids     [][16]byte
	bytes   [][]byte

	seqs []int64   // where it goes
	next port.Head // the head that it makes
}

func newAppending(person port.PersonID, version int64, records []port.Sealed, head []byte) (*appending, error) {
	a := &appending{person: person, version: version, head: notNull(head)}
	for _, r := range records {
		if len(r.Ciphertext) == 0 {
			return nil, fault.New(fault.Invalid, "store.empty_record")
		}
		a.ids = append(a.ids, r.ID)
		a.bytes = append(a.bytes, r.Ciphertext)
	}
	return a, nil
}

// changer runs a transaction, as Store.change does.
type changer func(context.Context, work) error

func (s *Store) append(ctx context.Context, a *appending, first changer) (port.Head, error) {
	err := s.put(ctx, a, moveSQL, first)
	if errors.Is(err, port.ErrIncomplete) {
		// Rows stand where the next ones should. New entries go behind them all,
		// and reading goes on saying that something is wrong.
		err = s.put(ctx, a, movePastSQL, s.change)
	}
	if err != nil {
		return port.Head{}, err
	}
	return a.next, nil
}

func (s *Store) put(ctx context.Context, a *appending, move string, change changer) error {
	return change(ctx, func(ctx context.Context, tx pgx.Tx, again bool) error {
		err := a.put(ctx, tx, move)
		if again && err == errMoved {
			return a.mine(ctx, tx)
		}
		return err
	})
}

func (a *appending) put(ctx context.Context, tx pgx.Tx, move string) error {
	if a.ring > 0 {
		if _, now, err := keyring(ctx, tx, a.person); err != nil || now != a.ring {
			return cmp.Or(err, errMoved)
		}
	}
	next, err := moveHead(ctx, tx, move, a.person, a.version, len(a.ids), a.head)
	if err != nil {
		return err
	}
	a.makes(next)
	if len(a.ids) == 0 {
		return nil
	}
	tag, err := tx.Exec(ctx, insertSQL, uuid(a.person), a.seqs, a.ids, a.bytes)
	if err != nil || tag.RowsAffected() == int64(len(a.ids)) {
		return err
	}
	return a.whyTaken(ctx, tx)
}

// makes says which head the batch makes, and so where its records go.
func (a *appending) makes(next port.Head) {
	a.next, a.seqs = next, a.seqs[:0]
	for i := range a.ids {
		a.seqs = append(a.seqs, next.Last-int64(len(a.ids)-1-i))
	}
}

// whyTaken tells an id that is there already from a log whose rows stand where the
// next ones should. It sees the rows of this very transaction too, which stand at
// their seq.
func (a *appending) whyTaken(ctx context.Context, tx pgx.Tx) error {
	var there bool
	err := tx.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM unnest($2::bigint[], $3::uuid[]) AS t (seq, id)
JOIN record r ON r.person = $1 AND r.id = t.id AND r.seq <> t.seq)`, uuid(a.person), a.seqs, a.ids).Scan(&there)
	if err == nil && !there {
		return errGap
	}
	if err != nil {
		return err
	}
	return errMoved
}

// mine is asked when the log has moved on since a try whose COMMIT had no answer.
// It is nil when that try moved it: its rows stand where it put them, and its head,
// or that of somebody who wrote after it.
//
// To ask before trying again would be too early, since the server may still be at
// work on that COMMIT. Trying again waits for it at the head's row.
func (a *appending) mine(ctx context.Context, tx pgx.Tx) error {
	now, err := headOf(tx.QueryRow(ctx, headSQL, uuid(a.person)))
	if err != nil {
		return err
	}
	if now.Version <= a.next.Version && !same(now, a.next) || now.Version > a.next.Version && len(a.ids) == 0 {
		return errMoved
	}
	var found int
	if err := tx.QueryRow(ctx, `SELECT count(*) FROM unnest($2::bigint[], $3::uuid[]) AS t (seq, id)
JOIN record r ON r.person = $1 AND r.id = t.id AND r.seq = t.seq`, uuid(a.person), a.seqs, a.ids).Scan(&found); err != nil {
		return err
	}
	return unless(found == len(a.ids))
}

// mine is the same for a change that leaves nothing but its head to know it by.
// Where somebody wrote after it, nothing is lost by saying that the log moved on:
// whoever reads on sees what is still to do.
func mine(ctx context.Context, tx pgx.Tx, person port.PersonID, next port.Head) error {
	now, err := headOf(tx.QueryRow(ctx, headSQL, uuid(person)))
	if err != nil {
		return err
	}
	return unless(same(now, next))
}

func unless(mine bool) error {
	if mine {
		return nil
	}
	return errMoved
}

func same(a, b port.Head) bool {
	return a.Version == b.Version && a.Last == b.Last && bytes.Equal(a.Sealed, b.Sealed)
}

// moveHead takes a person's head from one version to the next.
func moveHead(ctx context.Context, tx pgx.Tx, text string, person port.PersonID, version int64, added int, sealed []byte) (port.Head, error) {
	next := port.Head{Sealed: sealed}
	err := tx.QueryRow(ctx, text, added, notNull(sealed), uuid(person), version).Scan(&next.Version, &next.Last)
	if !errors.Is(err, pgx.ErrNoRows) {
		return next, err
	}
	if _, err := headOf(tx.QueryRow(ctx, headSQL, uuid(person))); err != nil {
		return next, err
	}
	return next, errMoved
}

func headOf(row pgx.Row) (h port.Head, err error) {
	if err = row.Scan(&h.Version, &h.Last, &h.Sealed); errors.Is(err, pgx.ErrNoRows) {
		return h, errNobody
	}
	return h, err
}

// notNull makes no bytes the empty value; the driver would make them NULL.
func notNull(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}

// uuid is an id as the driver knows it.
func uuid[ID ~[16]byte](id ID) [16]byte { return id }
