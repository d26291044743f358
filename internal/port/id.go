package port

import (
	"encoding/hex"

	"github.com/evenkeel/evenkeel/internal/fault"
)

// PersonID names one person's journal: 16 random bytes, in text 32 lowercase hex digits.
type PersonID [16]byte

// RecordID names one sealed record: 16 random bytes, in text 32 lowercase hex digits.
// It is random and not ordered by time, which would tell a thief when someone used.
type RecordID [16]byte

func (p PersonID) String() string { return hex.EncodeToString(p[:]) }
func (r RecordID) String() string { return hex.EncodeToString(r[:]) }

func (p PersonID) MarshalText() ([]byte, error) { return []byte(p.String()), nil }
func (r RecordID) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText accepts the one text form only, so that two texts never name one id.
func (p *PersonID) UnmarshalText(text []byte) error { return parseID((*[16]byte)(p), text) }

// UnmarshalText accepts the one text form only, so that two texts never name one id.
func (r *RecordID) UnmarshalText(text []byte) error { return parseID((*[16]byte)(r), text) }

func parseID(id *[16]byte, text []byte) error {
	if len(text) == 2*len(id) {
		var got [16]byte
		if _, err := hex.Decode(got[:], text); err == nil && hex.EncodeToString(got[:]) == string(text) {
			*id = got
			return nil
		}
	}
	return fault.New(fault.Invalid, "store.not_an_id")
}
