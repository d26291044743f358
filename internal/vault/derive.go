package vault

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"

	"github.com/evenkeel/evenkeel/internal/fault"
)

// DeriveID gives the same id for the same data under the same key, so that a row
// imported twice is known again. Without the key nobody can tell which data an id
// stands for. The label keeps different uses apart.
func (k *Key) DeriveID(label string, data []byte) (id [16]byte, err error) {
	k.mu.RLock()
	defer k.mu.RUnlock()
	if k.wiped {
		return id, fault.New(fault.Locked, "vault.locked")
	}
	sub, err := hkdf.Key(sha256.New, k.data[:], nil, "evenkeel derive id: "+label, sha256.Size)
	if err != nil {
		return id, fault.Wrap(err, fault.Internal, "vault.key_unusable")
	}
	defer clear(sub)
	mac := hmac.New(sha256.New, sub)
	mac.Write(data)
	copy(id[:], mac.Sum(nil))
	return id, nil
}
