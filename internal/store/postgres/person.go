package postgres

import (
	"bytes"
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

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
	return s.change(ctx, func(ctx context.Context, tx pgx.Tx, again bool) error {
		tag, err := tx.Exec(ctx, "INSERT INTO keyring (person, ring, version) VALUES ($1, $2, 1) ON CONFLICT (person) DO NOTHING", uuid(person), ring)
		if err != nil {
			return err
		}
		if tag.RowsAffected() == 0 {
			there, version, err := keyring(ctx, tx, person)
			if err != nil || again && version == 1 && bytes.Equal(there, ring) {
				return err // nil: this very change, whose answer was lost
			}
			return fault.New(fault.Conflict, "store.already_there")
		}
		_, err = tx.Exec(ctx, "INSERT INTO head (person, version, last, forgotten, sealed) VALUES ($1, 0, 0, 0, ''::bytea)", uuid(person))
		return err
	})
}

func (s *Store) Persons(ctx context.Context) (persons []port.PersonID, err error) {
	err = s.read(ctx, func(ctx context.Context, _ *ear) error {
		rows, err := s.pool.Query(ctx, "SELECT person FROM keyring ORDER BY person")
		if err != nil {
			return err
		}
		persons, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (p port.PersonID, err error) {
			return p, row.Scan((*[16]byte)(&p))
		})
		return err
	})
	return persons, err
}

// DeletePerson begins with the head, where a writer who is under way is waited for.
func (s *Store) DeletePerson(ctx context.Context, person port.PersonID) error {
	return s.change(ctx, func(ctx context.Context, tx pgx.Tx, _ bool) error {
		for _, text := range []string{
			"DELETE FROM head WHERE person = $1",
			"DELETE FROM record WHERE person = $1",
			"DELETE FROM keyring WHERE person = $1",
		} {
			if _, err := tx.Exec(ctx, text, uuid(person)); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *Store) Keyring(ctx context.Context, person port.PersonID) (ring []byte, version int64, err error) {
	err = s.read(ctx, func(ctx context.Context, _ *ear) (err error) {
		ring, version, err = keyring(ctx, s.pool, person)
		return err
	})
	return ring, version, err
}

type querier interface {
	QueryRow(context.Context, string, ...any) pgx.Row
}

func keyring(ctx context.Context, q querier, person port.PersonID) (ring []byte, version int64, err error) {
	err = q.QueryRow(ctx, "SELECT ring, version FROM keyring WHERE person = $1", uuid(person)).Scan(&ring, &version)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, 0, errNobody
	}
	return ring, version, err
}

func (s *Store) PutKeyring(ctx context.Context, person port.PersonID, ring []byte, version int64) error {
	if len(ring) == 0 {
		return errNoRing
	}
	return s.change(ctx, func(ctx context.Context, tx pgx.Tx, again bool) error {
		tag, err := tx.Exec(ctx, "UPDATE keyring SET ring = $1, version = version + 1 WHERE person = $2 AND version = $3", ring, uuid(person), version)
		if err != nil || tag.RowsAffected() == 1 {
			return err
		}
		there, now, err := keyring(ctx, tx, person)
		if err != nil || again && now == version+1 && bytes.Equal(there, ring) {
			return err
		}
		return fault.New(fault.Conflict, "store.keys_changed")
	})
}
