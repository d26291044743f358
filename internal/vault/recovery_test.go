package vault

import (
	"bytes"
	"crypto/rand"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/evenkeel/evenkeel/internal/fault"
)

func secrets(r *rapid.T) (s recoverySecret) {
	for i, b := range rapid.SliceOfN(rapid.ByteRange(0, 31), codeRandom, codeRandom).Draw(r, "symbols") {
		s[i] = b
	}
	return s
}

// However a code is typed, it reads the same.
func TestRecoveryTolerant(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		want := secrets(r)
		var typed strings.Builder
		for _, c := range want.String() {
			switch style := rapid.IntRange(0, 3).Draw(r, "style"); {
			case c == '-':
				typed.WriteString([]string{"", "-", " \t", "\u2013\u00a0"}[style])
			case c == '0' && style == 1:
				typed.WriteByte("oO"[style%2])
			case c == '1' && style > 0:
				typed.WriteByte("?iLl"[style])
			case style == 2:
				typed.WriteString(strings.ToLower(string(c)))
			default:
				typed.WriteRune(c)
			}
		}
		if got, err := parseRecovery(typed.String()); err != nil || got != want {
			r.Fatalf("%q: %v, %v", typed.String(), got, err)
		}
	})
}

// One to four wrong symbols are always a typo, and so are two that swapped places.
func TestRecoveryTypos(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		code := strings.ReplaceAll(secrets(r).String(), "-", "")
		typo := []byte(code)
		if rapid.Bool().Draw(r, "swap") {
			i := rapid.IntRange(0, codeSymbols-1).Draw(r, "i")
			j := rapid.IntRange(0, codeSymbols-1).Draw(r, "j")
			typo[i], typo[j] = typo[j], typo[i]
		} else {
			for _, i := range rapid.SliceOfN(rapid.IntRange(0, codeSymbols-1), 1, 4).Draw(r, "where") {
				typo[i] = crockford[rapid.IntRange(0, 31).Draw(r, "what")]
			}
		}
		if string(typo) == code {
			r.Skip("no typo")
		}
		if _, err := parseRecovery(string(typo)); !fault.Is(err, fault.Invalid) || saidBy(err) != "vault.code_typo" {
			r.Fatalf("%s for %s: %v", typo, code, err)
		}
	})
}

// A code word has the generator's four roots, by Horner's rule.
func TestRecoveryRoots(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		s := secrets(r)
		check := s.check()
		root := byte(1)
		for range codeCheck {
			root = mul32(root, 2)
			var value byte
			for _, c := range append(s[:], check[:]...) {
				value = mul32(value, root) ^ c
			}
			if value != 0 {
				r.Fatalf("%v is %d at %d", s, value, root)
			}
		}
	})
}

func TestRecoveryRefused(t *testing.T) {
	s, err := drawRecovery(rand.Reader)
	must(t, err)
	good := s.String()
	for _, c := range []struct{ code, says string }{
		{"", "vault.code_too_short"},
		{good[:len(good)-1], "vault.code_too_short"},
		{good + "0", "vault.code_too_long"},
		{strings.Repeat("0", 1<<16), "vault.code_too_long"},
		{"U" + good[1:], "vault.code_letters"},
		{"é" + good[1:], "vault.code_letters"},
		{good[:10] + "\xff" + good[11:], "vault.code_letters"},
	} {
		_, err := parseRecovery(c.code)
		if !fault.Is(err, fault.Invalid) || saidBy(err) != c.says {
			t.Errorf("%.40q: %v", c.code, err)
		}
		if len(c.code) > 0 && strings.Contains(err.Error(), c.code) {
			t.Errorf("the code stands in the error %v", err)
		}
	}
}

// Each symbol is five random bits.
func TestRecoveryUsesAllSymbols(t *testing.T) {
	all := make([]byte, codeRandom*10)
	for i := range all {
		all[i] = byte(i)
	}
	seen := map[byte]int{}
	source := bytes.NewReader(all)
	for range 10 {
		s, err := drawRecovery(source)
		must(t, err)
		for _, symbol := range s {
			seen[symbol]++
		}
	}
	for symbol := range byte(32) {
		if n := seen[symbol]; n < 8 || n > 9 {
			t.Errorf("symbol %d came %d times of 260", symbol, n)
		}
	}
}

func FuzzRecovery(f *testing.F) {
	for _, c := range load(f).Rings {
		f.Add(c.Recovery)
	}
	f.Add("U-U-U")
	f.Add("ﬀſKelvin")
	f.Fuzz(func(t *testing.T, text string) {
		s, err := parseRecovery(text)
		if err != nil {
			if !fault.Is(err, fault.Invalid) {
				t.Error(err)
			}
			return
		}
		if again, err := parseRecovery(s.String()); err != nil || again != s {
			t.Errorf("%q reads as %v and back as %v, %v", text, s, again, err)
		}
	})
}

func saidBy(err error) string {
	key, _ := fault.KeyOf(err)
	return key
}
