package desk

import (
	"context"
	"errors"
	"io"
	"slices"

	"github.com/evenkeel/evenkeel/care/audit"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/vault"
	"github.com/evenkeel/evenkeel/internal/vault/head"
)

// Rekey seals everything anew under a new data key, which every member who is there
// finds at their next unlocking, and draws a new key for the card. Publish the card
// after it. The old log and its ring are destroyed.
//
// What somebody copied before stays open to them, and so does what people share to
// the old key of the card until they have looked at the new one.
//
// The new log is made whole beside the old one. Then the old one gets its last record,
// which names the new one, if nothing was written to it meanwhile; a stop at any point
// before leaves the old one, and any point after the new one.
func (d *Desk) Rekey(ctx context.Context) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	for try := 0; ; try++ {
		if d.book == nil {
			return Locked()
		}
		err := d.rekey(ctx)
		if !fault.Is(err, fault.Conflict) || try == tries {
			return d.after(err)
		}
	}
}

func (d *Desk) rekey(ctx context.Context) error {
	old := d.book
	if err := old.follow(ctx); err != nil {
		return err
	}
	if err := old.chain.Lost().Fault(); err != nil {
		return err // what is missing would be missed no more
	}
	at, err := d.ring(ctx)
	if err != nil {
		return err
	}
	var person port.PersonID
	var data [32]byte
	for _, b := range [][]byte{person[:], data[:]} {
		if _, err := io.ReadFull(d.Random, b); err != nil {
			return fault.Wrap(err, fault.Internal, "vault.no_random")
		}
	}
	defer clear(data[:])
	ring, err := at.ring.Rekeyed(d.Random, old.me, old.person, trusted(old.state), data)
	if err != nil {
		return err
	}
	body, err := ring.Marshal()
	if err != nil {
		return err
	}
	if err := d.Store.CreatePerson(ctx, person, body); err != nil {
		return err
	}
	fresh := &book{store: d.Store, person: person, random: d.Random, key: vault.KeyOf(data, d.Random), me: old.me}
	err = d.copyTo(ctx, old, fresh)
	if err == nil {
		// The last record of the old log, unless somebody wrote to it since.
		_, err = old.append(ctx, []event{{Kind: kindMoved, At: d.Clock.Now(), Moved: &person}})
	}
	if err != nil {
		fresh.key.Wipe()
		return errors.Join(err, d.Store.DeletePerson(ctx, person))
	}
	old.key.Wipe()
	fresh.me.Data = data
	d.book = fresh
	if err := d.Store.DeletePerson(ctx, old.person); err != nil {
		return err
	}
	return d.catchUp(ctx)
}

// copyTo seals every record of a log anew, under its own id, for another.
func (d *Desk) copyTo(ctx context.Context, old, fresh *book) error {
	fresh.state, fresh.chain = newState(), new(head.Chain)
	var part []port.Sealed
	size := 0
	flush := func() error {
		ids := make([][16]byte, len(part))
		for i := range part {
			ids[i] = part[i].ID
		}
		sealed, err := fresh.chain.Seal(fresh.key, fresh.person, ids, nil)
		if err != nil {
			return err
		}
		now, err := d.Store.Append(ctx, fresh.person, fresh.version, part, sealed)
		if err != nil {
			return err
		}
		for _, id := range ids {
			fresh.chain.Add(id, false)
		}
		fresh.version = now.Version
		part, size = nil, 0
		return nil
	}
	// Yield must not call the store: the sealed records are held, as the desk itself is.
	var held []port.Record
	now, err := d.Store.ReadAfter(ctx, old.person, 0, func(r port.Record) error {
		if len(r.Ciphertext) > 0 {
			held = append(held, port.Record{ID: r.ID, Ciphertext: slices.Clone(r.Ciphertext)})
		}
		return nil
	})
	if err != nil {
		return err
	}
	if now.Version != old.version {
		return fault.New(fault.Conflict, "store.moved_on")
	}
	for _, r := range held {
		plain, err := old.key.Open(nil, old.person, r.ID, r.Ciphertext)
		if err != nil {
			return err // a record that cannot be read must not vanish
		}
		sealed, err := fresh.key.Seal(nil, fresh.person, r.ID, plain)
		clear(plain)
		if err != nil {
			return err
		}
		part = append(part, port.Sealed{ID: r.ID, Ciphertext: sealed})
		if size += len(sealed); size > 4<<20 {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	if err := flush(); err != nil {
		return err
	}
	fresh.state = nil // as it stands in the store, signatures and all
	if err := fresh.follow(ctx); err != nil {
		return err
	}
	key, err := d.newKey()
	if err != nil {
		return err
	}
	key.At = d.Clock.Now()
	me := old.me.Member
	line := audit.EndOf(fresh.state.lines).Next(audit.Line{At: key.At, By: me.ID.String(), Name: me.Name, Action: audit.Rekey})
	_, err = fresh.append(ctx, []event{key, {Kind: kindAudit, At: key.At, Audit: &line}})
	return err
}

// catchUp keeps the newest data key under the member's own.
func (d *Desk) catchUp(ctx context.Context) error {
	at, err := d.ring(ctx)
	if err != nil {
		return err
	}
	if err := at.ring.Catch(d.book.me); err != nil {
		return err
	}
	err = d.saveRing(ctx, at)
	if fault.Is(err, fault.Conflict) || fault.Is(err, fault.ReadOnly) || fault.Is(err, fault.FullDisk) {
		return nil // the ring opens all the same, and the next time is as good
	}
	return err
}

// settle finishes, or takes back, a change of the data key that was stopped: the old
// log says which of the two it is. The desk is open on the old one.
func (d *Desk) settle(ctx context.Context, logs []logAt, id MemberID, passphrase string) error {
	old, next := logs[0], logs[1]
	if next.ring.From() == nil || *next.ring.From() != old.person || len(logs) > 2 {
		d.lock()
		return fault.New(fault.Corrupt, "desk.several")
	}
	if to := d.book.state.moved; to == nil || *to != next.person {
		if to != nil { // the one it names is not there
			d.lock()
			return fault.New(fault.Corrupt, "desk.several")
		}
		if err := d.Store.DeletePerson(ctx, next.person); err != nil {
			return err
		}
		return d.settled(ctx)
	}
	me, err := next.ring.Open(d.Random, id, passphrase)
	if err != nil {
		d.lock()
		return err
	}
	d.hold(next.person, me)
	if err := d.book.follow(ctx); err != nil {
		d.lock()
		return err
	}
	if err := d.settled(ctx); err != nil {
		return err
	}
	return d.Store.DeletePerson(ctx, old.person)
}
