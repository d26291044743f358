package desk

import (
	"bytes"
	"crypto/ed25519"
	"encoding/json"
	"time"

	"github.com/evenkeel/evenkeel/care"
	"github.com/evenkeel/evenkeel/care/audit"
	"github.com/evenkeel/evenkeel/internal/app/desk/keyring"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
)

// eventVersion is the version of every kind so far.
const eventVersion = 1

// The kinds of events of a desk. One that this program does not know is kept.
const (
	kindProgram      = "program"      // begins the log, with its first member
	kindMember       = "member"       // a further member
	kindRemoved      = "removed"      // a member who may write no more
	kindKey          = "key"          // a key that people share to; the last is on the card
	kindPlace        = "place"        // the log on a host where inbox and card are
	kindPlaced       = "placed"       // the host took the log and the card
	kindLetter       = "letter"       // a share became known
	kindVersion      = "version"      // a version of a share, in place of the one before
	kindPolled       = "polled"       // which hosts answered
	kindEnded        = "ended"        // a share is over; what it showed is destroyed
	kindNote         = "note"         // of a member, about a person
	kindAcknowledged = "acknowledged" // a reason was seen
	kindAudit        = "audit"        // a line of the audit record
	kindMoved        = "moved"        // the log goes on elsewhere, under another key
)

// event is one thing that happened at the desk. By which member stands beside it.
type event struct {
	Kind    string    `json:"kind"`
	Version int       `json:"version"`
	At      time.Time `json:"at"`

	Program *Program        `json:"program,omitempty"`
	Member  *keyring.Member `json:"member,omitempty"`
	Removed *MemberID       `json:"removed,omitempty"`
	// Secret is of a recipient (envelope.ParseRecipient).
	Secret []byte       `json:"secret,omitempty"`
	Place  *place       `json:"place,omitempty"`
	Share  string       `json:"share,omitempty"`
	Letter *letterEvent `json:"letter,omitempty"`
	// Shown is a care.Projection as it came. It stands behind the event.
	Shown  json.RawMessage `json:"-"`
	Polled *polledEvent    `json:"polled,omitempty"`
	// Text of a note, key of a reason, why a share ended.
	Text  string         `json:"text,omitempty"`
	Audit *audit.Line    `json:"audit,omitempty"`
	Moved *port.PersonID `json:"moved,omitempty"`
}

// place is where the desk is reached.
type place struct {
	Host string `json:"host"`
	Log  string `json:"log"`
	// Seed of the key by which the host knows the desk.
	Seed []byte `json:"seed"`
}

type letterEvent struct {
	Host    string `json:"host"`
	Patient string `json:"patient"`
	// Sender is the key that signed the letter; versions are signed by it too.
	Sender []byte `json:"sender"`
}

type polledEvent struct {
	// After is the last letter of the inbox that was dealt with.
	After int64 `json:"after"`
	// Silent are shares whose host did not answer, or not with a version.
	Silent []string `json:"silent,omitempty"`
}

// A record's plaintext: form (1) | member (16) | Ed25519 signature (64) | body. The
// signature is over label, record id and body. The body is JSON on one line; what a
// share showed stands behind it in DEFLATE (RFC 1951), so that it is read once and
// takes a tenth of the room.
const (
	recordForm = 1
	headSize   = 1 + len(MemberID{}) + ed25519.SignatureSize
)

func statement(id port.RecordID, body []byte) []byte {
	s := append([]byte("evenkeel desk event 1\x00"), id[:]...)
	return append(s, body...)
}

func encode(id port.RecordID, e event, by MemberID, key ed25519.PrivateKey) ([]byte, error) {
	e.Version = eventVersion
	body, err := json.Marshal(e)
	if err != nil {
		return nil, fault.Wrap(err, fault.Internal, "desk.not_written")
	}
	if len(e.Shown) > 0 {
		if body, err = squeeze(append(body, '\n'), e.Shown); err != nil {
			return nil, err
		}
	}
	plain := make([]byte, 0, headSize+len(body))
	plain = append(plain, recordForm)
	plain = append(plain, by[:]...)
	plain = append(plain, ed25519.Sign(key, statement(id, body))...)
	return append(plain, body...), nil
}

// written is a record as it was read: what it says, and who signed what.
type written struct {
	id        port.RecordID
	by        MemberID
	signature []byte
	body      []byte
	event     event
	shown     *care.Projection // of a version
	err       error
	// checked is the key under which the signature was found to hold; nil where it
	// was not looked at.
	checked []byte
}

func decode(id port.RecordID, plain []byte) (w written) {
	w.id = id
	switch {
	case len(plain) < headSize:
		w.err = errRecord
		return w
	case plain[0] > recordForm:
		w.err = fault.New(fault.NewerVersion, "desk.newer")
		return w
	}
	w.by = MemberID(plain[1:17])
	w.signature, w.body = plain[17:headSize], plain[headSize:]
	line, squeezed, _ := bytes.Cut(w.body, []byte("\n"))
	if err := json.Unmarshal(line, &w.event); err != nil {
		w.err = errRecord
		return w
	}
	if w.event.Kind == kindVersion && w.event.Version == eventVersion {
		w.shown = new(care.Projection)
		if !unsqueeze(squeezed, w.shown) {
			w.err = errRecord
		}
	}
	return w
}

func (w *written) signedBy(key []byte) bool {
	return len(key) == ed25519.PublicKeySize && ed25519.Verify(key, statement(w.id, w.body), w.signature)
}

var errRecord = fault.New(fault.Corrupt, "vault.damaged_record")
