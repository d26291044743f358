package keyring

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/json"
	"unicode/utf8"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/vault/envelope"
)

const version = 1

// MaxName is the longest name of a member or a program, in bytes.
const MaxName = 200

var errDamaged = fault.New(fault.Corrupt, "desk.ring_damaged")

type file struct {
	Version int            `json:"version"`
	Program port.RecordID  `json:"program"`
	From    *port.PersonID `json:"from,omitempty"`
	Members []slot         `json:"members"`
	// Sum tells a damaged ring from a wrong passphrase, as a journal's does.
	Sum []byte `json:"sum"`
}

// Marshal gives the ring as JSON; one that nobody opens is refused.
func (r *Ring) Marshal() ([]byte, error) {
	if len(r.slots) == 0 {
		return nil, fault.New(fault.Internal, "vault.ring_opens_nothing")
	}
	f := file{Version: version, Program: r.program, From: r.from, Members: r.slots}
	body, err := json.Marshal(f)
	if err != nil {
		return nil, fault.Wrap(err, fault.Internal, "vault.ring_not_written")
	}
	sum := sha256.Sum256(body)
	f.Sum = sum[:16]
	if body, err = json.Marshal(f); err != nil {
		return nil, fault.Wrap(err, fault.Internal, "vault.ring_not_written")
	}
	return body, nil
}

// Parse reads what Marshal wrote; anything else is fault.Corrupt, a newer form
// fault.NewerVersion.
func Parse(data []byte) (*Ring, error) {
	var head struct {
		Version int `json:"version"`
	}
	if err := json.Unmarshal(data, &head); err != nil {
		return nil, errDamaged
	}
	if head.Version > version {
		return nil, fault.New(fault.NewerVersion, "desk.newer")
	}
	var f file
	if err := json.Unmarshal(data, &f); err != nil || len(f.Members) == 0 {
		return nil, errDamaged
	}
	seen := map[ID]bool{}
	for _, s := range f.Members {
		if seen[s.ID] || s.Name == "" || len(s.Name) > MaxName || !utf8.ValidString(s.Name) ||
			len(s.Sign) != ed25519.PublicKeySize || len(s.Seal) != envelope.PublicSize {
			return nil, errDamaged
		}
		seen[s.ID] = true
	}
	r := &Ring{program: f.Program, from: f.From, slots: f.Members}
	if again, err := r.Marshal(); err != nil || !bytes.Equal(again, data) {
		return nil, errDamaged
	}
	return r, nil
}
