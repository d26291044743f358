package union

import (
	"bytes"
	"context"
	"io"
	"maps"
	"slices"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/wire"
	"github.com/evenkeel/evenkeel/journal"
)

// atOnce bounds the records of one batch: a database that takes over as a host's
// store may allow only so many rows a transaction.
const atOnce = 1000

// draft is a record that is still to be sealed, which waits for the chain before it.
type draft struct {
	id      port.RecordID
	kind    byte
	payload []byte
}

// push brings every event that the host has not, and again every one that it harmed.
func (r *round) push(ctx context.Context) error {
	held, err := r.u.App.Held(ctx)
	if err != nil {
		return err
	}
	harmed := r.harmed(held)
	maps.Copy(r.harm, harmed)
	want := map[port.RecordID]byte{}
	for id, forgotten := range held {
		id := port.RecordID(id)
		switch {
		case forgotten:
		case !r.v.at[id]:
			if !r.v.brought(id) {
				want[id] = kindEvent
			}
		case harmed[id]:
			want[id] = kindAgain
		}
	}
	if len(want) == 0 {
		return nil
	}
	drafts, err := r.drafts(ctx, want)
	if err != nil {
		return err
	}
	r.done.TooLong = 0
	return r.bring(ctx, drafts)
}

// bring brings all of them, in as many batches as it takes.
func (r *round) bring(ctx context.Context, drafts []draft) (err error) {
	for len(drafts) > 0 && err == nil {
		drafts, err = r.batch(ctx, drafts)
	}
	return err
}

// harmed are the events whose record on the host is empty though nobody said that
// it is forgotten, or does not open, and that stand nowhere else there.
func (r *round) harmed(held map[journal.ID]bool) map[port.RecordID]bool {
	list := map[port.RecordID]bool{}
	for _, set := range []map[port.RecordID]bool{r.v.empty, r.v.bad} {
		for id := range set {
			if of, again := r.v.again[id]; again {
				id = of
			}
			if forgotten := held[journal.ID(id)]; !forgotten && !r.v.told[id] && !r.v.brought(id) {
				list[id] = true
			}
		}
	}
	return list
}

func (r *round) drafts(ctx context.Context, want map[port.RecordID]byte) (drafts []draft, err error) {
	_, err = r.u.App.Each(ctx, true, func(id journal.ID, plain []byte) error {
		kind, wanted := want[port.RecordID(id)]
		if !wanted {
			return nil
		}
		d := draft{id: port.RecordID(id), kind: kind, payload: bytes.Clone(plain)}
		if kind == kindAgain {
			d.payload = append(id[:], plain...)
			if _, err := io.ReadFull(r.u.Random, d.id[:]); err != nil {
				return fault.Wrap(err, fault.Internal, "vault.no_random")
			}
		}
		drafts = append(drafts, d)
		return nil
	})
	return drafts, err
}

// batch seals and brings as many as fit, and gives those that are left: all of them
// where the line was too slow for so many.
func (r *round) batch(ctx context.Context, drafts []draft) (left []draft, err error) {
	var records []port.Sealed
	var sent []draft
	size := 0
	for len(drafts) > 0 && len(sent) < atOnce {
		d := drafts[0]
		rec, err := frame{kind: d.kind, writer: r.writer, last: r.v.last(), chain: r.v.chain(), payload: d.payload}.seal(r.key, r.s.address(), d.id)
		if err != nil {
			return nil, err
		}
		if len(rec.Ciphertext) > wire.MaxRecord {
			r.done.TooLong++
			drafts = drafts[1:]
			continue
		}
		if size += wire.RecordSize(rec); size > r.stride.Bytes() && len(sent) > 0 {
			break
		}
		records, sent, drafts = append(records, rec), append(sent, d), drafts[1:]
	}
	if len(records) == 0 {
		return drafts, nil
	}
	head, err := r.line.Push(ctx, r.head.Version, records)
	if slow(err) && len(sent) > 1 && r.stride.Lost() {
		return slices.Concat(sent, drafts), nil
	}
	if err != nil {
		return nil, err
	}
	r.stride.Arrived()
	before := r.v.last()
	for _, d := range sent {
		r.v.add(d.id)
		r.v.tail = tail{r.v.last(), before, r.writer}
		switch d.kind {
		case kindAgain:
			r.v.again[d.id] = port.RecordID(d.payload[:16])
		case kindTold:
			maps.Copy(r.v.told, setOf(d.payload))
		default:
			r.done.Brought++
		}
	}
	if head.Last != r.v.last() || head.Chain != r.v.chain() {
		return nil, errForked
	}
	r.head = head
	return drafts, r.note(ctx)
}

// slow tells a request that its line was too slow for.
func slow(err error) bool {
	key, _ := fault.KeyOf(err)
	return key == "host.slow" || key == "host.body_cut"
}

// forget has the host remove what was forgotten here. Before that every device is
// told, by a sealed list: an empty record that nobody told of was harmed.
func (r *round) forget(ctx context.Context) error {
	held, err := r.u.App.Held(ctx)
	if err != nil {
		return err
	}
	var gone, untold []port.RecordID
	add := func(id, of port.RecordID) {
		if r.v.empty[id] || !held[journal.ID(of)] {
			return
		}
		gone = append(gone, id)
		if !r.v.told[id] {
			untold = append(untold, id)
		}
	}
	for _, id := range r.v.seen {
		of, again := r.v.again[id]
		if !again {
			of = id
		}
		add(id, of)
	}
	for len(untold) > 0 {
		n := min(len(untold), atOnce)
		d := draft{kind: kindTold, payload: wire.AppendIDs(nil, untold[:n]...)}
		if _, err := io.ReadFull(r.u.Random, d.id[:]); err != nil {
			return fault.Wrap(err, fault.Internal, "vault.no_random")
		}
		if err := r.bring(ctx, []draft{d}); err != nil {
			return err
		}
		untold = untold[n:]
	}
	for len(gone) > 0 {
		n := min(len(gone), atOnce)
		head, err := r.line.Forget(ctx, r.head.Version, gone[:n])
		if err != nil {
			return err
		}
		if head.Last != r.v.last() || head.Chain != r.v.chain() {
			return errForked
		}
		r.head = head
		for _, id := range gone[:n] {
			r.v.empty[id] = true
		}
		r.done.Forgotten += n
		gone = gone[n:]
		if err := r.note(ctx); err != nil {
			return err
		}
	}
	return nil
}
