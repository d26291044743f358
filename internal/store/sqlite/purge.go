package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
)

// Bytes that were removed can outlive their row in three places: in the write-ahead
// log, in the free part of a page that SQLite once split (secure_delete does not reach
// those copies), and in both once more when the program is killed in between. So what
// removes bytes also raises purge.wanted in the same transaction; compacting rewrites
// every page from live rows alone; emptying the log then leaves no older copy; and
// whoever opens the file finishes what was wanted and not done.

func (s *Store) Forget(ctx context.Context, person port.PersonID, version int64, ids []port.RecordID, head []byte) (port.Head, error) {
	var next port.Head
	err := s.purgeAfter(ctx, func(tx *sql.Tx) (err error) {
		empty, err := tx.PrepareContext(ctx, "UPDATE record SET ciphertext = x'' WHERE person = ? AND id = ? AND length(ciphertext) > 0")
		if err != nil {
			return err
		}
		defer empty.Close()
		gone := 0
		for _, id := range ids {
			res, err := empty.ExecContext(ctx, person[:], id[:])
			if err != nil {
				return err
			}
			n, err := res.RowsAffected()
			if err != nil {
				return err
			}
			gone += int(n)
		}
		next, err = s.move(ctx, tx, moveSQL, person, version, 0, gone, head)
		return err
	})
	if err != nil && !errors.Is(err, errTraces) {
		return port.Head{}, err
	}
	s.mark.write(person, next.Version)
	return next, err
}

// Settle writes the person's rows anew, so that a row in the wrong place is in
// the right one afterwards, and the index knows of every row.
func (s *Store) Settle(ctx context.Context, person port.PersonID, version int64) (port.Head, error) {
	var rows []port.Record
	head, err := s.ReadAfter(ctx, person, 0, func(r port.Record) error {
		r.Ciphertext = bytes.Clone(r.Ciphertext)
		rows = append(rows, r)
		return nil
	})
	switch {
	case err != nil && !fault.Is(err, fault.Corrupt):
		return port.Head{}, err
	case head.Version != version:
		return port.Head{}, errMoved
	}
	next := port.Head{}
	err = s.purgeAfter(ctx, func(tx *sql.Tx) (err error) {
		if next, err = s.move(ctx, tx, moveSQL, person, version, 0, 0, nil); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "REINDEX record_id"); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "DELETE FROM record WHERE +person = ?", person[:]); err != nil {
			return err
		}
		insert := tx.StmtContext(ctx, s.insert)
		forgotten := 0
		for i, r := range rows {
			if len(r.Ciphertext) == 0 {
				forgotten++
			}
			if _, err := insert.ExecContext(ctx, person[:], int64(i+1), r.ID[:], notNull(r.Ciphertext)); err != nil {
				return err
			}
		}
		next.Last = int64(len(rows))
		_, err = tx.ExecContext(ctx, "UPDATE head SET last = ?, forgotten = ? WHERE person = ?", next.Last, forgotten, person[:])
		return err
	})
	if err != nil && !errors.Is(err, errTraces) {
		return port.Head{}, err
	}
	s.mark.forget(person)
	s.mark.write(person, next.Version)
	return next, err
}

// purgeAfter runs remove in a transaction and, once that is durable, clears what it
// removed from every file.
func (s *Store) purgeAfter(ctx context.Context, remove func(*sql.Tx) error) error {
	tx, err := s.w.BeginTx(ctx, nil)
	if err != nil {
		return faultOf(err)
	}
	defer tx.Rollback()
	if err := remove(tx); err != nil {
		return faultOf(err)
	}
	if _, err := tx.ExecContext(ctx, "UPDATE purge SET wanted = wanted + 1"); err != nil {
		return faultOf(err)
	}
	var wanted int64
	if err := tx.QueryRowContext(ctx, "SELECT wanted FROM purge").Scan(&wanted); err != nil {
		return faultOf(err)
	}
	if err := tx.Commit(); err != nil {
		return faultOf(err)
	}
	if err := s.purge(ctx, wanted); err != nil {
		return &traces{err}
	}
	return nil
}

// errTraces marks an error after the removal itself was made durable.
var errTraces = errors.New("removed, but not yet cleared from every file")

// traces is what held up the clearing; the fault inside says it to people.
type traces struct{ err error }

func (t *traces) Error() string   { return t.err.Error() }
func (t *traces) Unwrap() []error { return []error{t.err, errTraces} }

// purge clears all that was removed up to the wanted-th removal. Those who wait for
// each other are served by one rewriting of the file.
func (s *Store) purge(ctx context.Context, wanted int64) error {
	s.purging.Lock()
	defer s.purging.Unlock()
	var all, done int64
	if err := s.w.QueryRowContext(ctx, "SELECT wanted, done FROM purge").Scan(&all, &done); err != nil {
		return faultOf(err)
	}
	if done >= wanted {
		return nil
	}
	if _, err := s.w.ExecContext(ctx, "VACUUM"); err != nil {
		return purgeFault(err)
	}
	if err := s.emptyLog(ctx); err != nil {
		return purgeFault(err)
	}
	_, err := s.w.ExecContext(ctx, "UPDATE purge SET done = ? WHERE done < ?", all, all)
	return faultOf(err)
}

// emptyLog moves the log into the file and cuts it to nothing. A reader that began
// before holds it up; SQLite waits for it, and one that takes longer gets some more
// patience here.
func (s *Store) emptyLog(ctx context.Context) error {
	for try := 0; ; try++ {
		var busy, pages, moved int64
		if err := s.w.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &pages, &moved); err != nil {
			return err
		}
		if busy == 0 {
			return nil
		}
		if try == 2 {
			return fault.New(fault.Conflict, "store.traces_busy")
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// emptyLogSoon moves the log into the file if nobody has to wait for that. What it
// cannot move now, the next rest moves, or whoever closes the journal last.
func (s *Store) emptyLogSoon() {
	_, _ = s.w.Exec("PRAGMA wal_checkpoint(PASSIVE)")
}

// purgeLeftOver finishes what a killed process had begun.
func (s *Store) purgeLeftOver(ctx context.Context) error {
	var wanted, done int64
	if err := s.w.QueryRowContext(ctx, "SELECT wanted, done FROM purge").Scan(&wanted, &done); err != nil {
		return err
	}
	if done >= wanted {
		return nil
	}
	err := s.purge(ctx, wanted)
	if fault.Is(err, fault.Conflict) || fault.Is(err, fault.FullDisk) {
		return nil // the next start tries again; the journal must open all the same
	}
	return err
}

func purgeFault(err error) error {
	err = faultOf(err)
	if fault.Is(err, fault.FullDisk) {
		return fault.Wrap(err, fault.FullDisk, "store.traces_full_disk")
	}
	return err
}
