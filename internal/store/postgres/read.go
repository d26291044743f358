package postgres

import (
	"context"
	"errors"
	"math"

	"github.com/jackc/pgx/v5"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
)

// oneView lets several statements see the same state of the database.
var oneView = pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}

const (
	headAllSQL = `SELECT version, last, sealed, forgotten FROM head WHERE person = $1`
	// readFirstSQL is head and first page as one statement, and so as one view.
	readFirstSQL = `SELECT h.version, h.last, h.sealed, h.forgotten, r.seq, r.id, r.ciphertext
FROM head h LEFT JOIN (SELECT person, seq, id, ciphertext FROM record WHERE person = $1 AND seq > $2 ORDER BY seq LIMIT $3) r
ON r.person = h.person WHERE h.person = $1 ORDER BY r.seq`
	readAfterSQL = `SELECT seq, id, ciphertext FROM record WHERE person = $1 AND seq > $2 AND seq <= $3 ORDER BY seq LIMIT $4`
	// A number that no record has hides none.
	readBeforeSQL = `SELECT seq, id, ciphertext FROM record WHERE person = $1 AND seq <= 0 ORDER BY seq`
)

// page is how many rows are asked for at once. Whoever ends early still gets the rest
// of the page over the line, and would get the rest of the log without it.
const page = 256

// ReadAfter goes on where it was when the line is lost in the middle, and ends where
// the first view ended: what was appended since stands behind it. Only where records
// were forgotten meanwhile the reader is told, and begins again.
func (s *Store) ReadAfter(ctx context.Context, person port.PersonID, after int64, yield func(port.Record) error) (port.Head, error) {
	r := reader{person: person, after: after, yield: yield, next: after + 1}
	err := s.read(ctx, func(ctx context.Context, line *ear) error {
		r.line = line
		if err := r.read(ctx, s); r.yielded == nil {
			return err
		}
		return nil
	})
	if r.yielded != nil {
		return port.Head{}, r.yielded
	}
	if err != nil {
		return port.Head{}, err
	}
	if r.broken || after == 0 && r.empty != r.forgotten {
		return r.head, errGap
	}
	return r.head, nil
}

// reader reads one person's log from one view of the database.
type reader struct {
	person port.PersonID
	after  int64
	yield  func(port.Record) error
	line   *ear

	head      port.Head
	forgotten int64 // of the whole log, by its head
	next      int64 // the seq that must come
	given     int64 // records yielded
	empty     int64 // of these, without bytes
	broken    bool  // a row was missing or out of turn
	yielded   error // what yield answered
}

func (r *reader) read(ctx context.Context, s *Store) error {
	if r.given == 0 {
		if all, err := r.first(ctx, s); all || err != nil {
			return err
		}
	}
	if r.given > 0 {
		return r.resume(ctx, s)
	}
	tx, err := s.pool.BeginTx(ctx, oneView)
	if err != nil {
		return err
	}
	defer tx.Rollback(context.WithoutCancel(ctx))
	if err := r.readHead(ctx, tx); err != nil {
		return err
	}
	return r.finish(ctx, tx, math.MaxInt64)
}

// first reads up to a page, and tells whether that was all. What is missing or out of
// turn ends it before that was yielded: a transaction of its own sees to the rest.
func (r *reader) first(ctx context.Context, s *Store) (all bool, err error) {
	rows, err := s.pool.Query(ctx, readFirstSQL, uuid(r.person), r.after, page)
	if err != nil {
		return false, err
	}
	defer rows.Close()
	there := false
	for rows.Next() {
		var seq *int64
		var id *[16]byte
		rec := port.Record{}
		if err := rows.Scan(&r.head.Version, &r.head.Last, &r.head.Sealed, &r.forgotten, &seq, &id, &rec.Ciphertext); err != nil {
			return false, err
		}
		there = true
		if r.head.Last <= r.after {
			return true, nil
		}
		if seq == nil || *seq != r.next {
			return false, nil
		}
		rec.Seq, rec.ID = *seq, *id
		if err := r.give(ctx, rec); err != nil {
			return false, err
		}
	}
	if err := rows.Err(); err != nil {
		return false, err
	}
	if !there {
		return false, errNobody
	}
	return r.next == r.head.Last+1, nil
}

// resume reads the rest of the log as it was at r.head. Appends leave that part as
// it is, and so does settling a log that lacks nothing.
func (r *reader) resume(ctx context.Context, s *Store) error {
	tx, err := s.pool.BeginTx(ctx, oneView)
	if err != nil {
		return err
	}
	defer tx.Rollback(context.WithoutCancel(ctx))
	now := *r
	if err := now.readHead(ctx, tx); err != nil {
		return err
	}
	same := now.head.Version == r.head.Version
	if r.broken || !same && (now.forgotten != r.forgotten || now.head.Last < r.head.Last) {
		return fault.New(fault.Conflict, "store.busy")
	}
	if same {
		return r.finish(ctx, tx, math.MaxInt64)
	}
	return r.finish(ctx, tx, r.head.Last)
}

// finish yields what is still to come, up to the given seq.
func (r *reader) finish(ctx context.Context, tx pgx.Tx, upTo int64) error {
	for before := r.given - page; r.given == before+page; {
		before = r.given
		if err := r.rows(ctx, tx, readAfterSQL, uuid(r.person), r.next-1, upTo, page); err != nil {
			return err
		}
	}
	r.broken = r.broken || r.next != r.head.Last+1
	if r.broken && r.after == 0 {
		return r.rows(ctx, tx, readBeforeSQL, uuid(r.person))
	}
	return nil
}

func (r *reader) readHead(ctx context.Context, q querier) error {
	err := q.QueryRow(ctx, headAllSQL, uuid(r.person)).Scan(&r.head.Version, &r.head.Last, &r.head.Sealed, &r.forgotten)
	if errors.Is(err, pgx.ErrNoRows) {
		return errNobody
	}
	return err
}

func (r *reader) rows(ctx context.Context, tx pgx.Tx, text string, args ...any) error {
	rows, err := tx.Query(ctx, text, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var rec port.Record
		if err := rows.Scan(&rec.Seq, (*[16]byte)(&rec.ID), &rec.Ciphertext); err != nil {
			return err
		}
		if err := r.give(ctx, rec); err != nil {
			return err
		}
	}
	return rows.Err()
}

// give yields one record and counts it.
func (r *reader) give(ctx context.Context, rec port.Record) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if rec.Seq != r.next {
		r.broken = true
	}
	if rec.Seq >= r.next {
		r.next = rec.Seq + 1
	}
	r.given++
	if len(rec.Ciphertext) == 0 {
		r.empty++
	}
	// Whoever takes the record may take their time: it is not the line's silence.
	r.line.rest()
	defer r.line.listen()
	r.yielded = r.yield(rec)
	return r.yielded
}
