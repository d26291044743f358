package app

import (
	"context"
	"encoding/hex"
	"time"

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
	return fault.New(fault.Invalid, "An id is 32 characters, each 0-9 or a-f. This one is not.")
}

// Sealed is one record on its way into a store.
type Sealed struct {
	ID         RecordID
	Ciphertext []byte // never empty: empty means forgotten
}

// Record is one record as a store keeps it.
type Record struct {
	Seq        int64 // 1, 2, 3 ... per person, without gaps
	ID         RecordID
	Ciphertext []byte // empty once forgotten
}

// Store keeps sealed bytes per person and understands none of them: no kind, no
// time, no text reaches it. Every method is safe for concurrent use, also by
// several processes on the same data. What a method has acknowledged survives a
// crash and a power cut. Errors are faults; an unknown person is fault.NotFound.
type Store interface {
	// CreatePerson begins an empty log with its first keyring, at version 1.
	// A person who is already there is fault.Conflict, and nothing changes.
	CreatePerson(ctx context.Context, person PersonID, ring []byte) error
	// Persons gives every person, ordered by id.
	Persons(ctx context.Context) ([]PersonID, error)
	// DeletePerson destroys keyring and records; their bytes are gone from every
	// file when it returns without error. When it returns an error, repeat it.
	// An unknown person is no error, so that repeating is safe.
	DeletePerson(ctx context.Context, person PersonID) error

	// Keyring gives the wrapped keys, opaque here, and their version.
	Keyring(ctx context.Context, person PersonID) (ring []byte, version int64, err error)
	// PutKeyring replaces the keyring if its version is still the given one, and
	// raises the version by one; otherwise fault.Conflict and nothing changes.
	// The bytes of the old ring are cleared from every file as well, so that a
	// removed passphrase or recovery code no longer opens anything; where a reader
	// or a full disk holds that up, it is made up for at the next purge or start,
	// and the change stands all the same.
	PutKeyring(ctx context.Context, person PersonID, ring []byte, version int64) error

	// Append adds all records or none, in order, and gives the person's last seq
	// after it. An id that the log already has, also a forgotten one, is skipped:
	// repeating an append is safe.
	Append(ctx context.Context, person PersonID, records []Sealed) (lastSeq int64, err error)
	// ReadAfter yields the records with Seq > after in order, from one consistent
	// view, until yield returns an error, which ReadAfter then returns as it is.
	// The ciphertext belongs to the store and holds only until yield returns.
	// Yield must not call the store.
	ReadAfter(ctx context.Context, person PersonID, after int64, yield func(Record) error) error
	// LastSeq gives the seq of the last record, 0 for none. It is cheap enough to
	// ask before every page.
	LastSeq(ctx context.Context, person PersonID) (int64, error)
	// Forget removes the bytes of the records for good; ids the log does not have
	// are skipped. The row stays, empty, so that the id can never come back. The
	// bytes are gone from every file when it returns without error. When it
	// returns an error, repeat it.
	Forget(ctx context.Context, person PersonID, ids []RecordID) error

	// Check looks the whole store over and changes nothing. Damage that it finds
	// stands in the report; the error is for not being able to look.
	Check(ctx context.Context) (StoreReport, error)
	Close() error
}

// StoreReport is what Check found, for `evenkeel doctor`.
type StoreReport struct {
	Kind          string   `json:"kind"`           // "sqlite", "memory", "postgres"
	Place         string   `json:"place"`          // file or host; "" for memory
	SchemaVersion int64    `json:"schema_version"` // of the data, not of the program
	EngineVersion string   `json:"engine_version"`
	Bytes         int64    `json:"bytes"` // on disk, with the write-ahead log
	Persons       int64    `json:"persons"`
	Records       int64    `json:"records"`   // forgotten ones included
	Forgotten     int64    `json:"forgotten"` // of these
	Problems      []string `json:"problems"`  // plain sentences; none when all is well
}

// Clock tells the time.
type Clock interface{ Now() time.Time }

// IDs makes fresh ids, from a random source.
type IDs interface {
	NewRecordID() RecordID
}
