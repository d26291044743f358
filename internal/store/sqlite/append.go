package sqlite

import (
	"context"
	"database/sql"
	"errors"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/fault"
)

// The next seq is one more than the highest: rows are never removed singly, so it has
// no gaps and never comes back. A counter of its own in the person row would mean a
// second statement, a transaction around both and one more page per entry; measured,
// that made a durable append half as slow again.
const (
	appendOneSQL = `INSERT INTO record (person, seq, id, ciphertext)
SELECT p.id, coalesce((SELECT max(seq) FROM record WHERE person = p.id), 0) + 1, ?, ?
FROM person p WHERE p.id = ?
ON CONFLICT (person, id) DO NOTHING
RETURNING seq`
	insertSQL  = `INSERT INTO record (person, seq, id, ciphertext) VALUES (?, ?, ?, ?) ON CONFLICT (person, id) DO NOTHING`
	lastSeqSQL = `SELECT coalesce((SELECT max(seq) FROM record WHERE person = p.id), 0) FROM person p WHERE p.id = ?`
)

func (s *Store) Append(ctx context.Context, person app.PersonID, records []app.Sealed) (int64, error) {
	for _, r := range records {
		if len(r.Ciphertext) == 0 {
			return 0, fault.New(fault.Invalid, "An empty entry cannot be kept. Nothing was saved.")
		}
	}
	if len(records) == 1 {
		return s.append1(ctx, person, records[0])
	}
	return s.appendAll(ctx, person, records)
}

// append1 is one statement, which is its own transaction. When this process wrote
// last, it knows the next seq and spends a plain insert on it; when another process
// was quicker, the key says so, and SQLite finds the seq.
func (s *Store) append1(ctx context.Context, person app.PersonID, r app.Sealed) (int64, error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	// A save that has begun is finished: a watcher for the end of ctx costs a
	// goroutine per entry, and what it would interrupt takes less than a millisecond.
	ctx = context.WithoutCancel(ctx)
	s.mu.Lock()
	defer s.mu.Unlock()
	if known, ok := s.wrote[person]; ok {
		res, err := s.insert.ExecContext(ctx, person[:], known+1, r.ID[:], r.Ciphertext)
		if err == nil {
			if n, err := res.RowsAffected(); err == nil && n == 1 {
				s.wrote[person] = known + 1
				return known + 1, nil
			}
		} else if !taken(err) {
			return 0, faultOf(err)
		}
		delete(s.wrote, person)
	}
	seq, err := s.appendNext(ctx, person, r)
	if err == nil {
		s.wrote[person] = seq
	}
	return seq, err
}

// taken tells that the key of a row is in use, or that the person is not there.
func taken(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && e.Code()&0xff == lib.SQLITE_CONSTRAINT
}

// appendNext lets SQLite find the next seq.
func (s *Store) appendNext(ctx context.Context, person app.PersonID, r app.Sealed) (int64, error) {
	rows, err := s.appendOne.QueryContext(ctx, r.ID[:], r.Ciphertext, person[:])
	if err != nil {
		return 0, faultOf(err)
	}
	var seq int64
	for rows.Next() {
		if err := rows.Scan(&seq); err != nil {
			return 0, faultOf(errors.Join(err, rows.Close()))
		}
	}
	// The commit happens in the step after the row, so its failure shows here.
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return 0, faultOf(err)
	}
	if seq > 0 {
		return seq, nil
	}
	return last(s.lastSeq.QueryRowContext(ctx, person[:])) // had it already, or nobody there
}

func (s *Store) appendAll(ctx context.Context, person app.PersonID, records []app.Sealed) (int64, error) {
	tx, err := s.w.BeginTx(ctx, nil)
	if err != nil {
		return 0, faultOf(err)
	}
	defer tx.Rollback()
	seq, err := last(tx.StmtContext(ctx, s.lastSeq).QueryRowContext(ctx, person[:]))
	if err != nil {
		return 0, err
	}
	insert := tx.StmtContext(ctx, s.insert)
	for _, r := range records {
		res, err := insert.ExecContext(ctx, person[:], seq+1, r.ID[:], r.Ciphertext)
		if err != nil {
			return 0, faultOf(err)
		}
		n, err := res.RowsAffected()
		if err != nil {
			return 0, faultOf(err)
		}
		seq += n
	}
	return seq, faultOf(tx.Commit())
}

func (s *Store) LastSeq(ctx context.Context, person app.PersonID) (int64, error) {
	return last(s.lastSeqRead.QueryRowContext(ctx, person[:]))
}

func last(row *sql.Row) (seq int64, err error) {
	if err = row.Scan(&seq); errors.Is(err, sql.ErrNoRows) {
		return 0, errNobody
	}
	return seq, faultOf(err)
}
