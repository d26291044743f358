package desk

import (
	"context"
	"crypto/ed25519"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/evenkeel/evenkeel/care/audit"
	"github.com/evenkeel/evenkeel/internal/app/desk/keyring"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/vault/envelope"
	"github.com/evenkeel/evenkeel/journal"
)

func checkNames(p Program, member string) error {
	for _, name := range []string{p.Name, member} {
		if err := checkName(name); err != nil {
			return err
		}
	}
	if !slices.Contains(journal.Recipients, p.Kind) {
		return fault.New(fault.Invalid, "desk.kind_form")
	}
	return nil
}

func checkName(name string) error {
	if name == "" || len(name) > keyring.MaxName || !utf8.ValidString(name) || strings.ContainsFunc(name, func(r rune) bool { return r < ' ' }) {
		return fault.New(fault.Invalid, "desk.name_form", "n", keyring.MaxName)
	}
	return nil
}

// newKey is the event of a fresh key that people share to.
func (d *Desk) newKey() (event, error) {
	recipient, err := envelope.NewRecipient(d.Random)
	if err != nil {
		return event{}, err
	}
	return event{Kind: kindKey, Secret: recipient.Bytes()}, nil
}

// find is the member of a name or an id. Where there is one only, no name is needed.
func find(members []keyring.Member, who string) (MemberID, error) {
	who = strings.TrimSpace(who)
	if who == "" && len(members) == 1 {
		return members[0].ID, nil
	}
	for _, m := range members {
		if m.Name == who || m.ID.String() == who {
			return m.ID, nil
		}
	}
	return MemberID{}, fault.New(fault.NotFound, "desk.no_member")
}

// Unlock opens the desk for a member, by name or id, with their own passphrase.
func (d *Desk) Unlock(ctx context.Context, member, passphrase string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	logs, err := d.logs(ctx)
	if err != nil {
		return err
	}
	if len(logs) == 0 {
		return fault.New(fault.NotFound, "desk.none")
	}
	at := logs[0]
	id, err := find(at.ring.Members(), member)
	if err != nil {
		return err
	}
	me, err := at.ring.Open(d.Random, id, passphrase)
	if err != nil {
		return err
	}
	d.hold(at.person, me)
	if err := d.book.follow(ctx); err != nil {
		d.lock()
		return err
	}
	if len(logs) > 1 {
		return d.settle(ctx, logs, id, passphrase)
	}
	return d.settled(ctx)
}

// settled checks that the log knows the member whom the ring let in, and keeps the
// newest data key under their own.
func (d *Desk) settled(ctx context.Context) error {
	b := d.book
	m := b.state.present(b.me.Member.ID)
	if m == nil || !slices.Equal(m.Sign, b.me.Sign.Public().(ed25519.PublicKey)) {
		d.lock()
		return fault.New(fault.Corrupt, "desk.not_in_log")
	}
	if !b.me.Behind {
		return nil
	}
	return d.catchUp(ctx)
}

func (d *Desk) saveRing(ctx context.Context, at logAt) error {
	body, err := at.ring.Marshal()
	if err != nil {
		return err
	}
	return d.Store.PutKeyring(ctx, at.person, body, at.version)
}

// Program is whose desk it is.
func (d *Desk) Program(ctx context.Context) (p Program, err error) {
	err = d.read(ctx, func(s *state) error { p = s.program; return nil })
	return p, err
}

// Me is the member at the desk; zero while it is locked.
func (d *Desk) Me() MemberID {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.book == nil {
		return MemberID{}
	}
	return d.book.me.Member.ID
}

// Members lists all, those who were removed too.
func (d *Desk) Members(ctx context.Context) (list []Member, err error) {
	err = d.read(ctx, func(s *state) error { list = slices.Clone(s.members); return nil })
	return list, err
}

// ring is the desk's ring as it stands; the caller holds mu.
func (d *Desk) ring(ctx context.Context) (logAt, error) {
	if d.book == nil {
		return logAt{}, Locked()
	}
	body, version, err := d.Store.Keyring(ctx, d.book.person)
	if fault.Is(err, fault.NotFound) {
		return logAt{}, d.after(moved())
	}
	if err != nil {
		return logAt{}, err
	}
	ring, err := keyring.Parse(body)
	if err != nil {
		return logAt{}, err
	}
	ring.StretchBy(d.Stretch)
	return logAt{d.book.person, ring, version}, nil
}

// AddMember lets one more person open the desk, with a passphrase that they choose.
func (d *Desk) AddMember(ctx context.Context, name, passphrase string) (Member, error) {
	name = strings.TrimSpace(name)
	if err := checkName(name); err != nil {
		return Member{}, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	at, err := d.ring(ctx)
	if err != nil {
		return Member{}, err
	}
	m, err := at.ring.Add(d.Random, d.book.me.Data, name, passphrase, d.Cost())
	if err != nil {
		return Member{}, err
	}
	// The log names them first: a place in the ring that the log does not know opens
	// nothing.
	_, err = d.write(ctx, audit.Line{Action: audit.MemberAdd, Subject: m.ID.String(), Detail: m.Name}, func(s *state) (events []event, err error) {
		for _, other := range s.members {
			if other.Name == name && other.Removed.IsZero() {
				// The ring does not have them: a stop came between log and ring.
				events = append(events, event{Kind: kindRemoved, Removed: &other.ID})
			}
		}
		return append(events, event{Kind: kindMember, Member: &m}), nil
	})
	if err != nil {
		return Member{}, err
	}
	if err := d.saveRing(ctx, at); err != nil {
		return Member{}, d.withdraw(ctx, m.ID, err)
	}
	return *d.book.state.member(m.ID), nil
}

// withdraw takes back a member whose place in the ring could not be saved.
func (d *Desk) withdraw(ctx context.Context, id MemberID, why error) error {
	_, err := d.write(ctx, audit.Line{Action: audit.MemberRemove, Subject: id.String()}, func(*state) ([]event, error) {
		return []event{{Kind: kindRemoved, Removed: &id}}, nil
	})
	if err != nil {
		return err
	}
	return why
}

// RemoveMember takes a member's way in away. What they read is not unread: who kept a
// copy of the desk's file and their passphrase opens that copy as it was, and Rekey
// keeps them from what comes after.
func (d *Desk) RemoveMember(ctx context.Context, id MemberID) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	at, err := d.ring(ctx)
	if err != nil {
		return err
	}
	if err := d.book.follow(ctx); err != nil {
		return d.after(err)
	}
	name := ""
	if m := d.member(id); m != nil {
		name = m.Name
	}
	switch err := at.ring.Remove(id); {
	case err == nil:
		if err := d.saveRing(ctx, at); err != nil {
			return err
		}
	case !fault.Is(err, fault.NotFound):
		return err
		// Else the log alone may have them: a stop came between ring and log.
	}
	_, err = d.write(ctx, audit.Line{Action: audit.MemberRemove, Subject: id.String(), Detail: name}, func(s *state) ([]event, error) {
		if s.present(id) == nil {
			return nil, fault.New(fault.NotFound, "desk.no_member")
		}
		return []event{{Kind: kindRemoved, Removed: &id}}, nil
	})
	if err == nil && id == d.book.me.Member.ID {
		d.lock()
	}
	return err
}

func (d *Desk) member(id MemberID) *Member {
	if d.book == nil || d.book.state == nil {
		return nil
	}
	return d.book.state.member(id)
}

// SetPassphrase changes the passphrase of the member at the desk, who proves the
// present one.
func (d *Desk) SetPassphrase(ctx context.Context, present, next string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	at, err := d.ring(ctx)
	if err != nil {
		return err
	}
	me, err := at.ring.Open(d.Random, d.book.me.Member.ID, present)
	if err != nil {
		return err
	}
	defer me.Wipe()
	if err := at.ring.SetPassphrase(me, next, d.Cost()); err != nil {
		return err
	}
	if err := d.saveRing(ctx, at); err != nil {
		return err
	}
	return d.audited(ctx, audit.Line{Action: audit.Passphrase})
}

// trusted are the members who are there, with the keys that the log has for them.
func trusted(s *state) (list []keyring.Member) {
	for _, m := range s.members {
		if m.Removed.IsZero() {
			list = append(list, m.Member)
		}
	}
	return list
}
