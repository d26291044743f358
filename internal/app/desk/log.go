package desk

import (
	"context"
	"errors"
	"io"
	"runtime"
	"slices"
	"sync"

	"github.com/evenkeel/evenkeel/internal/app/desk/keyring"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/vault"
	"github.com/evenkeel/evenkeel/internal/vault/head"
)

// book is the desk's log, opened by one member: read as far as seq.
type book struct {
	store  port.Store
	person port.PersonID
	random io.Reader
	key    *vault.Key
	me     *keyring.Opened

	state   *state // nil until it was read
	chain   *head.Chain
	seq     int64
	version int64
}

// tries is how often a change is made anew because another process was quicker.
const tries = 20

// follow reads what the log got since the last time.
func (b *book) follow(ctx context.Context) error {
	if b.state != nil {
		agrees, err := b.readOn(ctx)
		if err != nil || agrees {
			return err
		}
	}
	return b.readAll(ctx)
}

// readOn reads what is new and tells whether the log still agrees with its head.
// Where it does not, another process may have removed the bytes that were outdated.
func (b *book) readOn(ctx context.Context) (agrees bool, err error) {
	now, err := b.read(ctx)
	if err != nil {
		if errors.Is(err, port.ErrIncomplete) {
			return false, nil
		}
		return false, err
	}
	if now.Version == b.version {
		return true, nil
	}
	if now.Last != b.seq || len(now.Sealed) == 0 {
		return false, nil
	}
	b.version = now.Version
	lost, err := b.chain.Compare(b.key, b.person, now.Sealed)
	if err != nil || lost == b.chain.Lost() {
		return err == nil, err
	}
	b.chain.Forget(b.outdated()...)
	if lost, err = b.chain.Compare(b.key, b.person, now.Sealed); err != nil || lost != b.chain.Lost() {
		return false, err
	}
	clear(b.state.stale)
	return true, nil
}

func (b *book) outdated() (ids [][16]byte) {
	for id := range b.state.stale {
		ids = append(ids, id)
	}
	return ids
}

func (b *book) readAll(ctx context.Context) error {
	b.state, b.chain, b.seq = newState(), new(head.Chain), 0
	now, err := b.read(ctx)
	if err != nil && !errors.Is(err, port.ErrIncomplete) {
		b.state = nil
		return err
	}
	b.seq, b.version = now.Last, now.Version
	if len(now.Sealed) > 0 {
		lost, bad := b.chain.Compare(b.key, b.person, now.Sealed)
		if bad != nil {
			b.state = nil
			return bad
		}
		b.chain.Lose(lost)
	}
	// Only an empty log has no head.
	if err != nil && !b.chain.Lost().Any() || len(now.Sealed) == 0 && now.Last > 0 {
		b.chain.Lose(head.Lost{Changed: true})
	}
	return nil
}

// batch is how many records one worker opens at a time.
const batch = 32

// read takes in the records after seq. They are opened and read on every core while
// the store still reads, their signatures are checked on every core, and then they
// are taken in one after the other.
func (b *book) read(ctx context.Context) (port.Head, error) {
	var part []port.Record
	var forgotten []port.RecordID
	o := b.opener()
	now, err := b.store.ReadAfter(ctx, b.person, b.seq, func(r port.Record) error {
		b.chain.Add(r.ID, len(r.Ciphertext) == 0)
		if len(r.Ciphertext) == 0 {
			forgotten = append(forgotten, r.ID)
			return nil
		}
		part = append(part, port.Record{Seq: r.Seq, ID: r.ID, Ciphertext: slices.Clone(r.Ciphertext)})
		if len(part) == batch {
			o.open(part)
			part = nil
		}
		return nil
	})
	o.open(part)
	all := o.done()
	if fault.Is(err, fault.NotFound) {
		return now, moved() // another process gave the desk a new key
	}
	if err != nil && !errors.Is(err, port.ErrIncomplete) {
		b.state = nil
		return now, err
	}
	b.verify(all)
	for i := range all {
		b.state.apply(&all[i])
	}
	for _, id := range forgotten {
		delete(b.state.stale, id)
	}
	b.seq = max(now.Last, b.seq)
	return now, err
}

// opener opens records on every core, in parts that keep their order.
type opener struct {
	book    *book
	parts   chan openPart
	workers sync.WaitGroup
	out     []*[]written
}

type openPart struct {
	records []port.Record
	out     *[]written
}

func (b *book) opener() *opener { return &opener{book: b} }

func (o *opener) open(records []port.Record) {
	if len(records) == 0 {
		return
	}
	if o.parts == nil {
		o.parts = make(chan openPart)
		for range runtime.GOMAXPROCS(0) {
			o.workers.Go(func() {
				for p := range o.parts {
					for _, r := range p.records {
						*p.out = append(*p.out, o.book.openOne(r))
					}
				}
			})
		}
	}
	out := new([]written)
	o.out = append(o.out, out)
	o.parts <- openPart{records, out}
}

// done waits for all of them.
func (o *opener) done() (all []written) {
	if o.parts != nil {
		close(o.parts)
		o.workers.Wait()
	}
	for _, part := range o.out {
		all = append(all, *part...)
	}
	return all
}

func (b *book) openOne(r port.Record) written {
	plain, err := b.key.Open(nil, b.person, r.ID, r.Ciphertext)
	if err != nil {
		return written{id: r.ID, err: err}
	}
	return decode(r.ID, plain)
}

// onEveryCore runs f for 0 to n-1.
func onEveryCore(n int, f func(int)) {
	next := make(chan int)
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), n) {
		workers.Go(func() {
			for i := range next {
				f(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	workers.Wait()
}

// verify checks signatures ahead, under the keys that members have or get here. The
// state takes a check only if it was made under the key that it has itself.
func (b *book) verify(all []written) {
	keys := map[MemberID][]byte{}
	for _, m := range b.state.members {
		keys[m.ID] = m.Sign
	}
	for i := range all {
		if m := all[i].event.Member; m != nil && keys[m.ID] == nil {
			keys[m.ID] = m.Sign
		}
	}
	onEveryCore((len(all)+batch-1)/batch, func(part int) {
		for i := part * batch; i < min(len(all), (part+1)*batch); i++ {
			if w := &all[i]; w.err == nil && w.signedBy(keys[w.by]) {
				w.checked, w.body, w.event.Shown = keys[w.by], nil, nil
			}
		}
	})
}

// write saves what f makes of the desk as it stands now: all or none. F is asked
// again when another process was quicker.
func (b *book) write(ctx context.Context, f func(*state) ([]event, error)) ([]port.RecordID, error) {
	for try := 0; ; try++ {
		if err := b.follow(ctx); err != nil {
			return nil, err
		}
		if err := b.left(); err != nil {
			return nil, err
		}
		events, err := f(b.state)
		if err != nil || len(events) == 0 {
			return nil, err
		}
		ids, err := b.append(ctx, events)
		if err == nil {
			return ids, b.tidy(ctx)
		}
		if fault.Is(err, fault.NotFound) {
			return nil, moved()
		}
		if !fault.Is(err, fault.Conflict) || try == tries {
			return nil, err
		}
	}
}

func (b *book) append(ctx context.Context, events []event) ([]port.RecordID, error) {
	records, read := make([]port.Sealed, len(events)), make([]written, len(events))
	ids, raw := make([]port.RecordID, len(events)), make([][16]byte, len(events))
	for i, e := range events {
		if _, err := io.ReadFull(b.random, ids[i][:]); err != nil {
			return nil, fault.Wrap(err, fault.Internal, "vault.no_random")
		}
		raw[i] = ids[i]
		plain, err := encode(ids[i], e, b.me.Member.ID, b.me.Sign)
		if err != nil {
			return nil, err
		}
		sealed, err := b.key.Seal(nil, b.person, ids[i], plain)
		if err != nil {
			return nil, err
		}
		records[i], read[i] = port.Sealed{ID: ids[i], Ciphertext: sealed}, decode(ids[i], plain)
		read[i].checked = b.me.Member.Sign
	}
	sealed, err := b.chain.Seal(b.key, b.person, raw, nil)
	if err != nil {
		return nil, err
	}
	now, err := b.store.Append(ctx, b.person, b.version, records, sealed)
	if err != nil {
		return nil, err
	}
	b.version, b.seq = now.Version, now.Last
	for i := range read {
		b.chain.Add(ids[i], false)
		b.state.apply(&read[i])
	}
	return ids, nil
}

// tidy removes the bytes of what was replaced or ended. Where another process was
// quicker, the next one does it.
func (b *book) tidy(ctx context.Context) error {
	if len(b.state.stale) == 0 || b.chain.Lost().Any() {
		return nil
	}
	raw := b.outdated()
	ids := make([]port.RecordID, len(raw))
	for i, id := range raw {
		ids[i] = id
	}
	sealed, err := b.chain.Seal(b.key, b.person, nil, raw)
	if err != nil {
		return err
	}
	now, err := b.store.Forget(ctx, b.person, b.version, ids, sealed)
	if now.Version > b.version { // forgotten, also when traces are left
		b.version = now.Version
		b.chain.Forget(raw...)
		if err == nil {
			clear(b.state.stale)
		}
	}
	if fault.Is(err, fault.Conflict) || fault.Is(err, fault.FullDisk) || fault.Is(err, fault.ReadOnly) {
		return nil
	}
	return err
}

// left is a fault where the log goes on elsewhere, or its member was removed: what
// they would write counts for nothing, and what others write is not theirs to see.
func (b *book) left() error {
	switch {
	case b.state.moved != nil:
		return moved()
	case len(b.state.members) > 0 && b.state.present(b.me.Member.ID) == nil:
		return fault.New(fault.Locked, "desk.removed")
	}
	return nil
}

func moved() error { return fault.New(fault.Locked, "desk.moved") }
