package vault

import (
	"bytes"
	"math/bits"

	"github.com/evenkeel/evenkeel/internal/fault"
)

// A sealed record, with its version, person (16) and record id (16) as additional data:
//
//	version (1) | nonce (24) | XChaCha20-Poly1305 of the padded plaintext | tag (16)
//
// Version 2 differs in one thing: it says that the log it stands in has a head. A
// log with such a record and no head has lost it.
const (
	headless      = 1
	recordVersion = 2
)

const (
	// smallestClass is the size that most entries share: an event is a line of
	// JSON of 100 to 250 bytes.
	smallestClass = 256
	// MaxPlain is the longest plaintext, in bytes, that Seal accepts. It leaves a
	// 50 MB import, which is many records, untouched and keeps one record from
	// filling memory.
	MaxPlain = 16<<20 - 1
	// Overhead is how many bytes a sealed record is longer than its padded plaintext.
	Overhead = 1 + nonceSize + tagSize
)

// paddedSize is the size class of a plaintext of n bytes: the next power of two
// that leaves room for the end mark, 256 at least. A length then tells less than
// "short, a paragraph, a page".
func paddedSize(n int) int {
	if n < smallestClass {
		return smallestClass
	}
	return 1 << bits.Len(uint(n))
}

// Seal appends the sealed record to dst. Each call draws a fresh nonce, so the same
// plaintext never looks the same twice. Plaintext longer than MaxPlain is fault.Invalid.
func (k *Key) Seal(dst []byte, person, id [16]byte, plain []byte) ([]byte, error) {
	return k.sealAs(recordVersion, dst, person, id, plain)
}

func (k *Key) sealAs(version byte, dst []byte, person, id [16]byte, plain []byte) ([]byte, error) {
	if len(plain) > MaxPlain {
		return nil, fault.New(fault.Invalid, "vault.entry_too_long")
	}
	padded := make([]byte, paddedSize(len(plain)))
	n := copy(padded, plain)
	padded[n] = 0x80 // ISO/IEC 7816-4: an end mark, then zeros
	dst = append(dst, version)
	aad := recordAAD(version, person, id)
	dst, err := k.seal(dst, padded, aad[:])
	clear(padded)
	return dst, err
}

// Open appends the plaintext of a sealed record to dst. Anything but the bytes that
// Seal made for this very person and id is fault.Corrupt; a format that this program
// does not know is fault.NewerVersion.
func (k *Key) Open(dst []byte, person, id [16]byte, sealed []byte) ([]byte, error) {
	if len(sealed) > 0 && sealed[0] > recordVersion {
		return nil, fault.New(fault.NewerVersion, "vault.newer_record")
	}
	if len(sealed) < Overhead+smallestClass || sealed[0] < headless {
		return nil, errRecord
	}
	aad := recordAAD(sealed[0], person, id)
	out, ok, err := k.open(dst, sealed[1:], aad[:])
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, errRecord
	}
	plain := out[len(dst):]
	end := bytes.LastIndexByte(plain, 0x80)
	if end < 0 || paddedSize(end) != len(plain) {
		return nil, errRecord
	}
	for _, b := range plain[end+1:] {
		if b != 0 {
			return nil, errRecord
		}
	}
	return out[:len(dst)+end], nil
}

var errRecord = fault.New(fault.Corrupt, "vault.damaged_record")

// UnderHead tells whether a record, which has been opened, was sealed into a log
// that has a head.
func UnderHead(sealed []byte) bool { return len(sealed) > 0 && sealed[0] != headless }

func recordAAD(version byte, person, id [16]byte) (aad [33]byte) {
	aad[0] = version
	copy(aad[1:], person[:])
	copy(aad[17:], id[:])
	return aad
}
