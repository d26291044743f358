package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
)

func (s *Store) Forget(ctx context.Context, person port.PersonID, version int64, ids []port.RecordID, head []byte) (next port.Head, err error) {
	list := make([][16]byte, len(ids))
	for i, id := range ids {
		list[i] = id
	}
	err = s.change(ctx, func(ctx context.Context, tx pgx.Tx, again bool) error {
		// The head comes first: who has it is alone with the rows.
		moved, err := moveHead(ctx, tx, moveSQL, person, version, 0, head)
		if again && err == errMoved {
			return mine(ctx, tx, person, next)
		}
		if err != nil {
			return err
		}
		next = moved
		tag, err := tx.Exec(ctx, "UPDATE record SET ciphertext = ''::bytea WHERE person = $1 AND id = ANY ($2::uuid[]) AND length(ciphertext) > 0", uuid(person), list)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, "UPDATE head SET forgotten = forgotten + $1 WHERE person = $2", tag.RowsAffected(), uuid(person))
		return err
	})
	if err != nil {
		return port.Head{}, err
	}
	return next, nil
}

// Settle writes the person's rows anew, so that a row in the wrong place is in the
// right one afterwards.
func (s *Store) Settle(ctx context.Context, person port.PersonID, version int64) (next port.Head, err error) {
	var rows []port.Record
	head, err := s.ReadAfter(ctx, person, 0, func(r port.Record) error {
		rows = append(rows, r)
		return nil
	})
	switch {
	case err != nil && !fault.Is(err, fault.Corrupt):
		return port.Head{}, err
	case head.Version != version:
		return port.Head{}, errMoved
	}
	a := appending{person: person}
	forgotten := 0
	for i, r := range rows {
		if len(r.Ciphertext) == 0 {
			forgotten++
		}
		a.seqs, a.ids, a.bytes = append(a.seqs, int64(i+1)), append(a.ids, r.ID), append(a.bytes, notNull(r.Ciphertext))
	}
	err = s.change(ctx, func(ctx context.Context, tx pgx.Tx, again bool) error {
		moved, err := moveHead(ctx, tx, moveSQL, person, version, 0, nil)
		if again && err == errMoved {
			return mine(ctx, tx, person, next)
		}
		if err != nil {
			return err
		}
		next = moved
		next.Last = int64(len(rows))
		for _, step := range []struct {
			text string
			args []any
		}{
			{"DELETE FROM record WHERE person = $1", []any{uuid(person)}},
			{insertSQL, []any{uuid(person), a.seqs, a.ids, a.bytes}},
			{"UPDATE head SET last = $1, forgotten = $2 WHERE person = $3", []any{next.Last, forgotten, uuid(person)}},
		} {
			if _, err := tx.Exec(ctx, step.text, step.args...); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return port.Head{}, err
	}
	return next, nil
}
