package sqlite

import (
	"context"
	"database/sql"
	"errors"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
)

var (
	errNobody = fault.New(fault.NotFound, "store.nobody")
	errNoRing = fault.New(fault.Invalid, "store.no_keyring")
)

func (s *Store) CreatePerson(ctx context.Context, person port.PersonID, ring []byte) error {
	if len(ring) == 0 {
		return errNoRing
	}
	return s.inTransaction(ctx, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx,
			"INSERT INTO person (id, keyring, keyring_version) VALUES (?, ?, 1) ON CONFLICT (id) DO NOTHING", person[:], ring)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return fault.Wrap(err, fault.Conflict, "store.already_there")
		}
		_, err = tx.ExecContext(ctx,
			"INSERT INTO head (person, version, last, forgotten, sealed) VALUES (?, 0, 0, 0, x'')", person[:])
		return err
	})
}

func (s *Store) Persons(ctx context.Context) (persons []port.PersonID, err error) {
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
		if len(id) != len(port.PersonID{}) {
			return nil, errDamaged
		}
		persons = append(persons, port.PersonID(id))
	}
	return persons, faultOf(rows.Err())
}

func (s *Store) DeletePerson(ctx context.Context, person port.PersonID) error {
	err := s.purgeAfter(ctx, func(tx *sql.Tx) error {
		for _, text := range []string{
			"DELETE FROM record WHERE person = ?",
			"DELETE FROM head WHERE person = ?",
			"DELETE FROM person WHERE id = ?",
		} {
			if _, err := tx.ExecContext(ctx, text, person[:]); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		s.mark.forget(person)
	}
	return err
}

func (s *Store) Keyring(ctx context.Context, person port.PersonID) (ring []byte, version int64, err error) {
	return keyring(ctx, s.r, person)
}

func keyring(ctx context.Context, q querier, person port.PersonID) (ring []byte, version int64, err error) {
	err = q.QueryRowContext(ctx, "SELECT keyring, keyring_version FROM person WHERE id = ?", person[:]).Scan(&ring, &version)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, 0, errNobody
	}
	return ring, version, faultOf(err)
}

func (s *Store) PutKeyring(ctx context.Context, person port.PersonID, ring []byte, version int64) error {
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
		return fault.New(fault.Conflict, "store.keys_changed")
	})
	if errors.Is(err, errTraces) {
		// The new keys hold, and whoever changed them must hear so: a recovery code
		// is shown only then. The traces go at the next purge or start.
		return nil
	}
	return err
}
