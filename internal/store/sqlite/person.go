package sqlite

import (
	"context"
	"database/sql"
	"errors"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/fault"
)

var (
	errNobody = fault.New(fault.NotFound, "There is no such journal here.")
	errNoRing = fault.New(fault.Invalid, "A journal cannot be kept without its keys. Nothing was changed.")
)

func (s *Store) CreatePerson(ctx context.Context, person app.PersonID, ring []byte) error {
	if len(ring) == 0 {
		return errNoRing
	}
	res, err := s.w.ExecContext(ctx,
		"INSERT INTO person (id, keyring, keyring_version) VALUES (?, ?, 1) ON CONFLICT (id) DO NOTHING", person[:], ring)
	if err != nil {
		return faultOf(err)
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return fault.Wrap(err, fault.Conflict, "This journal is there already. Nothing was changed.")
	}
	return nil
}

func (s *Store) Persons(ctx context.Context) (persons []app.PersonID, err error) {
	rows, err := s.r.QueryContext(ctx, "SELECT id FROM person ORDER BY id")
	if err != nil {
		return nil, faultOf(err)
	}
	defer rows.Close()
	for rows.Next() {
		var id []byte
		if err := rows.Scan(&id); err != nil {
			return nil, faultOf(err)
		}
		if len(id) != len(app.PersonID{}) {
			return nil, fault.New(fault.Corrupt, "%s", errDamaged)
		}
		persons = append(persons, app.PersonID(id))
	}
	return persons, faultOf(rows.Err())
}

func (s *Store) DeletePerson(ctx context.Context, person app.PersonID) error {
	s.mu.Lock()
	delete(s.wrote, person)
	s.mu.Unlock()
	return s.purgeAfter(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, "DELETE FROM record WHERE person = ?", person[:]); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, "DELETE FROM person WHERE id = ?", person[:])
		return err
	})
}

func (s *Store) Keyring(ctx context.Context, person app.PersonID) (ring []byte, version int64, err error) {
	return keyring(ctx, s.r, person)
}

func keyring(ctx context.Context, q interface {
	QueryRowContext(context.Context, string, ...any) *sql.Row
}, person app.PersonID) (ring []byte, version int64, err error) {
	err = q.QueryRowContext(ctx, "SELECT keyring, keyring_version FROM person WHERE id = ?", person[:]).Scan(&ring, &version)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, 0, errNobody
	}
	return ring, version, faultOf(err)
}

func (s *Store) PutKeyring(ctx context.Context, person app.PersonID, ring []byte, version int64) error {
	if len(ring) == 0 {
		return errNoRing
	}
	err := s.purgeAfter(ctx, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx,
			"UPDATE person SET keyring = ?, keyring_version = keyring_version + 1 WHERE id = ? AND keyring_version = ?",
			ring, person[:], version)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 1 {
			return err
		}
		if _, _, err := keyring(ctx, tx, person); err != nil {
			return err
		}
		return fault.New(fault.Conflict, "The keys of this journal were changed meanwhile by another Evenkeel. Nothing was changed here. Try again.")
	})
	if errors.Is(err, errTraces) {
		// The new keys hold, and whoever changed them must hear so: a recovery code
		// is shown only then. The traces go at the next purge or start.
		return nil
	}
	return err
}
