package union

import (
	"crypto/ed25519"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/base64"
	"strings"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/vault"
	"github.com/evenkeel/evenkeel/internal/wire"
)

// handed is what one device hands to another, sealed under a key of the code.
type handed struct {
	Secret []byte  `json:"secret"`
	Seen   sighted `json:"seen"`
}

// A code is the host's address, '#', and base64url of the log's address (32) and a
// secret (16). From the secret come the guest's key pair and the key of the note, so
// that the host, which never sees it, can neither join nor read.
const codeSize = 32 + 16

// guest is what a code's secret stands for.
type guest struct {
	key  ed25519.PrivateKey
	note *vault.Key
}

func (u *Union) guest(secret []byte) (g guest, err error) {
	seed, err := hkdf.Key(sha256.New, secret, nil, "evenkeel guest 1", ed25519.SeedSize)
	if err != nil {
		return g, fault.Wrap(err, fault.Internal, "vault.key_unusable")
	}
	note, err := hkdf.Key(sha256.New, secret, nil, "evenkeel note 1", 32)
	if err != nil {
		return g, fault.Wrap(err, fault.Internal, "vault.key_unusable")
	}
	return guest{ed25519.NewKeyFromSeed(seed), vault.KeyOf([32]byte(note), u.Random)}, nil
}

func (g guest) public() wire.DeviceKey { return wire.DeviceKey(g.key.Public().(ed25519.PublicKey)) }

// parseCode reads a code; anything else is fault.Invalid.
func parseCode(code string) (base string, log, secret []byte, err error) {
	base, rest, found := strings.Cut(strings.TrimSpace(code), "#")
	b, err := base64.RawURLEncoding.Strict().DecodeString(rest)
	if !found || base == "" || err != nil || len(b) != codeSize {
		return "", nil, nil, fault.New(fault.Invalid, "union.code_form")
	}
	return base, b[:32], b[32:], nil
}
