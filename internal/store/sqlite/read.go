package sqlite

import (
	"context"
	"database/sql/driver"
	"errors"
	"io"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/fault"
)

const readAfterSQL = `SELECT seq, id, ciphertext FROM record WHERE person = ? AND seq > ? ORDER BY seq`

// ReadAfter speaks to the driver directly: database/sql's checks and conversions of
// every value cost a quarter of the time of opening a journal.
func (s *Store) ReadAfter(ctx context.Context, person app.PersonID, after int64, yield func(app.Record) error) error {
	if last, err := s.LastSeq(ctx, person); err != nil || last <= after {
		return err
	}
	conn, err := s.r.Conn(ctx)
	if err != nil {
		return faultOf(err)
	}
	defer conn.Close()
	var yielded error
	err = conn.Raw(func(c any) error {
		return scan(ctx, c, person, after, func(r app.Record) bool {
			yielded = yield(r)
			return yielded == nil
		})
	})
	if yielded != nil {
		return yielded
	}
	return faultOf(err)
}

func scan(ctx context.Context, c any, person app.PersonID, after int64, yield func(app.Record) bool) (err error) {
	preparer, ok := c.(driver.ConnPrepareContext)
	if !ok {
		return errors.New("driver cannot prepare")
	}
	stmt, err := preparer.PrepareContext(ctx, readAfterSQL)
	if err != nil {
		return err
	}
	defer stmt.Close()
	query, ok := stmt.(driver.StmtQueryContext)
	if !ok {
		return errors.New("driver cannot query")
	}
	rows, err := query.QueryContext(ctx, []driver.NamedValue{
		{Ordinal: 1, Value: person[:]},
		{Ordinal: 2, Value: after},
	})
	if err != nil {
		return err
	}
	defer rows.Close()
	row := make([]driver.Value, 3)
	for n := 0; ; n++ {
		if n%256 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if err := rows.Next(row); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		seq, ok1 := row[0].(int64)
		id, ok2 := row[1].([]byte)
		ciphertext, ok3 := row[2].([]byte)
		if !ok1 || !ok2 || !ok3 || len(id) != len(app.RecordID{}) {
			return fault.New(fault.Corrupt, "%s", errDamaged)
		}
		if !yield(app.Record{Seq: seq, ID: app.RecordID(id), Ciphertext: ciphertext}) {
			return nil
		}
	}
}
