package fingerprint

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// What people compared once has to stay the same. Expected values were computed with
// Python's hashlib from the package's description.
func TestKnown(t *testing.T) {
	counted := make([]byte, 32)
	for i := range counted {
		counted[i] = byte(i)
	}
	for _, c := range []struct {
		key    []byte
		words  string
		digits string
	}{
		{nil, "visible pizza receptor detector disco base halo animal suave", "95081 73749 77733 77525"},
		{counted, "diagonal taxi internet poncho escape horizontal factor lunar polka", "03788 98299 24010 69934"},
	} {
		if got := strings.Join(Words(c.key), " "); got != c.words {
			t.Errorf("words %q, want %q", got, c.words)
		}
		if got := Digits(c.key); got != c.digits {
			t.Errorf("digits %q, want %q", got, c.digits)
		}
	}
}

// Each byte has a word of its own; words are short, of plain letters, and two letters
// or more apart, so that no slip of the tongue makes one of another.
func TestList(t *testing.T) {
	if len(list) != 256 || !slices.IsSorted(list) {
		t.Fatalf("%d words", len(list))
	}
	for i, w := range list {
		if !regexp.MustCompile(`^[a-z]{3,11}$`).MatchString(w) {
			t.Errorf("%q", w)
		}
		for _, other := range list[:i] {
			if near(w, other) {
				t.Errorf("%q and %q are one letter apart", w, other)
			}
		}
	}
}

// near tells whether one letter changed, added or taken away makes b of a.
func near(a, b string) bool {
	if len(a) < len(b) {
		a, b = b, a
	}
	i := 0
	for i < len(b) && a[i] == b[i] {
		i++
	}
	switch len(a) - len(b) {
	case 0:
		return i == len(b) || a[i+1:] == b[i+1:]
	case 1:
		return a[i+1:] == b[i:]
	}
	return false
}

// A key that differs in one bit has other words: of 256 such keys no two agree.
func TestOneBitChangesThem(t *testing.T) {
	key := make([]byte, 32)
	seen := map[string]bool{strings.Join(Words(key), " "): true}
	for bit := range 256 {
		key[bit/8] ^= 1 << (bit % 8)
		w := strings.Join(Words(key), " ")
		if seen[w] || len(strings.Fields(w)) != 9 {
			t.Errorf("bit %d: %s", bit, w)
		}
		seen[w] = true
		key[bit/8] ^= 1 << (bit % 8)
	}
}
