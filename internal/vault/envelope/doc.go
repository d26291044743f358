// Package envelope seals something to one recipient, signed by its sender.
//
// An envelope, version 1:
//
//	version (1) | encapsulated key (1120) | ChaCha20-Poly1305 of the inside | tag (16)
//
// It is HPKE (RFC 9180) in base mode with the hybrid of ML-KEM-768 and X25519
// (draft-ietf-hpke-pq, also called X-Wing), HKDF-SHA256 and ChaCha20-Poly1305. The
// info of HPKE is the label, a zero and the context, so that an envelope opens in the
// context it was made for and in no other. The inside:
//
//	sender's Ed25519 key (32) | signature (64) | content | 0x80 | zeros
//
// Base mode proves no sender, so the sender signs the label, the recipient's key,
// the context and the content: a recipient who opens an envelope can pass its content
// on, but nobody takes it for one that was meant for somebody else. The signature
// stands inside, so that who carries an envelope learns nothing of who sent it.
//
// The zeros bring an envelope to one of the sizes that sealed records have, see
// wire.InClass, from 2 KiB to 1 MiB.
//
// Unlike its parent the package draws random numbers by itself: HPKE of the standard
// library takes no other source than the system's.
package envelope
