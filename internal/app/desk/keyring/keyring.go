// Package keyring is who can open a program's desk. Each member has a passphrase of
// their own, which opens keys of their own: an Ed25519 key that signs what they
// write, and a recipient that the program's data key is sealed to. So a new data key
// reaches every member without their passphrase, and no member can sign as another.
//
// A ring stands beside the desk's log, in clear as far as this: how many members
// there are, their names, and their public keys.
package keyring

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/json"
	"io"
	"slices"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/vault"
	"github.com/evenkeel/evenkeel/internal/vault/envelope"
)

// ID names a member: 16 random bytes, in text 32 lowercase hexadecimal digits.
type ID = port.RecordID

// Member is what everybody may know of one.
type Member struct {
	ID   ID     `json:"id"`
	Name string `json:"name"`
	// Sign is the Ed25519 key that their writing verifies under, Seal the public key
	// that something is sealed to for them.
	Sign []byte `json:"sign"`
	Seal []byte `json:"seal"`
}

// slot is one member in the ring.
type slot struct {
	Member
	// Ring opens the member's own key by their passphrase.
	Ring json.RawMessage `json:"ring"`
	// Own is the member's secrets, sealed under their own key.
	Own []byte `json:"own"`
	// Next are data keys that came after the one in Own, in turn. Each is an envelope
	// to the member, sealed once more under the data key before it: who never had a
	// data key of this desk can hand none over.
	Next [][]byte `json:"next,omitempty"`
}

// own is what a member keeps under their own key.
type own struct {
	Sign   []byte `json:"sign"`   // seed
	Seal   []byte `json:"seal"`   // secret of the recipient
	Data   []byte `json:"data"`   // the program's data key
	Member ID     `json:"member"` // whose this is
}

// Ring is the members of one program.
type Ring struct {
	program [16]byte
	from    *port.PersonID
	slots   []slot
	stretch func(passphrase, salt []byte, c vault.Cost) ([]byte, error)
}

// StretchBy has passphrases stretched by another way to the same result, as
// vault.Ring does.
func (r *Ring) StretchBy(f func(passphrase, salt []byte, c vault.Cost) ([]byte, error)) {
	r.stretch = f
}

func (r *Ring) stretching(ring *vault.Ring) *vault.Ring {
	if r.stretch != nil {
		ring.StretchBy(r.stretch)
	}
	return ring
}

// New is a ring without members.
func New(program [16]byte) *Ring { return &Ring{program: program} }

// Program names the program, and stays when the data key changes.
func (r *Ring) Program() [16]byte { return r.program }

// From is the log that this one took the place of, nil for the first.
func (r *Ring) From() *port.PersonID { return r.from }

// Members lists them as they were added. Their keys are what the ring says; what the
// desk trusts stands in its log.
func (r *Ring) Members() []Member {
	list := make([]Member, len(r.slots))
	for i := range r.slots {
		list[i] = r.slots[i].Member
	}
	return list
}

// Opened is what one member's passphrase opens.
type Opened struct {
	Member Member
	Sign   ed25519.PrivateKey
	// Data is the program's data key.
	Data [32]byte
	// Behind says that the ring still holds an older data key for the member: Catch
	// up and save it.
	Behind bool

	personal *vault.Key
	secrets  own
}

// Wipe overwrites the secrets in memory.
func (o *Opened) Wipe() {
	clear(o.Sign)
	clear(o.Data[:])
	clear(o.secrets.Sign)
	clear(o.secrets.Seal)
	clear(o.secrets.Data)
	o.personal.Wipe()
}

// place is what a member's seals are bound to: they open nowhere else.
func (r *Ring) place(id ID) [16]byte {
	sum := sha256.Sum256(slices.Concat([]byte("evenkeel desk member 1\x00"), r.program[:], id[:]))
	return [16]byte(sum[:16])
}

// Add gives a new member a place and keys of their own. Data is the program's data
// key. A name that a member has is fault.Conflict.
func (r *Ring) Add(random io.Reader, data [32]byte, name, passphrase string, cost vault.Cost) (Member, error) {
	if slices.ContainsFunc(r.slots, func(s slot) bool { return s.Name == name }) {
		return Member{}, fault.New(fault.Conflict, "desk.member_there")
	}
	var id ID
	var secret, seed [32]byte
	for _, b := range [][]byte{id[:], secret[:], seed[:]} {
		if _, err := io.ReadFull(random, b); err != nil {
			return Member{}, fault.Wrap(err, fault.Internal, "vault.no_random")
		}
	}
	recipient, err := envelope.NewRecipient(random)
	if err != nil {
		return Member{}, err
	}
	personal := vault.KeyOf(secret, random)
	clear(secret[:])
	defer personal.Wipe()
	s := slot{Member: Member{ID: id, Name: name, Sign: ed25519.NewKeyFromSeed(seed[:]).Public().(ed25519.PublicKey), Seal: recipient.Public()}}
	if err := r.lock(&s, personal, passphrase, cost); err != nil {
		return Member{}, err
	}
	if err := r.keep(&s, personal, own{seed[:], recipient.Bytes(), data[:], id}); err != nil {
		return Member{}, err
	}
	r.slots = append(r.slots, s)
	return s.Member, nil
}

func (r *Ring) lock(s *slot, personal *vault.Key, passphrase string, cost vault.Cost) error {
	ring := r.stretching(vault.NewRing(r.place(s.ID)))
	if err := ring.SetPassphrase(personal, passphrase, cost); err != nil {
		return err
	}
	body, err := ring.Marshal()
	s.Ring = body
	return err
}

func (r *Ring) keep(s *slot, personal *vault.Key, o own) error {
	plain, err := json.Marshal(o)
	if err != nil {
		return fault.Wrap(err, fault.Internal, "desk.ring_damaged")
	}
	defer clear(plain)
	s.Own, err = personal.Seal(nil, r.place(s.ID), s.ID, plain)
	s.Next = nil
	return err
}

// Remove takes a member's place away; one that is not there is fault.NotFound, and
// the last member stays.
func (r *Ring) Remove(id ID) error {
	i := r.find(id)
	switch {
	case i < 0:
		return fault.New(fault.NotFound, "desk.no_member")
	case len(r.slots) == 1:
		return fault.New(fault.Invalid, "desk.last_member")
	}
	r.slots = slices.Delete(r.slots, i, i+1)
	return nil
}

func (r *Ring) find(id ID) int {
	return slices.IndexFunc(r.slots, func(s slot) bool { return s.ID == id })
}

// Open opens a member's keys with their passphrase. One that does not fit is
// fault.WrongPassphrase.
func (r *Ring) Open(random io.Reader, id ID, passphrase string) (*Opened, error) {
	i := r.find(id)
	if i < 0 {
		return nil, fault.New(fault.NotFound, "desk.no_member")
	}
	s := &r.slots[i]
	ring, err := vault.ParseRing(r.place(id), s.Ring)
	if err != nil {
		return nil, err
	}
	personal, err := r.stretching(ring).OpenPassphrase(random, passphrase)
	if err != nil {
		return nil, err
	}
	o, err := r.unwrap(s, personal, random)
	if err != nil {
		personal.Wipe()
		return nil, err
	}
	return o, nil
}

func (r *Ring) unwrap(s *slot, personal *vault.Key, random io.Reader) (*Opened, error) {
	plain, err := personal.Open(nil, r.place(s.ID), s.ID, s.Own)
	if err != nil {
		return nil, err
	}
	defer clear(plain)
	var mine own
	if err := json.Unmarshal(plain, &mine); err != nil || mine.Member != s.ID || len(mine.Data) != 32 || len(mine.Sign) != ed25519.SeedSize {
		return nil, errDamaged
	}
	o := &Opened{Member: s.Member, Sign: ed25519.NewKeyFromSeed(mine.Sign), Data: [32]byte(mine.Data), personal: personal, secrets: mine, Behind: len(s.Next) > 0}
	recipient, err := envelope.ParseRecipient(mine.Seal)
	if err != nil {
		return nil, err
	}
	for _, next := range s.Next {
		before := vault.KeyOf(o.Data, random)
		letter, err := before.Open(nil, r.place(s.ID), s.ID, next)
		before.Wipe()
		if err != nil {
			return nil, err
		}
		data, _, err := recipient.Open(r.context(s.ID), letter)
		if err != nil {
			return nil, err
		}
		if len(data) != 32 {
			return nil, errDamaged
		}
		o.Data = [32]byte(data)
		clear(data)
	}
	return o, nil
}

func (r *Ring) context(id ID) string {
	return "evenkeel desk key 1 " + port.RecordID(r.program).String() + id.String()
}
