package vault

import (
	"io"
	"slices"

	"github.com/evenkeel/evenkeel/internal/fault"
)

// PasskeyInput is what a passkey's pseudo-random function is asked with
// (extension "prf" of Web Authentication Level 3, section 10.1.4). The answer is
// 32 bytes that only that passkey gives, after its device has seen the finger or
// the face. Browsers put a prefix of their own before the input, so that no
// answer here is one of another use.
const PasskeyInput = "evenkeel unlock 1"

// Passkey is the id of the credential that opens the journal; nil for none.
func (r *Ring) Passkey() []byte {
	if w := r.find(kindPasskey); w != nil {
		return slices.Clone(w.Credential)
	}
	return nil
}

// SetPasskey lets a passkey open the journal, in place of an earlier one. secret
// is its answer to PasskeyInput. Without a passphrase it is fault.Invalid: a
// passkey can be lost with its device, and is never the only way in.
func (r *Ring) SetPasskey(key *Key, credential []byte, secret [keySize]byte) error {
	if !r.HasPassphrase() {
		return fault.New(fault.Invalid, "vault.passkey_alone")
	}
	if len(credential) == 0 || len(credential) > maxCredential || secret == ([keySize]byte{}) {
		return fault.New(fault.Invalid, "vault.passkey_unusable")
	}
	return r.put(key, wrap{Kind: kindPasskey, Credential: slices.Clone(credential)}, secret[:])
}

// RemovePasskey lets no passkey open the journal.
func (r *Ring) RemovePasskey() { r.remove(kindPasskey) }

// OpenPasskey unwraps the data key with a passkey's answer to PasskeyInput. One
// that does not fit is fault.WrongPassphrase; a ring without a passkey is
// fault.NotFound.
func (r *Ring) OpenPasskey(random io.Reader, secret [keySize]byte) (*Key, error) {
	return r.open(random, kindPasskey, secret[:], "vault.no_passkey", "vault.wrong_passkey")
}
