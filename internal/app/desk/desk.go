package desk

import (
	"context"
	"crypto/ed25519"
	"errors"
	"io"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/evenkeel/evenkeel/care/audit"
	"github.com/evenkeel/evenkeel/internal/app/desk/keyring"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/vault"
	"github.com/evenkeel/evenkeel/internal/wire"
)

// Line reaches the desk's own log on a host, for its inbox and its card. Errors are
// faults.
type Line interface {
	Begin(ctx context.Context, invitation string) error
	PutCard(ctx context.Context, card []byte) error
	Inbox(ctx context.Context, after int64) (wire.Head, []port.Sealed, error)
	ForgetInbox(ctx context.Context, version int64, ids []port.RecordID) (wire.Head, error)
}

// Visitor fetches shares from one host. A share that ended is fault.NotFound.
type Visitor interface {
	Fetch(ctx context.Context, share wire.Address, recipient string) (body []byte, contentType string, err error)
}

// Config is what a Desk is wired from.
type Config struct {
	Store port.Store
	Clock port.Clock
	// Random is the source of keys and nonces: crypto/rand.Reader.
	Random io.Reader
	// Cost chooses how hard a new passphrase is to guess; the floor when nil.
	Cost func() vault.Cost
	// Stretch has passphrases stretched where that hinders nobody; nil has it done
	// here.
	Stretch func(passphrase, salt []byte, c vault.Cost) ([]byte, error)
	// Dial gives the line to the host that the keeper chose.
	Dial func(base string, log wire.Address, key ed25519.PrivateKey) (Line, error)
	// Visit reaches a host that a letter names: whoever wired it bounds where a
	// stranger's letter may make this computer ask.
	Visit func(base string) (Visitor, error)
	// VisitOwn reaches the host that the keeper chose for the desk; nil for Visit.
	VisitOwn func(base string) (Visitor, error)
}

// Desk is one program's desk, used by one member at a time. It is safe for use by
// several goroutines; several processes may work on the same data.
type Desk struct {
	Config
	polling sync.Mutex // one poll at a time, before mu
	mu      sync.Mutex
	book    *book // nil while locked
	opened  atomic.Bool
	onLock  []func()
}

// New wires a Desk.
func New(c Config) *Desk {
	if c.Cost == nil {
		c.Cost = vault.MinCost
	}
	return &Desk{Config: c}
}

// Status says how the desk stands, without opening it.
type Status struct {
	// Begun is false where there is no desk yet.
	Begun bool `json:"begun"`
	// Open is true while a member's keys are in memory; Me is who.
	Open bool     `json:"open"`
	Me   MemberID `json:"me,omitzero"`
	// Members are those who can open it.
	Members []Name `json:"members"`
}

// Name is how a member is called.
type Name struct {
	ID   MemberID `json:"id"`
	Name string   `json:"name"`
}

// Look says how the desk stands.
func (d *Desk) Look(ctx context.Context) (Status, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	logs, err := d.logs(ctx)
	if err != nil {
		return Status{}, err
	}
	s := Status{Begun: len(logs) > 0, Members: []Name{}}
	if d.book != nil {
		s.Open, s.Me = true, d.book.me.Member.ID
	}
	if s.Begun {
		for _, m := range logs[len(logs)-1].ring.Members() {
			s.Members = append(s.Members, Name{m.ID, m.Name})
		}
	}
	return s, nil
}

// Begin makes a program's desk with its first member, and opens it. Where there is
// one already it is fault.Conflict.
func (d *Desk) Begin(ctx context.Context, p Program, member, passphrase string) error {
	p.Name, member = strings.TrimSpace(p.Name), strings.TrimSpace(member)
	if err := checkNames(p, member); err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.vacant(ctx, nil); err != nil {
		return err
	}
	var person port.PersonID
	var program [16]byte
	var data [32]byte
	for _, b := range [][]byte{person[:], program[:], data[:]} {
		if _, err := io.ReadFull(d.Random, b); err != nil {
			return fault.Wrap(err, fault.Internal, "vault.no_random")
		}
	}
	ring := keyring.New(program)
	ring.StretchBy(d.Stretch)
	m, err := ring.Add(d.Random, data, member, passphrase, d.Cost())
	clear(data[:])
	if err != nil {
		return err
	}
	body, err := ring.Marshal()
	if err != nil {
		return err
	}
	me, err := ring.Open(d.Random, m.ID, passphrase)
	if err != nil {
		return err
	}
	if err := d.Store.CreatePerson(ctx, person, body); err != nil {
		me.Wipe()
		return err
	}
	d.hold(person, me)
	_, err = d.write(ctx, audit.Line{Action: audit.Begin, Subject: m.ID.String()}, func(*state) ([]event, error) {
		key, err := d.newKey()
		return []event{{Kind: kindProgram, Program: &p, Member: &m}, key}, err
	})
	if err == nil {
		err = d.vacant(ctx, &person)
	}
	if err != nil {
		d.lock()
		return errors.Join(err, d.Store.DeletePerson(ctx, person))
	}
	return nil
}

// vacant is fault.Conflict where the store has a desk beside the own one. Two that are
// begun at once both give way, rather than both stay. What a stop in the middle of
// beginning left is removed.
func (d *Desk) vacant(ctx context.Context, own *port.PersonID) error {
	persons, err := d.Store.Persons(ctx)
	if err != nil {
		return err
	}
	for _, p := range persons {
		if own != nil && p == *own {
			continue
		}
		at, err := d.Store.ReadAfter(ctx, p, 0, func(port.Record) error { return errAny })
		if errors.Is(err, errAny) || at.Last > 0 {
			return fault.New(fault.Conflict, "desk.begun")
		}
		if err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
		if own == nil {
			if err := d.Store.DeletePerson(ctx, p); err != nil {
				return err
			}
		}
	}
	return nil
}

var errAny = errors.New("there is a record")

func (d *Desk) hold(person port.PersonID, me *keyring.Opened) {
	d.lock()
	d.book = &book{store: d.Store, person: person, random: d.Random, key: vault.KeyOf(me.Data, d.Random), me: me}
	d.opened.Store(true)
}

// Lock wipes the keys from memory.
func (d *Desk) Lock() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.lock()
}

func (d *Desk) lock() {
	if d.book == nil {
		return
	}
	d.opened.Store(false)
	d.book.key.Wipe()
	d.book.me.Wipe()
	d.book = nil
	for _, f := range d.onLock {
		f()
	}
}

// IsOpen tells that a member's keys are in memory, without waiting for anything.
func (d *Desk) IsOpen() bool { return d.opened.Load() }

// OnLock has f called whenever the desk locks. F must not call the Desk.
func (d *Desk) OnLock(f func()) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.onLock = append(d.onLock, f)
}

// Close locks the desk and closes its store.
func (d *Desk) Close() error {
	d.Lock()
	return d.Store.Close()
}

// Locked is the fault of everything that needs the desk's contents.
func Locked() error { return fault.New(fault.Locked, "desk.locked") }

// read runs f on the desk as it stands now, other processes' writing included.
func (d *Desk) read(ctx context.Context, f func(*state) error) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.book == nil {
		return Locked()
	}
	if err := d.book.follow(ctx); err != nil {
		return d.after(err)
	}
	if err := d.book.left(); err != nil {
		return d.after(err)
	}
	return f(d.book.state)
}

// after locks a desk that went on under another key, or without its member.
func (d *Desk) after(err error) error {
	if key, _ := fault.KeyOf(err); key == "desk.moved" || key == "desk.removed" {
		d.lock()
	}
	return err
}

// write saves what f makes of the desk, and with it the audit line that tells of it.
// No events and no error saves nothing. The caller holds mu.
func (d *Desk) write(ctx context.Context, line audit.Line, f func(*state) ([]event, error)) ([]port.RecordID, error) {
	return d.writeLines(ctx, func(s *state) ([]event, []audit.Line, error) {
		events, err := f(s)
		return events, []audit.Line{line}, err
	})
}

// writeLines is write for any number of audit lines, which f makes with the events.
func (d *Desk) writeLines(ctx context.Context, f func(*state) ([]event, []audit.Line, error)) ([]port.RecordID, error) {
	if d.book == nil {
		return nil, Locked()
	}
	ids, err := d.book.write(ctx, func(s *state) ([]event, error) {
		events, lines, err := f(s)
		if err != nil || len(events)+len(lines) == 0 {
			return nil, err
		}
		now := d.Clock.Now()
		for i := range events {
			events[i].At = now
		}
		me := d.book.me.Member
		end := audit.EndOf(s.lines)
		for _, l := range lines {
			l.At, l.By, l.Name = now, me.ID.String(), me.Name
			l = end.Next(l)
			end = audit.End{Lines: l.Number, Hash: l.Hash}
			events = append(events, event{Kind: kindAudit, At: now, Audit: &l})
		}
		return events, nil
	})
	return ids, d.after(err)
}

// audited saves an audit line alone.
func (d *Desk) audited(ctx context.Context, line audit.Line) error {
	_, err := d.write(ctx, line, func(*state) ([]event, error) { return nil, nil })
	return err
}

// Now is the time of the desk's clock.
func (d *Desk) Now() time.Time { return d.Clock.Now() }

// Problem says what the log is known to lack, and how many records could not be read
// or were signed by no member; nil when all is well.
func (d *Desk) Problem() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.book == nil || d.book.state == nil {
		return nil
	}
	if err := d.book.chain.Lost().Fault(); err != nil {
		return err
	}
	switch s := d.book.state; {
	case s.newer > 0:
		return fault.New(fault.NewerVersion, "desk.newer_records", "n", s.newer)
	case s.bad > 0:
		return fault.New(fault.Corrupt, "desk.bad_records", "n", s.bad)
	}
	return nil
}

func (d *Desk) logs(ctx context.Context) ([]logAt, error) {
	persons, err := d.Store.Persons(ctx)
	if err != nil {
		return nil, err
	}
	var list []logAt
	for _, p := range persons {
		body, version, err := d.Store.Keyring(ctx, p)
		if fault.Is(err, fault.NotFound) {
			continue // gone since
		}
		if err != nil {
			return nil, err
		}
		ring, err := keyring.Parse(body)
		if err != nil {
			return nil, err
		}
		ring.StretchBy(d.Stretch)
		list = append(list, logAt{p, ring, version})
	}
	// One that took the place of another comes after it.
	slices.SortStableFunc(list, func(a, b logAt) int {
		switch {
		case b.ring.From() != nil && *b.ring.From() == a.person:
			return -1
		case a.ring.From() != nil && *a.ring.From() == b.person:
			return 1
		}
		return 0
	})
	return list, nil
}

// logAt is one log of the store with its ring.
type logAt struct {
	person  port.PersonID
	ring    *keyring.Ring
	version int64
}
