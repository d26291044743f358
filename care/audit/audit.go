// Package audit is the record of who looked at what at a program's desk: lines, each
// of which holds the hash of the one before it. Whoever keeps the hash of the last
// line, or has it signed, notices any line that was changed, removed, put in or moved.
//
// A line holds names of members and numbers of shares, and nothing of what was seen.
package audit

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"time"
)

// Action is what somebody did.
type Action string

// The actions. A share's address is the subject of those that are about one.
const (
	Begin        Action = "begin"
	MemberAdd    Action = "member_add"
	MemberRemove Action = "member_remove"
	Passphrase   Action = "passphrase"
	Rekey        Action = "rekey"
	Start        Action = "start"
	Poll         Action = "poll"
	Open         Action = "open"
	Note         Action = "note"
	Acknowledge  Action = "acknowledge"
	Export       Action = "export"
	Received     Action = "received"
	Replaced     Action = "replaced"
	Ended        Action = "ended"
	Refused      Action = "refused"
	Aggregates   Action = "aggregates"
	ExportAudit  Action = "audit_export"
)

// Actions lists them all.
func Actions() []Action {
	return []Action{Begin, MemberAdd, MemberRemove, Passphrase, Rekey, Start, Poll, Open, Note, Acknowledge, Export, Received, Replaced, Ended, Refused, Aggregates, ExportAudit}
}

// Sum is a SHA-256, in text 64 lowercase hexadecimal digits.
type Sum [sha256.Size]byte

func (s Sum) String() string { return hex.EncodeToString(s[:]) }

// MarshalText gives the one text form.
func (s Sum) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads the one text form only.
func (s *Sum) UnmarshalText(text []byte) error {
	var got Sum
	if n, err := hex.Decode(got[:], text[:min(len(text), 2*len(got))]); err != nil || n != len(got) || got.String() != string(text) {
		return &Broken{What: "form"}
	}
	*s = got
	return nil
}

// Line is one thing that somebody did.
type Line struct {
	// Number counts from 1.
	Number int64 `json:"number"`
	// At is in UTC and whole seconds.
	At time.Time `json:"at"`
	// By is the member's id, 32 hexadecimal digits, and Name their name at the time.
	By     string `json:"by"`
	Name   string `json:"name"`
	Action Action `json:"action"`
	// Subject is the share, member or file form that it was done to; empty for none.
	Subject string `json:"subject,omitempty"`
	// Detail is figures of the outcome, such as "received=2 ended=1"; nothing that a
	// person shared or a member wrote.
	Detail string `json:"detail,omitempty"`
	// Prev is the hash of the line before, zero for the first; Hash is over Prev and
	// everything else of the line.
	Prev Sum `json:"prev"`
	Hash Sum `json:"hash"`
}

// End is how far a record goes: what has to be kept elsewhere, or signed, so that
// lines taken from its end are missed.
type End struct {
	Lines int64 `json:"lines"`
	Hash  Sum   `json:"hash"`
}

// EndOf is the end of a whole record.
func EndOf(lines []Line) End {
	if len(lines) == 0 {
		return End{}
	}
	last := lines[len(lines)-1]
	return End{last.Number, last.Hash}
}

// Next makes the line that follows an end of what is told of it.
func (e End) Next(l Line) Line {
	l.Number, l.Prev = e.Lines+1, e.Hash
	l.At = l.At.UTC().Truncate(time.Second)
	l.Hash = l.sum()
	return l
}

// sum is SHA-256 over the label, the hash before, the number, the time in seconds
// since 1970, and each text after its length, numbers as eight bytes, big-endian: no
// two lines share the bytes.
func (l *Line) sum() Sum {
	b := append([]byte("evenkeel audit 1\x00"), l.Prev[:]...)
	b = binary.BigEndian.AppendUint64(b, uint64(l.Number))
	b = binary.BigEndian.AppendUint64(b, uint64(l.At.Unix()))
	for _, text := range []string{l.By, l.Name, string(l.Action), l.Subject, l.Detail} {
		b = binary.BigEndian.AppendUint64(b, uint64(len(text)))
		b = append(b, text...)
	}
	return sha256.Sum256(b)
}

// Broken says where a record does not hold together. Its text is a key of the
// catalogue.
type Broken struct {
	// Number of the first line that does not fit; 0 where no line can be named.
	Number int64
	// What is "changed" (a line is not what was hashed), "order" (a line is missing,
	// put in or moved), "end" (lines are missing at the end, or too many), "form"
	// (not such a record).
	What string
}

func (b *Broken) Error() string { return "audit: " + b.What }

// Text is what to say of it.
func (b *Broken) Text() (key string, args []any) {
	return "audit.broken." + b.What, []any{"number", b.Number}
}

// Verify checks a whole record against its end. It gives nil, or a *Broken for the
// first line that does not fit.
func Verify(lines []Line, end End) error {
	at := End{}
	for i := range lines {
		l := &lines[i]
		switch {
		case l.Number != at.Lines+1 || l.Prev != at.Hash:
			return &Broken{at.Lines + 1, "order"}
		case l.At.Nanosecond() != 0 || l.Hash != l.sum():
			return &Broken{l.Number, "changed"}
		}
		at = End{l.Number, l.Hash}
	}
	if at != end {
		return &Broken{at.Lines, "end"}
	}
	return nil
}
