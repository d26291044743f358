package desk

import (
	"bytes"
	"crypto/ed25519"
	"slices"
	"time"

	"github.com/evenkeel/evenkeel/care"
	"github.com/evenkeel/evenkeel/care/audit"
	"github.com/evenkeel/evenkeel/internal/app/desk/keyring"
	"github.com/evenkeel/evenkeel/internal/port"
)

// MemberID names a member.
type MemberID = keyring.ID

// Program is whose desk it is.
type Program struct {
	// Name as people know it, and which of journal.Recipients it is.
	Name string `json:"name"`
	Kind string `json:"kind"`
}

// Member is a clinician, or whoever else works at the desk.
type Member struct {
	keyring.Member
	Since time.Time `json:"since"`
	// Removed is when they were removed; zero for who is there.
	Removed time.Time `json:"removed,omitzero"`
}

// Note is what a member wrote about a person.
type Note struct {
	ID   string    `json:"id"`
	At   time.Time `json:"at"`
	By   MemberID  `json:"by"`
	Name string    `json:"name"`
	Text string    `json:"text"`
}

// Seen is a reason that a member saw.
type Seen struct {
	Reason string    `json:"reason"`
	At     time.Time `json:"at"`
	By     MemberID  `json:"by"`
	Name   string    `json:"name"`
}

// share is one person's share at the desk.
type share struct {
	care.Received
	host   string
	sender []byte
	// record holds the newest version; zero for none.
	record port.RecordID
	notes  []Note
	seen   []Seen
}

// state is what the log comes to.
type state struct {
	program Program
	members []Member
	secrets [][]byte // of recipients, the one on the card last
	place   *place
	placed  bool
	after   int64 // of the inbox
	shares  map[string]*share
	order   []string // as the shares became known
	lines   []audit.Line
	// stale records were replaced or are of shares that ended: their bytes go.
	stale map[port.RecordID]bool
	moved *port.PersonID
	// bad are records that cannot be read, or that no member signed.
	bad int
	// newer are records of a newer release.
	newer int
}

func newState() *state {
	return &state{shares: map[string]*share{}, stale: map[port.RecordID]bool{}}
}

func (s *state) member(id MemberID) *Member {
	i := slices.IndexFunc(s.members, func(m Member) bool { return m.ID == id })
	if i < 0 {
		return nil
	}
	return &s.members[i]
}

// present is a member who was not removed.
func (s *state) present(id MemberID) *Member {
	if m := s.member(id); m != nil && m.Removed.IsZero() {
		return m
	}
	return nil
}

// apply takes in the next record. One that no member signed who was there at that
// point of the log is counted, and changes nothing.
func (s *state) apply(w *written) {
	if w.err != nil {
		s.bad++
		return
	}
	e := &w.event
	if e.Version > eventVersion {
		s.newer++
		return
	}
	m := s.present(w.by)
	if e.Kind == kindProgram && len(s.members) == 0 && e.Member != nil && e.Member.ID == w.by {
		m = &Member{Member: *e.Member} // the first one vouches for themself
	}
	if m == nil || !bytes.Equal(w.checked, m.Sign) && !w.signedBy(m.Sign) {
		s.bad++
		return
	}
	s.take(w, m)
}

func (s *state) take(w *written, m *Member) {
	e := &w.event
	switch e.Kind {
	case kindProgram:
		if e.Program == nil || len(s.members) > 0 {
			s.bad++
			return
		}
		s.program = *e.Program
		s.members = append(s.members, Member{Member: *e.Member, Since: e.At})
	case kindMember:
		if e.Member != nil && s.member(e.Member.ID) == nil && len(e.Member.Sign) == ed25519.PublicKeySize {
			s.members = append(s.members, Member{Member: *e.Member, Since: e.At})
		}
	case kindRemoved:
		if e.Removed != nil {
			if gone := s.present(*e.Removed); gone != nil {
				gone.Removed = e.At
			}
		}
	case kindKey:
		s.secrets = append(s.secrets, e.Secret)
	case kindPlace:
		s.place, s.placed, s.after = e.Place, false, 0
	case kindPlaced:
		s.placed = true
	case kindPolled:
		s.polled(e)
	case kindAudit:
		if e.Audit != nil {
			s.lines = append(s.lines, *e.Audit)
		}
	case kindMoved:
		s.moved = e.Moved
	case kindLetter, kindVersion, kindEnded, kindNote, kindAcknowledged:
		s.about(w, m)
	}
}

// about takes in what is about one share.
func (s *state) about(w *written, m *Member) {
	e := &w.event
	sh := s.shares[e.Share]
	if sh == nil {
		if e.Kind != kindLetter || e.Letter == nil {
			s.bad++
			return
		}
		sh = &share{Received: care.Received{ID: e.Share, Since: e.At}}
		s.shares[e.Share] = sh
		s.order = append(s.order, e.Share)
	}
	switch e.Kind {
	case kindLetter:
		if e.Letter != nil {
			sh.host, sh.sender, sh.Patient = e.Letter.Host, e.Letter.Sender, e.Letter.Patient
		}
	case kindVersion:
		s.version(w, sh)
	case kindEnded:
		if sh.Ended.IsZero() {
			sh.Ended, sh.Shown = e.At, nil
			s.outdate(sh)
		}
	case kindNote:
		sh.notes = append(sh.notes, Note{w.id.String(), e.At, m.ID, m.Name, e.Text})
	case kindAcknowledged:
		sh.seen = append(sh.seen, Seen{e.Text, e.At, m.ID, m.Name})
		if sh.Acknowledged == nil {
			sh.Acknowledged = map[string]time.Time{}
		}
		sh.Acknowledged[e.Text] = e.At
	}
}

func (s *state) version(w *written, sh *share) {
	p := w.shown
	if !sh.Ended.IsZero() || sh.Shown != nil && !newer(p, sh.Shown) {
		s.stale[w.id] = true
		return
	}
	s.outdate(sh)
	sh.Shown, sh.record = p, w.id
	sh.Fetched, sh.Asked = w.event.At, w.event.At
	if checkName(p.Consent.Patient) == nil {
		sh.Patient = p.Consent.Patient
	}
}

// outdate has the bytes of a share's version removed.
func (s *state) outdate(sh *share) {
	if sh.record != (port.RecordID{}) {
		s.stale[sh.record] = true
		sh.record = port.RecordID{}
	}
}

// newer tells that a version comes after another of the same share.
func newer(p, than *care.Projection) bool {
	if p.Number != than.Number {
		return p.Number > than.Number
	}
	return p.Made.After(than.Made)
}

func (s *state) polled(e *event) {
	if e.Polled == nil {
		return
	}
	s.after = e.Polled.After
	silent := map[string]bool{}
	for _, id := range e.Polled.Silent {
		silent[id] = true
	}
	for id, sh := range s.shares {
		if sh.Ended.IsZero() && !silent[id] {
			sh.Asked = e.At
		}
	}
}
