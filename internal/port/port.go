// Package port declares what the house needs from outside: a place for sealed
// bytes, a place for keys, and a place for the device's own key. Whatever
// provides it (SQLite, memory, a browser, a host) knows nothing of the use
// cases, and they know nothing of it. No port needs a file, an address or a
// process.
package port

import (
	"context"
	"errors"
	"io"
	"time"
)

// Sealed is one record on its way into a log.
type Sealed struct {
	ID         RecordID
	Ciphertext []byte // never empty: empty means forgotten
}

// Record is one record as a log keeps it.
type Record struct {
	Seq        int64 // 1, 2, 3 ... per person, without gaps
	ID         RecordID
	Ciphertext []byte // empty once forgotten
}

// Head says how far a person's log goes.
type Head struct {
	// Version counts the changes of the log, appends and forgets alike, from 0.
	Version int64
	// Last is the seq of the last record, 0 for none.
	Last int64
	// Sealed is what the last writer left to prove the log by, opaque here;
	// empty for a log that was begun before there were heads, or settled since.
	Sealed []byte
}

// Log keeps one append-only log of sealed records per person and understands
// none of it: no kind, no time, no text reaches it. Every method is safe for
// concurrent use, also by several processes on the same data. What a method has
// acknowledged survives a crash and a power cut. Errors are faults; an unknown
// person is fault.NotFound.
//
// Every change names the version of the head that it was made for. When the log
// has moved on since, also because the same change arrived before, the answer is
// fault.Conflict and nothing changes: read on, and try again with what is still
// to do.
type Log interface {
	// Append adds all records or none, in order, and puts the head in place of
	// the present one. An id that the log already has, also a forgotten one, is
	// fault.Conflict. No records at all change the head alone.
	Append(ctx context.Context, person PersonID, version int64, records []Sealed, head []byte) (Head, error)
	// ReadAfter yields the records with Seq > after in order, from one consistent
	// view, until yield returns an error, which ReadAfter then returns as it is.
	// The ciphertext belongs to the store and holds only until yield returns.
	// Yield must not call the store.
	//
	// It answers with the head of that view. Records that are missing, that stand
	// out of turn or, on reading from the beginning, that were emptied without
	// being forgotten make it fault.Corrupt, with the head, after everything that
	// is still there was yielded, each record once.
	ReadAfter(ctx context.Context, person PersonID, after int64, yield func(Record) error) (Head, error)
	// Forget removes the bytes of the records for good; ids the log does not have
	// are skipped. The row stays, empty, so that the id can never come back. The
	// bytes are gone from every file when it returns without error; on a database
	// server from every row, and from its files as the server clears them. When it
	// returns an error with a head whose version is past the given one, the
	// records are forgotten but traces may be left: repeat it with that version.
	Forget(ctx context.Context, person PersonID, version int64, ids []RecordID, head []byte) (Head, error)
	// Settle makes the records that are still there the whole log, numbered
	// without gaps in the order in which ReadAfter yields them, and empties the
	// head: what a person decides who knows that the rest cannot be had again.
	Settle(ctx context.Context, person PersonID, version int64) (Head, error)
}

// Keyrings keeps each person's wrapped keys, opaque here, and their version.
// Errors are as for Log.
type Keyrings interface {
	Keyring(ctx context.Context, person PersonID) (ring []byte, version int64, err error)
	// PutKeyring replaces the keyring if its version is still the given one, and
	// raises the version by one; otherwise fault.Conflict and nothing changes.
	// The bytes of the old ring are cleared from every file as well, so that a
	// removed passphrase or recovery code no longer opens anything; where a reader
	// or a full disk holds that up, it is made up for at the next purge or start,
	// and the change stands all the same.
	PutKeyring(ctx context.Context, person PersonID, ring []byte, version int64) error
}

// Administration begins and ends journals and looks the place over.
type Administration interface {
	// CreatePerson begins an empty log with its first keyring, at version 1.
	// A person who is already there is fault.Conflict, and nothing changes.
	CreatePerson(ctx context.Context, person PersonID, ring []byte) error
	// Persons gives every person, ordered by id.
	Persons(ctx context.Context) ([]PersonID, error)
	// DeletePerson destroys keyring and records; their bytes are gone from every
	// file when it returns without error. When it returns an error, repeat it.
	// An unknown person is no error, so that repeating is safe.
	DeletePerson(ctx context.Context, person PersonID) error
	// Check looks the whole place over and changes nothing. Damage that it finds
	// stands in the report; the error is for not being able to look.
	Check(ctx context.Context) (Report, error)
	Close() error
}

// Store is everything that keeps journals.
type Store interface {
	Log
	Keyrings
	Administration
}

// View is what a store has of a person beside the records, seen at one moment.
type View struct {
	Ring        []byte
	RingVersion int64
	Head        Head
}

// Remote is what a store that stands a line away can do besides, in one turn each,
// for a host that asks it with every request.
type Remote interface {
	// Look gives keyring and head as they were at one moment. The record that the
	// head counts may be missing; ReadAfter tells.
	Look(ctx context.Context, person PersonID) (View, error)
	// AppendAt is Append by who decided upon a view: when keyring or head have moved
	// on since, the answer is fault.Conflict and nothing changes.
	AppendAt(ctx context.Context, person PersonID, seen View, records []Sealed, head []byte) (Head, error)
}

// Report is what Check found, for `evenkeel doctor`.
type Report struct {
	Kind          string  `json:"kind"`           // "sqlite", "opfs", "memory", "postgres"
	Place         string  `json:"place"`          // file or host; "" for memory
	SchemaVersion int64   `json:"schema_version"` // of the data, not of the program
	EngineVersion string  `json:"engine_version"`
	Bytes         int64   `json:"bytes"` // on disk, with the write-ahead log; of a server's the ciphertexts alone
	Persons       int64   `json:"persons"`
	Records       int64   `json:"records"`   // forgotten ones included
	Forgotten     int64   `json:"forgotten"` // of these
	Problems      []error `json:"-"`         // faults, one sentence each; none when all is well
}

// DeviceKey opens a journal on the device that holds it, while no passphrase is
// set: 32 random bytes.
type DeviceKey [32]byte

// DeviceKeys keeps device keys where this device alone can read them. Names are
// the keeper's own and mean nothing elsewhere.
type DeviceKeys interface {
	// Names lists the keys that are there, the one of Create first.
	Names() ([]string, error)
	// Read gives one key. A missing one is fault.NotFound, one that others may
	// read, and that protects nothing, fault.Invalid.
	Read(name string) (DeviceKey, error)
	// Create draws the first key and keeps it, surely when it returns. If it is
	// there already, also because another process was quicker, it gives that one.
	Create(random io.Reader) (DeviceKey, error)
	// Fresh draws a further key under a name that no other process can mean.
	// Whoever destroys older keys at the same moment cannot destroy this one.
	Fresh(random io.Reader) (DeviceKey, error)
	// Destroy overwrites and removes keys; a missing one is fine.
	Destroy(names ...string) error
}

// Clock tells the time.
type Clock interface{ Now() time.Time }

// IDs makes fresh ids, from a random source.
type IDs interface {
	NewRecordID() RecordID
}

// ErrIncomplete is the cause of every fault of ReadAfter that says the log lacks
// something: everything that is still there was yielded.
var ErrIncomplete = errors.New("the log lacks something")
