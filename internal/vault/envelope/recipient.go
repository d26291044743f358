package envelope

import (
	"bytes"
	"crypto/hpke"
	"fmt"
	"io"

	"github.com/evenkeel/evenkeel/internal/fault"
)

const (
	// SecretSize is the size of a recipient's secret, in bytes.
	SecretSize = 32
	// PublicSize is the size of a recipient's public key, in bytes.
	PublicSize = 1216
)

func kem() hpke.KEM { return hpke.MLKEM768X25519() }

// Recipient opens what was sealed to its public key. It is safe for concurrent use.
type Recipient struct {
	secret  [SecretSize]byte
	private hpke.PrivateKey
	public  []byte
}

// NewRecipient draws a recipient; the random source must be cryptographic.
func NewRecipient(random io.Reader) (*Recipient, error) {
	var secret [SecretSize]byte
	if _, err := io.ReadFull(random, secret[:]); err != nil {
		return nil, fault.Wrap(fmt.Errorf("random source: %w", err), fault.Internal, "vault.no_random")
	}
	return ParseRecipient(secret[:])
}

// ParseRecipient is the recipient of the secret that Bytes gave; anything of another
// length is fault.Corrupt.
func ParseRecipient(secret []byte) (*Recipient, error) {
	private, err := kem().NewPrivateKey(secret)
	if err != nil {
		return nil, fault.New(fault.Corrupt, "vault.recipient_damaged")
	}
	return &Recipient{secret: [SecretSize]byte(secret), private: private, public: private.PublicKey().Bytes()}, nil
}

// Bytes is the secret. Whoever has it opens everything that was ever sealed to the
// recipient.
func (r *Recipient) Bytes() []byte { return bytes.Clone(r.secret[:]) }

// Public is the key to seal to.
func (r *Recipient) Public() []byte { return bytes.Clone(r.public) }
