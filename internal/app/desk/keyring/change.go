package keyring

import (
	"io"
	"slices"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/vault"
	"github.com/evenkeel/evenkeel/internal/vault/envelope"
)

// Catch keeps the newest data key under the member's own key, where an older one
// stood.
func (r *Ring) Catch(o *Opened) error {
	i := r.find(o.Member.ID)
	if i < 0 {
		return fault.New(fault.NotFound, "desk.no_member")
	}
	mine := o.secrets
	mine.Data = slices.Clone(o.Data[:])
	defer clear(mine.Data)
	if err := r.keep(&r.slots[i], o.personal, mine); err != nil {
		return err
	}
	o.Behind = false
	return nil
}

// SetPassphrase gives an opened member another passphrase.
func (r *Ring) SetPassphrase(o *Opened, passphrase string, cost vault.Cost) error {
	i := r.find(o.Member.ID)
	if i < 0 {
		return fault.New(fault.NotFound, "desk.no_member")
	}
	return r.lock(&r.slots[i], o.personal, passphrase, cost)
}

// Rekeyed is the ring of the log that takes the place of another: the same members,
// each of whom finds the new data key. Only who is trusted gets it, under the keys
// that the log names for them; a place that somebody put into the file is dropped.
func (r *Ring) Rekeyed(random io.Reader, o *Opened, from port.PersonID, trusted []Member, data [32]byte) (*Ring, error) {
	next := &Ring{program: r.program, from: &from}
	before := vault.KeyOf(o.Data, random)
	defer before.Wipe()
	for _, s := range r.slots {
		i := slices.IndexFunc(trusted, func(m Member) bool { return m.ID == s.ID })
		if i < 0 {
			continue
		}
		letter, err := envelope.Seal(trusted[i].Seal, o.Sign, r.context(s.ID), data[:])
		if err != nil {
			return nil, err
		}
		sealed, err := before.Seal(nil, r.place(s.ID), s.ID, letter)
		if err != nil {
			return nil, err
		}
		s.Next = append(slices.Clone(s.Next), sealed)
		next.slots = append(next.slots, s)
	}
	return next, nil
}
