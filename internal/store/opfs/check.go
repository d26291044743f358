package opfs

import (
	"context"
	"fmt"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
)

func (s *Store) Check(ctx context.Context) (port.Report, error) {
	r := port.Report{Kind: "opfs", SchemaVersion: schema}
	persons, err := s.Persons(ctx)
	if err != nil {
		return r, err
	}
	for _, person := range persons {
		r.Persons++
		err := s.with(ctx, person, func(j *journal) error { return j.check(person, &r) })
		if fault.Is(err, fault.Corrupt) || fault.Is(err, fault.NewerVersion) {
			r.Problems = append(r.Problems, err)
		} else if err != nil {
			return r, err
		}
	}
	return r, nil
}

func (j *journal) check(person port.PersonID, r *port.Report) error {
	problem := func(key, what string) {
		r.Problems = append(r.Problems, fault.New(fault.Corrupt, key, "what", "journal "+person.String()+what))
	}
	r.Bytes += j.size
	r.Records += int64(len(j.rows))
	r.Forgotten += j.empty()
	_, whole := j.inOrder(0)
	switch {
	case j.tail:
		r.Problems = append(r.Problems, errTail)
	case j.gap || j.double:
		problem("store.check_damaged", "")
	case j.empty() != j.forgot:
		problem("store.check_emptied", fmt.Sprintf(", %d / %d", j.empty(), j.forgot))
	case !whole:
		problem("store.check_missing", fmt.Sprintf(", %d of %d", len(j.rows), j.head.Last))
	}
	w := &window{f: j.f, size: j.size}
	rotten := 0
	for _, row := range j.rows {
		b, err := w.bytes(row.at, int64(row.size))
		if err != nil {
			return err
		}
		if row.size > 0 && sum(b) != row.sum {
			rotten++
		}
	}
	if rotten > 0 {
		problem("store.check_damaged", fmt.Sprintf(", %d", rotten))
	}
	_, at, twice := readRing(j.f)
	if at < 0 {
		return errDamaged
	}
	if n := len(j.unclear); n > 0 || twice {
		r.Problems = append(r.Problems, fault.New(fault.Corrupt, "store.check_traces", "what", max(n, 1)))
	}
	return nil
}
