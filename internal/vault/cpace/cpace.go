// Package cpace lets two sides that know the same short password agree on a key
// over a line that somebody else owns. Whoever is on the line can try one password
// with each of the two, while it happens, and learns nothing to try others with
// later.
//
// It is CPACE-X25519-SHA512 of draft-irtf-cfrg-cpace-21 (Abdalla, Haase and Hesse,
// April 2026), initiator and responder, with the draft's explicit confirmation by
// the responder. The curve is crypto/ecdh, the field of its map is
// filippo.io/edwards25519/field; docs/decisions/0019 says why there is code of ours.
package cpace

import (
	"crypto/ecdh"
	"crypto/hmac"
	"crypto/sha512"
	"crypto/subtle"
	"encoding/binary"
	"io"

	"filippo.io/edwards25519/field"

	"github.com/evenkeel/evenkeel/internal/fault"
)

const (
	// MessageSize is the length of the initiator's message.
	MessageSize = 32
	// ReplySize is the length of the responder's: a point and its confirmation.
	ReplySize = 32 + sha512.Size
	// KeySize is the length of the key that both sides get.
	KeySize = sha512.Size
)

// Terms are what both sides must have the same, or they get no common key.
type Terms struct {
	// Password is short and secret, and used for one exchange.
	Password []byte
	// Channel says what the exchange is for, Session which one it is. Both are
	// public.
	Channel, Session []byte
}

// Initiator is the side that begins. It finishes once.
type Initiator struct {
	session []byte
	secret  *ecdh.PrivateKey
	public  []byte
}

// Start begins an exchange; Message goes to the other side.
func Start(random io.Reader, t Terms) (*Initiator, error) {
	secret, public, err := share(random, t)
	if err != nil {
		return nil, err
	}
	return &Initiator{session: t.Session, secret: secret, public: public}, nil
}

// Message is what the other side answers.
func (i *Initiator) Message() []byte { return i.public }

// Respond answers an initiator's message: reply goes back, key is what both have if
// the passwords are the same. A message that is no point of the curve, or one that
// leaves no secret, is fault.Invalid.
func Respond(random io.Reader, t Terms, message []byte) (reply, key []byte, err error) {
	if len(message) != MessageSize {
		return nil, nil, errMessage
	}
	secret, public, err := share(random, t)
	if err != nil {
		return nil, nil, err
	}
	key, err = intermediate(secret, message, t.Session, message, public)
	if err != nil {
		return nil, nil, err
	}
	return append(public, confirmation(key, t.Session, public)...), key, nil
}

// Finish reads the reply. One that was made with another password, or for another
// exchange, is fault.Invalid, and then and afterwards nothing can be finished: one
// exchange is one try.
func (i *Initiator) Finish(reply []byte) (key []byte, err error) {
	secret := i.secret
	i.secret = nil
	if secret == nil || len(reply) != ReplySize {
		return nil, errMessage
	}
	public, tag := reply[:32], reply[32:]
	key, err = intermediate(secret, public, i.session, i.public, public)
	if err != nil {
		return nil, err
	}
	if subtle.ConstantTimeCompare(tag, confirmation(key, i.session, public)) != 1 {
		return nil, fault.New(fault.Invalid, "vault.cpace_other")
	}
	return key, nil
}

var errMessage = fault.New(fault.Invalid, "vault.cpace_message")

// share draws one side's secret and its point over the password's generator.
func share(random io.Reader, t Terms) (*ecdh.PrivateKey, []byte, error) {
	scalar := make([]byte, 32)
	if _, err := io.ReadFull(random, scalar); err != nil {
		return nil, nil, fault.Wrap(err, fault.Internal, "vault.no_random")
	}
	defer clear(scalar)
	return shareOf(scalar, t)
}

func shareOf(scalar []byte, t Terms) (*ecdh.PrivateKey, []byte, error) {
	secret, err := ecdh.X25519().NewPrivateKey(scalar)
	if err != nil {
		return nil, nil, fault.Wrap(err, fault.Internal, "vault.key_unusable")
	}
	public, err := multiply(secret, generator(t))
	return secret, public, err
}

// multiply is X25519; a point of low order is refused there.
func multiply(secret *ecdh.PrivateKey, point []byte) ([]byte, error) {
	p, err := ecdh.X25519().NewPublicKey(point)
	if err != nil {
		return nil, errMessage
	}
	product, err := secret.ECDH(p)
	if err != nil {
		return nil, errMessage
	}
	return product, nil
}

// intermediate is the draft's ISK. The points are of the initiator and the
// responder; no side adds data of its own.
func intermediate(secret *ecdh.PrivateKey, other, session, initiator, responder []byte) ([]byte, error) {
	k, err := multiply(secret, other)
	if err != nil {
		return nil, err
	}
	defer clear(k)
	isk := iskOf(session, k, initiator, nil, responder, nil)
	return isk, nil
}

func iskOf(session, k, initiator, initiatorSays, responder, responderSays []byte) []byte {
	sum := sha512.Sum512(joined([]byte("CPace255_ISK"), session, k, initiator, initiatorSays, responder, responderSays))
	return sum[:]
}

// confirmation is the responder's proof that it has the key (section 9.4 of the
// draft: tag over the message that it sent).
func confirmation(isk, session, responder []byte) []byte {
	key := sha512.Sum512(append(append([]byte("CPaceMac"), session...), isk...))
	mac := hmac.New(sha512.New, key[:])
	mac.Write(joined(responder, nil))
	return mac.Sum(nil)
}

// generator is the point that the password stands for.
func generator(t Terms) []byte {
	name := []byte("CPace255")
	pad := max(0, sha512.BlockSize-1-len(joined(t.Password))-len(joined(name)))
	sum := sha512.Sum512(joined(name, t.Password, make([]byte, pad), t.Channel, t.Session))
	return elligator(sum[:32])
}

// elligator maps a field element to the u-coordinate of a point on Curve25519
// (Elligator 2, RFC 9380, section 6.7.1; Bernstein et al. 2013). The top bit is
// ignored, as X25519 does.
func elligator(b []byte) []byte {
	var r, v, w, sum field.Element
	if _, err := r.SetBytes(b); err != nil {
		panic(err) // 32 bytes, always
	}
	one := new(field.Element).One()
	a := new(field.Element).Mult32(one, 486662)
	r.Square(&r)
	r.Add(&r, &r)
	r.Add(&r, one)                            // 1 + 2r², never zero: -1/2 is no square
	v.Multiply(v.Negate(a), r.Invert(&r))     // v = -A / (1 + 2r²)
	w.Multiply(&v, w.Add(&v, a))              // v² + Av
	w.Multiply(&v, w.Add(&w, one))            // v³ + Av² + v
	_, square := sum.SqrtRatio(&w, one)       // on the curve, or on its twist
	sum.Negate(new(field.Element).Add(&v, a)) // -v - A
	return v.Select(&v, &sum, square).Bytes()
}

// joined puts parts one after the other, each after its length (LEB128), so that
// they cannot run into each other.
func joined(parts ...[]byte) (b []byte) {
	for _, p := range parts {
		b = binary.AppendUvarint(b, uint64(len(p)))
		b = append(b, p...)
	}
	return b
}
