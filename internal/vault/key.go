package vault

import (
	"fmt"
	"io"
	"sync"

	"golang.org/x/crypto/chacha20"
	"golang.org/x/crypto/chacha20poly1305"

	"github.com/evenkeel/evenkeel/internal/fault"
)

const (
	keySize   = chacha20poly1305.KeySize
	nonceSize = chacha20poly1305.NonceSizeX
	tagSize   = chacha20poly1305.Overhead
)

// Key is a person's data key, opened. It is safe for concurrent use; after Wipe
// every method answers fault.Locked.
type Key struct {
	random io.Reader

	mu    sync.RWMutex
	data  [keySize]byte
	wiped bool
}

// NewKey draws a fresh data key. The random source must be cryptographic and safe
// for concurrent use; the key goes on drawing its nonces from it.
func NewKey(random io.Reader) (*Key, error) {
	k := &Key{random: random}
	if err := draw(random, k.data[:]); err != nil {
		return nil, err
	}
	return k, nil
}

// KeyOf is the key of a secret that several devices hold, such as the one they
// synchronise under: 32 random bytes. Random is as for NewKey.
func KeyOf(secret [keySize]byte, random io.Reader) *Key {
	return &Key{random: random, data: secret}
}

// Wipe overwrites the key in memory. Only this copy of the key exists: the ciphers
// see a subkey per record, which is overwritten after use. What the cipher keeps of
// a subkey until the collector comes opens that one record.
func (k *Key) Wipe() {
	k.mu.Lock()
	defer k.mu.Unlock()
	clear(k.data[:])
	k.wiped = true
}

// seal and open are XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03, section 2.3):
// HChaCha20 turns the key and the first 16 nonce bytes into a subkey, the last 8
// are the nonce under it. The library's own NewX would keep a second copy of the
// data key that Wipe could not reach.
func (k *Key) seal(dst, plain, aad []byte) ([]byte, error) {
	dst = append(dst, make([]byte, nonceSize)...)
	nonce := dst[len(dst)-nonceSize:]
	if err := draw(k.random, nonce); err != nil {
		return nil, err
	}
	sub, err := k.subkey(nonce)
	if err != nil {
		return nil, err
	}
	defer clear(sub)
	aead, err := chacha20poly1305.New(sub)
	if err != nil {
		return nil, fault.Wrap(err, fault.Internal, "vault.not_sealed")
	}
	var short [chacha20poly1305.NonceSize]byte
	copy(short[4:], nonce[16:])
	return aead.Seal(dst, short[:], plain, aad), nil
}

// open appends the plaintext to dst; ok is false when the bytes are not what was
// sealed under this key with this aad.
func (k *Key) open(dst, box, aad []byte) (plain []byte, ok bool, err error) {
	if len(box) < nonceSize+tagSize {
		return nil, false, nil
	}
	nonce, box := box[:nonceSize], box[nonceSize:]
	sub, err := k.subkey(nonce)
	if err != nil {
		return nil, false, err
	}
	defer clear(sub)
	aead, err := chacha20poly1305.New(sub)
	if err != nil {
		return nil, false, fault.Wrap(err, fault.Internal, "vault.not_opened")
	}
	var short [chacha20poly1305.NonceSize]byte
	copy(short[4:], nonce[16:])
	plain, err = aead.Open(dst, short[:], box, aad)
	return plain, err == nil, nil
}

func (k *Key) subkey(nonce []byte) ([]byte, error) {
	k.mu.RLock()
	defer k.mu.RUnlock()
	if k.wiped {
		return nil, fault.New(fault.Locked, "vault.locked")
	}
	sub, err := chacha20.HChaCha20(k.data[:], nonce[:16])
	if err != nil {
		return nil, fault.Wrap(err, fault.Internal, "vault.key_unusable")
	}
	return sub, nil
}

func draw(random io.Reader, b []byte) error {
	if _, err := io.ReadFull(random, b); err != nil {
		return fault.Wrap(fmt.Errorf("random source: %w", err), fault.Internal, "vault.no_random")
	}
	return nil
}
