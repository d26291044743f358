package envelope

import (
	"bytes"
	"crypto/ed25519"
	"crypto/hpke"
	"crypto/sha256"
	"encoding/binary"
	"math/bits"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/vault"
)

const (
	version = 1
	label   = "evenkeel envelope 1"

	encSize    = 1120 // 1088 of ML-KEM-768, 32 of X25519
	tagSize    = 16
	signedSize = ed25519.PublicKeySize + ed25519.SignatureSize

	smallestClass = 2 << 10
	largestClass  = 1 << 20
	// overhead is what an envelope is longer than its inside.
	overhead = 1 + encSize + tagSize
	// MaxContent is the longest content, in bytes, that Seal accepts: what the largest
	// size class has room for.
	MaxContent = largestClass + vault.Overhead - overhead - signedSize - 1
)

var (
	errClosed = fault.New(fault.Corrupt, "vault.envelope_not_opened")
	errSender = fault.New(fault.Corrupt, "vault.envelope_sender")
)

// insideSize is how long an inside with n bytes of content is after padding.
func insideSize(n int) int {
	whole := overhead + signedSize + n + 1 - vault.Overhead
	class := max(smallestClass, 1<<bits.Len(uint(whole-1)))
	return class + vault.Overhead - overhead
}

// Seal signs content as the sender's and seals it to a recipient's public key, for
// one context. A key that is none is fault.Invalid, and so is content longer than
// MaxContent.
func Seal(to []byte, sender ed25519.PrivateKey, context string, content []byte) ([]byte, error) {
	public, err := kem().NewPublicKey(to)
	if err != nil {
		return nil, fault.New(fault.Invalid, "vault.recipient_unusable")
	}
	if len(content) > MaxContent {
		return nil, fault.New(fault.Invalid, "vault.envelope_too_long")
	}
	if len(sender) != ed25519.PrivateKeySize {
		return nil, fault.New(fault.Internal, "vault.key_unusable")
	}
	inside := make([]byte, 0, insideSize(len(content)))
	inside = append(inside, sender.Public().(ed25519.PublicKey)...)
	inside = append(inside, ed25519.Sign(sender, statement(to, context, content))...)
	inside = append(inside, content...)
	inside = append(inside, 0x80)
	inside = inside[:cap(inside)]
	defer clear(inside)
	sealed, err := hpke.Seal(public, hpke.HKDFSHA256(), hpke.ChaCha20Poly1305(), info(context), inside)
	if err != nil {
		return nil, fault.Wrap(err, fault.Internal, "vault.not_sealed")
	}
	return append([]byte{version}, sealed...), nil
}

// Open gives the content of an envelope and the key of who signed it; whether that is
// the sender one expects is for the caller to say. Anything but the bytes that Seal
// made for this very recipient and context is fault.Corrupt; a format that this
// program does not know is fault.NewerVersion.
func (r *Recipient) Open(context string, envelope []byte) (content []byte, sender ed25519.PublicKey, err error) {
	if len(envelope) > 0 && envelope[0] > version {
		return nil, nil, fault.New(fault.NewerVersion, "vault.envelope_newer")
	}
	if len(envelope) < overhead+signedSize+1 || len(envelope) > largestClass+vault.Overhead || envelope[0] != version {
		return nil, nil, errClosed
	}
	inside, err := hpke.Open(r.private, hpke.HKDFSHA256(), hpke.ChaCha20Poly1305(), info(context), envelope[1:])
	if err != nil {
		return nil, nil, errClosed
	}
	end := bytes.LastIndexByte(inside, 0x80)
	if end < signedSize || insideSize(end-signedSize) != len(inside) || len(bytes.Trim(inside[end+1:], "\x00")) > 0 {
		return nil, nil, errClosed
	}
	sender, signature, content := inside[:ed25519.PublicKeySize:ed25519.PublicKeySize], inside[ed25519.PublicKeySize:signedSize], inside[signedSize:end:end]
	if !ed25519.Verify(sender, statement(r.public, context, content), signature) {
		return nil, nil, errSender
	}
	return content, sender, nil
}

func info(context string) []byte { return []byte(label + "\x00" + context) }

// statement is what a sender signs. The recipient's key has one length after hashing
// and the context's length is told, so that no two statements share their bytes.
func statement(to []byte, context string, content []byte) []byte {
	recipient := sha256.Sum256(to)
	s := append([]byte(label+"\x00"), recipient[:]...)
	s = binary.BigEndian.AppendUint32(s, uint32(len(context)))
	s = append(s, context...)
	return append(s, content...)
}
