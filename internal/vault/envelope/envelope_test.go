package envelope

import (
	"bytes"
	"crypto/ed25519"
	"crypto/hpke"
	"crypto/rand"
	"strings"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/wire"
)

const here = "evenkeel letter 1"

func recipient(t testing.TB) *Recipient {
	t.Helper()
	r, err := NewRecipient(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func signer(t testing.TB) ed25519.PrivateKey {
	t.Helper()
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return private
}

func sealed(t testing.TB, to *Recipient, from ed25519.PrivateKey, context string, content []byte) []byte {
	t.Helper()
	e, err := Seal(to.Public(), from, context, content)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func refused(t *testing.T, what string, r *Recipient, context string, envelope []byte, code fault.Code, key string) {
	t.Helper()
	content, sender, err := r.Open(context, envelope)
	if got, _ := fault.KeyOf(err); !fault.Is(err, code) || got != key || content != nil || sender != nil {
		t.Errorf("%s: %d bytes, sender %x, %v", what, len(content), sender, err)
	}
}

// Whatever is sealed comes out as it was, with its sender, in a size of the house.
func TestRoundTrip(t *testing.T) {
	to, from := recipient(t), signer(t)
	rapid.Check(t, func(rt *rapid.T) {
		content := rapid.SliceOfN(rapid.Byte(), 0, 9000).Draw(rt, "content")
		context := rapid.String().Draw(rt, "context")
		e := sealed(t, to, from, context, content)
		if !wire.InClass(e) {
			rt.Errorf("%d bytes are in no class", len(e))
		}
		got, sender, err := to.Open(context, e)
		if err != nil || !bytes.Equal(got, content) || !sender.Equal(from.Public()) {
			rt.Errorf("%d of %d bytes, sender %x, %v", len(got), len(content), sender, err)
		}
	})
}

// 2048 + 41 bytes less what stands around the content (1 + 1120 + 16 + 32 + 64 + 1
// for the end mark) leave 855.
func TestSizes(t *testing.T) {
	to, from := recipient(t), signer(t)
	for _, c := range []struct{ content, want int }{
		{0, 2048 + 41}, {1, 2048 + 41}, {855, 2048 + 41}, {856, 4096 + 41}, {2903, 4096 + 41}, {2904, 8192 + 41},
		{MaxContent, 1<<20 + 41},
	} {
		e := sealed(t, to, from, here, bytes.Repeat([]byte{0x80}, c.content))
		if len(e) != c.want {
			t.Errorf("%d bytes become %d, want %d", c.content, len(e), c.want)
		}
		if got, _, err := to.Open(here, e); err != nil || len(got) != c.content {
			t.Errorf("%d bytes: %d, %v", c.content, len(got), err)
		}
	}
	if _, err := Seal(to.Public(), from, here, make([]byte, MaxContent+1)); !fault.Is(err, fault.Invalid) {
		t.Errorf("more than fits: %v", err)
	}
}

// The same content twice shares no byte of what is sealed but by chance.
func TestNoTwoAreAlike(t *testing.T) {
	to, from := recipient(t), signer(t)
	a, b := sealed(t, to, from, here, []byte("x")), sealed(t, to, from, here, []byte("x"))
	same := 0
	for i := range a {
		if a[i] == b[i] {
			same++
		}
	}
	if same > 60 { // 2089/256 = 8.2 by chance
		t.Errorf("%d of %d bytes are the same", same, len(a))
	}
	if public := from.Public().(ed25519.PublicKey); bytes.Contains(a, public) {
		t.Error("who carries it can read the sender")
	}
}

// Each byte changed, each length cut, bytes added: nothing of it opens.
func TestEveryByteCounts(t *testing.T) {
	to := recipient(t)
	e := sealed(t, to, signer(t), here, []byte("three days without"))
	for i := range e {
		for _, bit := range []byte{1, 0x80} {
			changed := bytes.Clone(e)
			changed[i] ^= bit
			if i == 0 && changed[0] > version {
				refused(t, "a later version", to, here, changed, fault.NewerVersion, "vault.envelope_newer")
				continue
			}
			refused(t, "a changed byte", to, here, changed, fault.Corrupt, "vault.envelope_not_opened")
		}
	}
	for n := range e {
		refused(t, "cut off", to, here, e[:n], fault.Corrupt, "vault.envelope_not_opened")
	}
	refused(t, "longer", to, here, append(bytes.Clone(e), 0), fault.Corrupt, "vault.envelope_not_opened")
	refused(t, "far too long", to, here, append(bytes.Clone(e), make([]byte, 2<<20)...), fault.Corrupt, "vault.envelope_not_opened")
}

func TestAnotherRecipientOrContext(t *testing.T) {
	to, from := recipient(t), signer(t)
	address := strings.Repeat("a", 64)
	e := sealed(t, to, from, "evenkeel share 1 "+address, []byte("mine"))
	refused(t, "another recipient", recipient(t), "evenkeel share 1 "+address, e, fault.Corrupt, "vault.envelope_not_opened")
	for _, context := range []string{"", here, "evenkeel share 1 " + strings.Repeat("b", 64), "evenkeel share 1 " + address + " "} {
		refused(t, "another context", to, context, e, fault.Corrupt, "vault.envelope_not_opened")
	}
}

// resealed is what somebody makes who can write any inside: the recipient that passes
// an envelope on, or a sender who puts another's key in front.
func resealed(t *testing.T, to *Recipient, context string, inside []byte) []byte {
	t.Helper()
	public, err := kem().NewPublicKey(to.Public())
	if err != nil {
		t.Fatal(err)
	}
	box, err := hpke.Seal(public, hpke.HKDFSHA256(), hpke.ChaCha20Poly1305(), info(context), inside)
	if err != nil {
		t.Fatal(err)
	}
	return append([]byte{version}, box...)
}

func insideOf(t *testing.T, r *Recipient, context string, e []byte) []byte {
	t.Helper()
	inside, err := hpke.Open(r.private, hpke.HKDFSHA256(), hpke.ChaCha20Poly1305(), info(context), e[1:])
	if err != nil {
		t.Fatal(err)
	}
	return inside
}

// A recipient who opens an envelope can pass it on, but to nobody as if it had been
// sealed to them, nor as of another context, nor with other content.
func TestNobodySpeaksForTheSender(t *testing.T) {
	clinic, other, from := recipient(t), recipient(t), signer(t)
	inside := insideOf(t, clinic, here, sealed(t, clinic, from, here, []byte("to the clinic")))
	if content, _, err := clinic.Open(here, resealed(t, clinic, here, inside)); err != nil || string(content) != "to the clinic" {
		t.Fatalf("the way this test seals is not the package's: %q, %v", content, err)
	}
	refused(t, "passed on", other, here, resealed(t, other, here, inside), fault.Corrupt, "vault.envelope_sender")
	refused(t, "another context", clinic, "x", resealed(t, clinic, "x", inside), fault.Corrupt, "vault.envelope_sender")
	for _, at := range []int{0, 31, 32, 95, 96} {
		changed := bytes.Clone(inside)
		changed[at] ^= 1
		refused(t, "changed inside", clinic, here, resealed(t, clinic, here, changed), fault.Corrupt, "vault.envelope_sender")
	}
	thief := bytes.Clone(inside)
	copy(thief, signer(t).Public().(ed25519.PublicKey))
	refused(t, "another sender's key in front", clinic, here, resealed(t, clinic, here, thief), fault.Corrupt, "vault.envelope_sender")
}

// Insides that sealing never makes: no end mark, something behind it, another class
// than the smallest that fits, too short for a signature.
func TestInsidesThatSealingNeverMakes(t *testing.T) {
	to, from := recipient(t), signer(t)
	inside := insideOf(t, to, here, sealed(t, to, from, here, []byte("x")))
	unmarked := bytes.Clone(inside)
	unmarked[bytes.LastIndexByte(unmarked, 0x80)] = 0
	behind := bytes.Clone(inside)
	behind[len(behind)-1] = 1
	for what, bad := range map[string][]byte{
		"no end mark":       unmarked[:signedSize+1],
		"no mark, whole":    bytes.Repeat([]byte{0}, len(inside)),
		"something behind":  behind,
		"a class too large": append(bytes.Clone(inside), make([]byte, 2048)...),
		"in no class":       inside[:len(inside)-1],
		"no signature":      {0x80},
		"empty":             {},
	} {
		refused(t, what, to, here, resealed(t, to, here, bad), fault.Corrupt, "vault.envelope_not_opened")
	}
}

func TestKeys(t *testing.T) {
	r := recipient(t)
	again, err := ParseRecipient(r.Bytes())
	if err != nil || !bytes.Equal(again.Public(), r.Public()) || len(r.Public()) != PublicSize || len(r.Bytes()) != SecretSize {
		t.Fatalf("%d, %d bytes, %v", len(r.Public()), len(r.Bytes()), err)
	}
	if got, _, err := again.Open(here, sealed(t, r, signer(t), here, []byte("x"))); err != nil || string(got) != "x" {
		t.Errorf("%q, %v", got, err)
	}
	for _, n := range []int{0, 31, 33} {
		if _, err := ParseRecipient(make([]byte, n)); !fault.Is(err, fault.Corrupt) {
			t.Errorf("a secret of %d bytes: %v", n, err)
		}
	}
	if _, err := NewRecipient(iotest.ErrReader(noRandom{})); !fault.Is(err, fault.Internal) {
		t.Errorf("no random numbers: %v", err)
	}
	// The first 1184 bytes are coefficients modulo 3329; 0xfff is none.
	outside := bytes.Repeat([]byte{0xff}, PublicSize)
	for _, to := range [][]byte{nil, r.Public()[1:], append(r.Public(), 0), outside} {
		if _, err := Seal(to, signer(t), here, nil); !fault.Is(err, fault.Invalid) {
			t.Errorf("sealed to %d bytes: %v", len(to), err)
		}
	}
	if _, err := Seal(r.Public(), nil, here, nil); !fault.Is(err, fault.Internal) {
		t.Errorf("no sender: %v", err)
	}
}

type noRandom struct{}

func (noRandom) Error() string { return "no random numbers" }
