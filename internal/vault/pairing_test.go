package vault_test

import (
	"crypto/rand"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/vault"
)

const symbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// By hand, in GF(32) with x^5 = x^2 + 1: the symbols 1,0,0,0,0,0,0,0,0 times 2 is 2;
// 0,1,... times 4 is 4; 0,0,0,0,16,... times 32 = x^9 = x^4·x^5 = x^6+x^4 = x^4+x^3+x = 26.
func TestPairingCheck(t *testing.T) {
	for _, code := range []string{"1000-000-002", "0100-000-004", "0000-G00-00T", "0000-000-000"} {
		c, err := vault.ParsePairing(code)
		if err != nil || c.String() != code {
			t.Errorf("%s: %s, %v", code, c, err)
		}
	}
}

func TestPairingCode(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, err := vault.DrawPairing(rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		text := c.String()
		loose := strings.NewReplacer("-", " ", "0", "o", "1", "l").Replace(strings.ToLower(text))
		for _, way := range []string{text, strings.ReplaceAll(text, "-", ""), loose} {
			if got, err := vault.ParsePairing(way); err != nil || got != c {
				t.Fatalf("%q: %v, %v", way, got, err)
			}
		}
		if bare := strings.ReplaceAll(text, "-", ""); c.Place()+string(c.Secret()) != bare[:9] {
			t.Fatalf("%s is not %s and %s", text, c.Place(), c.Secret())
		}
		bare := []byte(strings.ReplaceAll(text, "-", ""))
		i, j := rapid.IntRange(0, 9).Draw(t, "i"), rapid.IntRange(0, 9).Draw(t, "j")
		wrong := append([]byte{}, bare...)
		if i == j {
			wrong[i] = symbols[rapid.IntRange(0, 31).Draw(t, "symbol")]
		} else {
			wrong[i], wrong[j] = wrong[j], wrong[i]
		}
		if _, err := vault.ParsePairing(string(wrong)); (string(wrong) == string(bare)) != (err == nil) {
			t.Fatalf("%s for %s: %v", wrong, bare, err)
		}
	})
}

func FuzzParsePairing(f *testing.F) {
	f.Add("7QK2-M0D-4XR")
	f.Add("")
	f.Fuzz(func(t *testing.T, text string) {
		c, err := vault.ParsePairing(text)
		if err != nil && !fault.Is(err, fault.Invalid) {
			t.Fatal(err)
		}
		if again, twice := vault.ParsePairing(c.String()); twice != nil || again != c {
			t.Fatal(twice)
		}
	})
}
