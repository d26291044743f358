package wire

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"strings"
	"time"

	"github.com/evenkeel/evenkeel/internal/fault"
)

// DeviceKey is the public half of a device's Ed25519 key pair.
type DeviceKey [ed25519.PublicKeySize]byte

// Request is what of a request is signed: everything that it asks for.
type Request struct {
	Method string
	// Target is path and query below the host's own address, such as
	// "/v1/records?after=7".
	Target string
	Body   []byte
}

// Proof is who asks, for which log, and when. It goes in the Authorization header.
type Proof struct {
	Log    Address
	Device DeviceKey
	// Time is the device's clock in seconds since 1970.
	Time int64
	// Nonce is drawn anew for every request, so that a host can tell a repeated one.
	Nonce     [16]byte
	Signature [ed25519.SignatureSize]byte
}

// Window is how far a device's clock and the host's may be apart, either way.
const Window = 5 * time.Minute

const (
	scheme    = "Evenkeel-1 "
	proofSize = len(Address{}) + len(DeviceKey{}) + 8 + 16 + ed25519.SignatureSize
)

// Sign makes the proof of a request.
func Sign(key ed25519.PrivateKey, log Address, r Request, now time.Time, nonce [16]byte) Proof {
	p := Proof{Log: log, Device: DeviceKey(key.Public().(ed25519.PublicKey)), Time: now.Unix(), Nonce: nonce}
	p.Signature = [ed25519.SignatureSize]byte(ed25519.Sign(key, p.signed(r)))
	return p
}

// Proves tells that the device of the proof signed this very request.
func (p Proof) Proves(r Request) bool {
	return ed25519.Verify(p.Device[:], p.signed(r), p.Signature[:])
}

// signed is the text under the signature. Its parts cannot run into each other:
// method and target hold no zero byte, and the rest has fixed sizes.
func (p Proof) signed(r Request) []byte {
	body := sha256.Sum256(r.Body)
	text := []byte("evenkeel request 1\x00" + r.Method + "\x00" + r.Target + "\x00")
	text = append(text, p.Log[:]...)
	text = binary.BigEndian.AppendUint64(text, uint64(p.Time))
	text = append(text, p.Nonce[:]...)
	return append(text, body[:]...)
}

// Header is the proof as it stands in the Authorization header.
func (p Proof) Header() string {
	b := make([]byte, 0, proofSize)
	b = append(b, p.Log[:]...)
	b = append(b, p.Device[:]...)
	b = binary.BigEndian.AppendUint64(b, uint64(p.Time))
	b = append(b, p.Nonce[:]...)
	b = append(b, p.Signature[:]...)
	return scheme + base64.RawURLEncoding.EncodeToString(b)
}

// ParseProof reads an Authorization header; anything else is fault.Invalid.
func ParseProof(header string) (p Proof, err error) {
	text, ok := strings.CutPrefix(header, scheme)
	if !ok || len(text) != base64.RawURLEncoding.EncodedLen(proofSize) {
		return p, errProof
	}
	b, err := base64.RawURLEncoding.Strict().DecodeString(text)
	if err != nil {
		return p, errProof
	}
	for _, field := range [][]byte{p.Log[:], p.Device[:]} {
		b = b[copy(field, b):]
	}
	p.Time = int64(binary.BigEndian.Uint64(b))
	b = b[8:]
	b = b[copy(p.Nonce[:], b):]
	copy(p.Signature[:], b)
	return p, nil
}

var errProof = fault.New(fault.Invalid, "host.not_signed")
