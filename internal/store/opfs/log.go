package opfs

import (
	"bytes"
	"context"
	"slices"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
)

func (s *Store) Append(ctx context.Context, person port.PersonID, version int64, records []port.Sealed, head []byte) (next port.Head, err error) {
	var data []byte
	fr := &frame{kind: appended, entries: make([]entry, len(records)), sealed: bytes.Clone(head)}
	seen := make(map[port.RecordID]bool, len(records))
	twice := false
	for i, r := range records {
		if len(r.Ciphertext) == 0 {
			return next, fault.New(fault.Invalid, "store.empty_record")
		}
		twice = twice || seen[r.ID]
		seen[r.ID] = true
		fr.entries[i] = entry{r.ID, uint32(len(r.Ciphertext)), sum(r.Ciphertext)}
		data = append(data, r.Ciphertext...)
	}
	err = s.with(ctx, person, func(j *journal) error {
		if j.head.Version != version || twice || slices.ContainsFunc(records, j.has) {
			return errMoved
		}
		fr.first = j.last() + 1
		fr.version, fr.last, fr.forgot = version+1, j.last()+int64(len(records)), j.forgot
		if err := j.write(fr, data); err != nil {
			return err
		}
		next = copied(j.head)
		return nil
	})
	return next, err
}

func (j *journal) has(r port.Sealed) bool { _, there := j.byID[r.ID]; return there }

// last is the highest seq that is taken. Where rows stand out of turn it can be
// above the head's: new entries go behind them all, and reading goes on saying
// that something is wrong.
func (j *journal) last() int64 {
	last := j.head.Last
	if j.crooked {
		for _, r := range j.rows {
			last = max(last, r.seq)
		}
	}
	return last
}

func (s *Store) ReadAfter(ctx context.Context, person port.PersonID, after int64, yield func(port.Record) error) (head port.Head, err error) {
	var yielded error
	err = s.with(ctx, person, func(j *journal) error {
		rows, whole := j.inOrder(max(after, 0))
		w := &window{f: j.f, size: j.size}
		for _, r := range rows {
			if err := ctx.Err(); err != nil {
				return err
			}
			var b []byte
			if r.size > 0 {
				if b, err = w.bytes(r.at, int64(r.size)); err != nil {
					return err
				}
			}
			if yielded = yield(port.Record{Seq: r.seq, ID: r.id, Ciphertext: b}); yielded != nil {
				return yielded
			}
		}
		head = copied(j.head)
		switch {
		case after <= 0 && j.tail:
			return errTail
		case !whole:
			return errGap
		}
		return nil
	})
	if yielded != nil {
		return port.Head{}, yielded
	}
	return head, err
}

func (s *Store) Forget(ctx context.Context, person port.PersonID, version int64, ids []port.RecordID, head []byte) (next port.Head, err error) {
	err = s.with(ctx, person, func(j *journal) error {
		if j.head.Version != version {
			return errMoved
		}
		fr := &frame{kind: forgotten, sealed: bytes.Clone(head), version: version + 1, last: j.head.Last}
		for _, id := range ids {
			if i, there := j.byID[id]; there && j.rows[i].size > 0 && !slices.Contains(fr.emptied, j.rows[i].seq) {
				fr.emptied = append(fr.emptied, j.rows[i].seq)
			}
		}
		fr.forgot = j.forgot + int64(len(fr.emptied))
		if err := j.write(fr, nil); err != nil {
			return err
		}
		next = copied(j.head)
		if err := j.clear(); err != nil {
			return tracesFault(err)
		}
		return nil
	})
	return next, err
}

// Settle writes what is left into one frame that takes the place of all others,
// and overwrites those.
func (s *Store) Settle(ctx context.Context, person port.PersonID, version int64) (next port.Head, err error) {
	err = s.with(ctx, person, func(j *journal) error {
		if j.head.Version != version {
			return errMoved
		}
		rows, _ := j.inOrder(0)
		w := &window{f: j.f, size: j.size}
		fr := &frame{kind: settled, first: 1, version: version + 1, last: int64(len(rows))}
		var data []byte
		for _, r := range rows {
			b, err := w.bytes(r.at, int64(r.size))
			if err != nil {
				return err
			}
			if r.size == 0 {
				fr.forgot++
			}
			fr.entries = append(fr.entries, entry{r.id, r.size, sum(b)})
			data = append(data, b...)
		}
		start := j.size
		if !j.tail {
			start = j.end
		}
		if err := j.write(fr, data); err != nil {
			return err
		}
		j.gap = false
		next = copied(j.head)
		if err := j.clear(); err != nil {
			return tracesFault(err)
		}
		j.mark.start = start
		j.note()
		return nil
	})
	return next, err
}
