package union

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/wire"
	"github.com/evenkeel/evenkeel/journal"
)

// What a host did to a log, each in one sentence.
var (
	errRolledBack = fault.New(fault.Corrupt, "union.rolled_back")
	errWithheld   = fault.New(fault.Corrupt, "union.withheld")
	errForked     = fault.New(fault.Corrupt, "union.forked")
	errTooMuch    = fault.New(fault.Corrupt, "union.too_much")
	errDribbled   = fault.New(fault.Corrupt, "union.dribbled")
)

// fewAnswers may be as small as they like. Beyond these, two answers of an honest host
// one after the other hold more than the least page that a device asks for, since a
// record ends an answer only where it does not fit.
const fewAnswers = 64

// event is one that came from the host.
type event struct {
	id    port.RecordID
	plain []byte
}

// pull reads all that the host has and this device has not seen, and compares: with
// the chain that the host names, with what each writer saw, and with what the
// device that invited this one saw.
func (r *round) pull(ctx context.Context) (events []event, err error) {
	received := 0
	for answers := 1; ; answers++ {
		head, records, err := r.line.Pull(ctx, r.v.last())
		switch {
		case err != nil:
			return nil, err
		case head.Last > wire.MostRecords:
			return nil, errTooMuch
		case head.Last < r.v.last():
			return nil, errRolledBack
		case r.v.last()+int64(len(records)) > head.Last:
			return nil, errForked
		case len(records) == 0 && head.Last > r.v.last():
			return nil, errWithheld
		}
		for _, rec := range records {
			received += wire.RecordSize(rec)
			if events, err = r.take(rec, events); err != nil {
				return nil, err
			}
		}
		if r.v.last() < head.Last {
			if received < (answers-fewAnswers)*(wire.LeastPage/2) {
				return nil, errDribbled
			}
			continue
		}
		if head.Chain != r.v.chain() {
			return nil, errForked
		}
		if f := r.s.Floor; f != nil {
			if f.Last > r.v.last() {
				return nil, errRolledBack
			}
			if r.v.chains[f.Last] != wire.Chain(f.Chain) {
				return nil, errForked
			}
			r.s.Floor = nil
		}
		r.head = head
		return events, nil
	}
}

// take takes in the host's next record.
func (r *round) take(rec port.Sealed, events []event) ([]event, error) {
	if r.v.at[rec.ID] {
		return nil, errForked // an id cannot come twice
	}
	if len(rec.Ciphertext) == 0 {
		r.v.add(rec.ID)
		r.v.empty[rec.ID] = true
		return events, nil
	}
	f, err := openFrame(r.key, r.s.address(), rec)
	switch {
	case fault.Is(err, fault.Corrupt):
		r.v.add(rec.ID)
		r.v.bad[rec.ID] = true
		return events, nil
	case err != nil:
		return nil, err
	case f.last > r.v.last() || r.v.chains[f.last] != f.chain || !f.follows(r.v.tail):
		return nil, errForked
	}
	r.v.add(rec.ID)
	r.v.tail = tail{r.v.last(), f.last, f.writer}
	switch id := rec.ID; f.kind {
	case kindTold:
		for told := range setOf(f.payload) {
			r.v.told[told] = true
		}
	case kindAgain:
		id = port.RecordID(f.payload[:16])
		r.v.again[rec.ID] = id
		events = append(events, event{id, f.payload[16:]})
	default:
		events = append(events, event{id, f.payload})
	}
	return events, nil
}

// merge keeps what came. What a newer release wrote is carried along as it is.
func (r *round) merge(ctx context.Context, events []event) error {
	if len(events) > 0 {
		merged, err := r.u.App.Merge(ctx, func(b *app.Batch) error {
			for _, e := range events {
				id := journal.ID(e.id)
				decoded, err := journal.Decode(e.plain)
				var unreadable *journal.UnreadableError
				if err != nil && !(errors.As(err, &unreadable) && unreadable.Newer) && !json.Valid(e.plain) {
					r.v.bad[e.id] = true // a device sealed it, and it is no event
					continue
				}
				if err == nil {
					b.Look(id, &decoded)
				}
				if err := b.Add(id, bytes.Clone(e.plain)); err != nil {
					return err
				}
			}
			return nil
		})
		r.done.Found = append(r.done.Found, merged.Found...)
		if err != nil {
			return err
		}
		r.done.Fetched += merged.Added
	}
	return nil
}
