package cpace

import (
	"bytes"
	"crypto/ecdh"
	"crypto/rand"
	"encoding/hex"
	"testing"

	"pgregory.net/rapid"

	"github.com/evenkeel/evenkeel/internal/fault"
)

func fromHex(t *testing.T, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// The vectors of draft-irtf-cfrg-cpace-21, appendix B.1.
func TestVectorsOfTheDraft(t *testing.T) {
	terms := Terms{Password: []byte("Password"), Channel: fromHex(t, "6f630b425f726573706f6e6465720b415f696e69746961746f72"), Session: fromHex(t, "7e4b4791d6a8ef019b936c79fb7f2c57")}
	if got := hex.EncodeToString(generator(terms)); got != "64e8099e3ea682cfdc5cb665c057ebb514d06bf23ebc9f743b51b82242327074" {
		t.Errorf("generator %s", got)
	}
	a, ya, err := shareOf(fromHex(t, "21b4f4bd9e64ed355c3eb676a28ebedaf6d8f17bdc365995b319097153044080"), terms)
	if err != nil || hex.EncodeToString(ya) != "1b02dad6dbd29a07b6d28c9e04cb2f184f0734350e32bb7e62ff9dbcfdb63d15" {
		t.Errorf("Ya %x, %v", ya, err)
	}
	b, yb, err := shareOf(fromHex(t, "848b0779ff415f0af4ea14df9dd1d3c29ac41d836c7808896c4eba19c51ac40a"), terms)
	if err != nil || hex.EncodeToString(yb) != "20cda5955f82c4931545bcbf40758ce1010d7db4db2a907013d79c7a8fcf957f" {
		t.Errorf("Yb %x, %v", yb, err)
	}
	k := "f97fdfcfff1c983ed6283856a401de3191ca919902b323c5f950c9703df7297a"
	for _, side := range []struct {
		secret *ecdh.PrivateKey
		other  []byte
	}{{a, yb}, {b, ya}} {
		if got, err := multiply(side.secret, side.other); err != nil || hex.EncodeToString(got) != k {
			t.Errorf("K %x, %v", got, err)
		}
	}
	isk := "a051ee5ee2499d16da3f69f430218b8ea94a18a45b67f9e86495b382c33d14a5c38cecc0cc834f960e39e0d1bf7d76b9ef5d54eecc5e0f386c97ad12da8c3d5f"
	if got := iskOf(terms.Session, fromHex(t, k), ya, []byte("ADa"), yb, []byte("ADb")); hex.EncodeToString(got) != isk {
		t.Errorf("ISK %x", got)
	}
}

// Points of low order leave no secret; points with the top bit set are read without
// it (the draft's vectors u0 to ub).
func TestPointsOfTheDraft(t *testing.T) {
	secret, err := ecdh.X25519().NewPrivateKey(fromHex(t, "af46e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449aff"))
	if err != nil {
		t.Fatal(err)
	}
	for _, u := range []string{
		"0000000000000000000000000000000000000000000000000000000000000000", "0100000000000000000000000000000000000000000000000000000000000000",
		"ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
		"5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157", "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
		"eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
	} {
		if got, err := multiply(secret, fromHex(t, u)); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s gives %x, %v", u, got, err)
		}
		if _, _, err := Respond(rand.Reader, Terms{Password: []byte("x")}, fromHex(t, u)); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s is answered: %v", u, err)
		}
	}
	for u, q := range map[string]string{
		"daffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff": "d8e2c776bbacd510d09fd9278b7edcd25fc5ae9adfba3b6e040e8d3b71b21806",
		"dbffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff": "c85c655ebe8be44ba9c0ffde69f2fe10194458d137f09bbff725ce58803cdb38",
		"d9ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff": "db64dafa9b8fdd136914e61461935fe92aa372cb056314e1231bc4ec12417456",
		"cdeb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b880": "e062dcd5376d58297be2618c7498f55baa07d7e03184e8aada20bca28888bf7a",
		"4c9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f11d7": "993c6ad11c4c29da9a56f7691fd0ff8d732e49de6250b6c2e80003ff4629a175",
	} {
		if got, err := multiply(secret, fromHex(t, u)); err != nil || hex.EncodeToString(got) != q {
			t.Errorf("%s gives %x, %v", u, got, err)
		}
	}
}

// Two sides get the same key exactly when all that they go by is the same.
func TestBothSidesOrNeither(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		terms := rapid.Custom(func(t *rapid.T) Terms {
			part := rapid.SliceOfN(rapid.Byte(), 0, 140)
			return Terms{part.Draw(t, "password"), part.Draw(t, "channel"), part.Draw(t, "session")}
		})
		mine := terms.Draw(t, "mine")
		theirs := mine
		if rapid.Bool().Draw(t, "other terms") {
			theirs = terms.Draw(t, "theirs")
		}
		same := bytes.Equal(mine.Password, theirs.Password) && bytes.Equal(mine.Channel, theirs.Channel) && bytes.Equal(mine.Session, theirs.Session)
		i, err := Start(rand.Reader, mine)
		if err != nil {
			t.Fatal(err)
		}
		reply, key, err := Respond(rand.Reader, theirs, i.Message())
		if err != nil {
			t.Fatal(err)
		}
		got, err := i.Finish(reply)
		switch {
		case same && (err != nil || !bytes.Equal(got, key)):
			t.Fatalf("same terms: %v", err)
		case !same && (!fault.Is(err, fault.Invalid) || got != nil):
			t.Fatalf("other terms: %v", err)
		}
		if _, err := i.Finish(reply); !fault.Is(err, fault.Invalid) {
			t.Fatal("a second try")
		}
	})
}

func FuzzReply(f *testing.F) {
	terms := Terms{Password: []byte("password")}
	f.Add(make([]byte, ReplySize), make([]byte, MessageSize))
	f.Fuzz(func(t *testing.T, reply, message []byte) {
		i, err := Start(rand.Reader, terms)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := i.Finish(reply); !fault.Is(err, fault.Invalid) {
			t.Errorf("a made-up reply: %v", err)
		}
		if _, _, err := Respond(rand.Reader, terms, message); err != nil && !fault.Is(err, fault.Invalid) {
			t.Error(err)
		}
	})
}
