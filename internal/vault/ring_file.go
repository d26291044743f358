package vault

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"

	"github.com/evenkeel/evenkeel/internal/fault"
)

// ringVersion is the newest format of a ring's JSON. A ring without a passkey is
// written as 1, which older programs read; one with a passkey as 2, so that they
// say that it is newer and not that it is damaged.
const ringVersion = 2

const (
	saltSize = 16
	// maxCredential is the longest id of a credential (Web Authentication Level 3,
	// section 4).
	maxCredential = 1023
	// maxRing is far above the 2,500 bytes that four wraps can take.
	maxRing = 16 << 10
)

type kind string

const (
	kindPassphrase kind = "passphrase"
	kindRecovery   kind = "recovery"
	kindDevice     kind = "device"
	kindPasskey    kind = "passkey"
)

// wrap is the data key under one key of another kind.
type wrap struct {
	Kind   kind  `json:"kind"`
	Argon2 *Cost `json:"argon2id,omitempty"` // passphrase only
	// Credential names the passkey to its device; passkey only.
	Credential []byte `json:"credential,omitempty"`
	Salt       []byte `json:"salt"`   // 16 bytes
	Sealed     []byte `json:"sealed"` // nonce, sealed data key, tag
}

type ringFile struct {
	Version int    `json:"version"`
	Wraps   []wrap `json:"wraps"`
	// Sum tells a damaged ring from a wrong passphrase. It proves nothing against
	// somebody who recomputes it; the seals do.
	Sum []byte `json:"sum"`
}

// ParseRing reads what Marshal wrote for the same person. Anything else is
// fault.Corrupt, or fault.NewerVersion for a format that this program does not know.
func ParseRing(person [16]byte, data []byte) (*Ring, error) {
	var head struct {
		Version int `json:"version"`
	}
	if len(data) > maxRing {
		return nil, errRing
	}
	if err := json.Unmarshal(data, &head); err != nil {
		return nil, errRing
	}
	if head.Version > ringVersion {
		return nil, fault.New(fault.NewerVersion, "vault.newer_ring")
	}
	var f ringFile
	if err := json.Unmarshal(data, &f); err != nil || f.Version < 1 {
		return nil, errRing
	}
	r := &Ring{person: person, wraps: f.Wraps, stretch: Stretch}
	// One ring has one text, so every changed byte shows.
	if again, err := r.Marshal(); err != nil || !bytes.Equal(again, data) {
		return nil, errRing
	}
	return r, nil
}

// Marshal gives the ring as JSON, for a store to keep. A ring that nothing opens is
// refused, as keeping it would lose the journal.
func (r *Ring) Marshal() ([]byte, error) {
	if !r.sound() {
		return nil, fault.New(fault.Internal, "vault.ring_opens_nothing")
	}
	f := ringFile{Version: 1, Wraps: r.wraps}
	if r.find(kindPasskey) != nil {
		f.Version = 2
	}
	body, err := json.Marshal(f)
	if err != nil {
		return nil, fault.Wrap(err, fault.Internal, "vault.ring_not_written")
	}
	h := sha256.New()
	h.Write(r.person[:])
	h.Write(body)
	f.Sum = h.Sum(nil)[:16]
	if body, err = json.Marshal(f); err != nil {
		return nil, fault.Wrap(err, fault.Internal, "vault.ring_not_written")
	}
	return body, nil
}

func (r *Ring) sound() bool {
	seen := map[kind]bool{}
	if len(r.wraps) == 0 {
		return false
	}
	for _, w := range r.wraps {
		if (w.Kind == kindPasskey) != (len(w.Credential) > 0) || len(w.Credential) > maxCredential {
			return false
		}
		if seen[w.Kind] || len(w.Salt) != saltSize || len(w.Sealed) != nonceSize+keySize+tagSize {
			return false
		}
		seen[w.Kind] = true
		switch w.Kind {
		case kindPassphrase:
			if w.Argon2 == nil || !w.Argon2.allowed() {
				return false
			}
		case kindRecovery, kindDevice, kindPasskey:
			if w.Argon2 != nil {
				return false
			}
		default:
			return false
		}
	}
	// A passkey can be lost with its device: it is never the only way in.
	return !seen[kindPasskey] || seen[kindPassphrase]
}

var errRing = fault.New(fault.Corrupt, "vault.ring_damaged")
