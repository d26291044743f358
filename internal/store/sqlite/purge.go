package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/fault"
)

// Bytes that were removed can outlive their row in three places: in the write-ahead
// log, in the free part of a page that SQLite once split (secure_delete does not reach
// those copies), and in both once more when the program is killed in between. So what
// removes bytes also raises purge.wanted in the same transaction; compacting rewrites
// every page from live rows alone; emptying the log then leaves no older copy; and
// whoever opens the file finishes what was wanted and not done.

func (s *Store) Forget(ctx context.Context, person app.PersonID, ids []app.RecordID) error {
	return s.purgeAfter(ctx, func(tx *sql.Tx) error {
		if _, err := last(tx.StmtContext(ctx, s.lastSeq).QueryRowContext(ctx, person[:])); err != nil {
			return err
		}
		empty, err := tx.PrepareContext(ctx, "UPDATE record SET ciphertext = ? WHERE person = ? AND id = ?")
		if err != nil {
			return err
		}
		defer empty.Close()
		for _, id := range ids {
			if _, err := empty.ExecContext(ctx, []byte{}, person[:], id[:]); err != nil {
				return err
			}
		}
		return nil
	})
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
		return fault.Wrap(errors.Join(errTraces, err), fault.CodeOf(err), "%s", fault.MessageOf(err))
	}
	return nil
}

// errTraces marks an error after the removal itself was made durable.
var errTraces = errors.New("removed, but not yet cleared from every file")

// purge clears all that was removed up to the wanted-th removal.
func (s *Store) purge(ctx context.Context, wanted int64) error {
	if s.path != "" { // memory has no file to clear
		if _, err := s.w.ExecContext(ctx, "VACUUM"); err != nil {
			return purgeFault(err)
		}
		if err := s.emptyLog(ctx); err != nil {
			return purgeFault(err)
		}
	}
	_, err := s.w.ExecContext(ctx, "UPDATE purge SET done = ? WHERE done < ?", wanted, wanted)
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
			return fault.New(fault.Conflict, "It is removed from the journal, but another Evenkeel was reading, so traces may still be in the file. Try again to clear them.")
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(50 * time.Millisecond):
		}
	}
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
		return fault.Wrap(err, fault.FullDisk, "It is removed from the journal, but the disk is too full to clear the last traces. Free some space and try again.")
	}
	return err
}
