// Package wire is what a device and a host say to each other: signed requests,
// batches of sealed records, and the chain that a log's records form. It is the
// same on both sides, and knows neither the network nor a store.
package wire

import (
	"crypto/sha256"
	"encoding/hex"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
)

// Address is the place of one log on a host: 256 random bits, in text 64 lowercase
// hexadecimal digits. Who does not know it cannot ask for it.
type Address [32]byte

// String is the one text form.
func (a Address) String() string { return hex.EncodeToString(a[:]) }

// ParseAddress reads the one text form; anything else is fault.Invalid.
func ParseAddress(text string) (a Address, err error) {
	if len(text) == 2*len(a) {
		if _, err := hex.Decode(a[:], []byte(text)); err == nil && a.String() == text {
			return a, nil
		}
	}
	return Address{}, fault.New(fault.Invalid, "host.address_form")
}

// Person is the name under which a host's store has the log. It does not lead back
// to the address, so that a copy of the store is no list of places to ask for.
func (a Address) Person() port.PersonID {
	sum := sha256.Sum256(append([]byte("evenkeel log at "), a[:]...))
	return port.PersonID(sum[:16])
}

// Chain sums up the ids of a log's records from the first to the last: 32 zero
// bytes for none, then SHA-256 of the sum before and the id. Ids are enough, since
// each ciphertext opens under its own id alone, and they stay when bytes are
// forgotten.
type Chain [32]byte

// Next is the chain with one more record.
func (c Chain) Next(id port.RecordID) Chain {
	return sha256.Sum256(append(c[:], id[:]...))
}
