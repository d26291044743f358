package sqlite

import (
	"context"
	"database/sql"
	"errors"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
)

const (
	// moveSQL is where two writers meet: whoever comes second finds no row.
	moveSQL = `UPDATE head SET version = version + 1, last = last + ?, forgotten = forgotten + ?, sealed = ?
WHERE person = ? AND version = ? RETURNING version, last`
	movePastSQL = `UPDATE head SET version = version + 1, forgotten = forgotten + ?2, sealed = ?3,
last = max(last, (SELECT max(seq) FROM record WHERE record.person = head.person)) + ?1
WHERE person = ?4 AND version = ?5 RETURNING version, last`
	insertSQL = `INSERT INTO record (person, seq, id, ciphertext) VALUES (?, ?, ?, ?)`
	headSQL   = `SELECT version, last, sealed FROM head WHERE person = ?`
)

func (s *Store) Append(ctx context.Context, person port.PersonID, version int64, records []port.Sealed, head []byte) (port.Head, error) {
	for _, r := range records {
		if len(r.Ciphertext) == 0 {
			return port.Head{}, fault.New(fault.Invalid, "store.empty_record")
		}
	}
	if err := ctx.Err(); err != nil {
		return port.Head{}, err
	}
	// A save that has begun is finished: a watcher for the end of ctx costs a
	// goroutine per entry, and what it would interrupt takes less than a millisecond.
	ctx = context.WithoutCancel(ctx)
	next, err := s.append(ctx, person, version, records, head, moveSQL)
	if errors.Is(err, port.ErrIncomplete) {
		// Rows stand where the next ones should. New entries go behind them all,
		// and reading goes on saying that something is wrong.
		next, err = s.append(ctx, person, version, records, head, movePastSQL)
	}
	if err != nil {
		return port.Head{}, err
	}
	s.mark.write(person, next.Version)
	return next, nil
}

func (s *Store) append(ctx context.Context, person port.PersonID, version int64, records []port.Sealed, head []byte, move string) (next port.Head, err error) {
	err = s.inTransaction(ctx, func(tx *sql.Tx) (err error) {
		if next, err = s.move(ctx, tx, move, person, version, len(records), 0, head); err != nil {
			return err
		}
		if len(records) == 0 {
			return nil
		}
		insert := tx.StmtContext(ctx, s.insert)
		for i, r := range records {
			seq := next.Last - int64(len(records)-1-i)
			if _, err := insert.ExecContext(ctx, person[:], seq, r.ID[:], r.Ciphertext); err != nil {
				if taken(err) {
					return s.whyTaken(ctx, tx, person, r.ID)
				}
				return err
			}
		}
		return nil
	})
	return next, err
}

func (s *Store) inTransaction(ctx context.Context, f func(*sql.Tx) error) error {
	tx, err := s.w.BeginTx(ctx, nil)
	if err != nil {
		return faultOf(err)
	}
	defer tx.Rollback()
	if err := f(tx); err != nil {
		return faultOf(err)
	}
	if err := tx.Commit(); err != nil {
		return faultOf(err)
	}
	s.rest.later()
	return nil
}

var errMoved = fault.New(fault.Conflict, "store.moved_on")

// move takes a person's head from one version to the next.
func (s *Store) move(ctx context.Context, tx *sql.Tx, text string, person port.PersonID, version int64, added, forgotten int, sealed []byte) (port.Head, error) {
	next := port.Head{Sealed: sealed}
	var row *sql.Row
	if args := []any{added, forgotten, notNull(sealed), person[:], version}; text == moveSQL {
		row = tx.StmtContext(ctx, s.moveHead).QueryRowContext(ctx, args...)
	} else {
		row = tx.QueryRowContext(ctx, text, args...)
	}
	err := row.Scan(&next.Version, &next.Last)
	if !errors.Is(err, sql.ErrNoRows) {
		return next, err
	}
	if _, err := headOf(tx.StmtContext(ctx, s.headWrite).QueryRowContext(ctx, person[:])); err != nil {
		return next, err
	}
	return next, errMoved
}

func headOf(row *sql.Row) (h port.Head, err error) {
	if err = row.Scan(&h.Version, &h.Last, &h.Sealed); errors.Is(err, sql.ErrNoRows) {
		return h, errNobody
	}
	return h, faultOf(err)
}

// notNull makes no bytes the empty blob; the driver would make them NULL.
func notNull(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}

// whyTaken tells an id that is there already from a log whose rows stand where the
// next ones should.
func (s *Store) whyTaken(ctx context.Context, tx *sql.Tx, person port.PersonID, id port.RecordID) error {
	var there bool
	err := tx.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM record WHERE person = ? AND id = ?)", person[:], id[:]).Scan(&there)
	if err == nil && !there {
		return errGap
	}
	if err != nil {
		return err
	}
	return errMoved
}

// taken tells that the key of a row is in use.
func taken(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && e.Code()&0xff == lib.SQLITE_CONSTRAINT
}
