package vault

import (
	"crypto/hkdf"
	"crypto/sha256"
	"crypto/subtle"
	"io"
	"slices"

	"github.com/evenkeel/evenkeel/internal/fault"
)

// Ring keeps a person's data key wrapped, at most once per kind. It holds no secret
// in clear. A Ring is not safe for concurrent use.
type Ring struct {
	person  [16]byte
	wraps   []wrap // ordered as set; at most one of each kind
	stretch func(passphrase, salt []byte, c Cost) ([]byte, error)
}

// NewRing is the empty ring of a person; nothing opens it yet.
func NewRing(person [16]byte) *Ring { return &Ring{person: person, stretch: Stretch} }

// StretchBy has passphrases stretched by another way to the same result, such as
// in another process.
func (r *Ring) StretchBy(f func(passphrase, salt []byte, c Cost) ([]byte, error)) { r.stretch = f }

// HasPassphrase tells whether a passphrase opens the journal.
func (r *Ring) HasPassphrase() bool { return r.find(kindPassphrase) != nil }

// HasRecovery tells whether a recovery code has been given out.
func (r *Ring) HasRecovery() bool { return r.find(kindRecovery) != nil }

// HasDevice tells whether the device key opens the journal without asking.
func (r *Ring) HasDevice() bool { return r.find(kindDevice) != nil }

// SetPassphrase lets passphrase open the journal, in place of an earlier passphrase
// and of the device key. A recovery code and a passkey stay good. The caller saves the ring,
// then destroys the device key file.
func (r *Ring) SetPassphrase(key *Key, passphrase string, cost Cost) error {
	if !cost.allowed() {
		return fault.New(fault.Internal, "vault.cost_out_of_range")
	}
	secret, err := normalise(passphrase)
	if err != nil {
		return err
	}
	defer clear(secret)
	w := wrap{Kind: kindPassphrase, Argon2: &cost}
	if err := r.put(key, w, secret); err != nil {
		return err
	}
	r.remove(kindDevice)
	return nil
}

// SetDevice lets the device key open the journal without asking, in place of a
// passphrase and of a passkey. A recovery code stays good.
func (r *Ring) SetDevice(key *Key, device [keySize]byte) error {
	if err := r.put(key, wrap{Kind: kindDevice}, device[:]); err != nil {
		return err
	}
	r.remove(kindPassphrase)
	r.remove(kindPasskey)
	return nil
}

// SetRecovery draws a recovery code, in place of an earlier one, and gives it in
// groups to be shown once: it cannot be had again.
func (r *Ring) SetRecovery(key *Key) (code string, err error) {
	secret, err := drawRecovery(key.random)
	if err != nil {
		return "", err
	}
	defer clear(secret[:])
	if err := r.put(key, wrap{Kind: kindRecovery}, secret[:]); err != nil {
		return "", err
	}
	return secret.String(), nil
}

// OpenPassphrase unwraps the data key, which then draws its nonces from random.
// It takes about half a second on purpose. A passphrase that does not fit is
// fault.WrongPassphrase; a ring without one is fault.NotFound.
func (r *Ring) OpenPassphrase(random io.Reader, passphrase string) (*Key, error) {
	secret, err := normalise(passphrase)
	if err != nil {
		return nil, err
	}
	defer clear(secret)
	return r.open(random, kindPassphrase, secret,
		"vault.no_passphrase",
		"vault.wrong_passphrase")
}

// OpenRecovery unwraps the data key with a recovery code, typed in any case with
// any spaces. A typing mistake is fault.Invalid; a code that was typed right but
// belongs to another journal, or was replaced, is fault.WrongPassphrase.
func (r *Ring) OpenRecovery(random io.Reader, code string) (*Key, error) {
	secret, err := parseRecovery(code)
	if err != nil {
		return nil, err
	}
	defer clear(secret[:])
	return r.open(random, kindRecovery, secret[:],
		"vault.no_recovery",
		"vault.wrong_recovery")
}

// OpenDevice unwraps the data key with the device key.
func (r *Ring) OpenDevice(random io.Reader, device [keySize]byte) (*Key, error) {
	return r.open(random, kindDevice, device[:],
		"vault.no_device",
		"vault.wrong_device")
}

func (r *Ring) open(random io.Reader, k kind, secret []byte, missing, wrong string) (*Key, error) {
	w := r.find(k)
	if w == nil {
		return nil, fault.New(fault.NotFound, missing)
	}
	kek, err := r.wrappingKey(*w, secret)
	if err != nil {
		return nil, err
	}
	defer kek.Wipe()
	data, ok, err := kek.open(nil, w.Sealed, r.aad(*w))
	if err != nil {
		return nil, err
	}
	if !ok || len(data) != keySize {
		return nil, fault.New(fault.WrongPassphrase, wrong)
	}
	key := &Key{random: random, data: [keySize]byte(data)}
	clear(data)
	return key, nil
}

func (r *Ring) put(key *Key, w wrap, secret []byte) error {
	w.Salt = make([]byte, saltSize)
	if err := draw(key.random, w.Salt); err != nil {
		return err
	}
	kek, err := r.wrappingKey(w, secret)
	if err != nil {
		return err
	}
	defer kek.Wipe()
	kek.random = key.random
	key.mu.RLock()
	data, wiped := key.data, key.wiped
	key.mu.RUnlock()
	if wiped {
		return fault.New(fault.Locked, "vault.locked")
	}
	defer clear(data[:])
	if w.Sealed, err = kek.seal(nil, data[:], r.aad(w)); err != nil {
		return err
	}
	r.remove(w.Kind)
	r.wraps = append(r.wraps, w)
	return nil
}

// wrappingKey stretches a passphrase; the other secrets are random already and only
// need to be made 32 bytes and parted by kind.
func (r *Ring) wrappingKey(w wrap, secret []byte) (*Key, error) {
	var raw []byte
	var err error
	if w.Kind == kindPassphrase {
		if raw, err = r.stretch(secret, w.Salt, *w.Argon2); err != nil {
			return nil, err
		}
	} else {
		if raw, err = hkdf.Key(sha256.New, secret, w.Salt, "evenkeel wrap 1 "+string(w.Kind), keySize); err != nil {
			return nil, fault.Wrap(err, fault.Internal, "vault.ring_unusable")
		}
	}
	k := &Key{}
	subtle.ConstantTimeCopy(1, k.data[:], raw)
	clear(raw)
	return k, nil
}

// aad binds a wrap to its format, kind and person: one that was moved elsewhere
// does not open.
func (r *Ring) aad(w wrap) []byte {
	aad := append([]byte("evenkeel wrap 1 "), r.person[:]...)
	return append(aad, w.Kind...)
}

func (r *Ring) find(k kind) *wrap {
	i := slices.IndexFunc(r.wraps, func(w wrap) bool { return w.Kind == k })
	if i < 0 {
		return nil
	}
	return &r.wraps[i]
}

func (r *Ring) remove(k kind) {
	r.wraps = slices.DeleteFunc(r.wraps, func(w wrap) bool { return w.Kind == k })
}
