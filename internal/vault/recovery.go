package vault

import (
	"io"
	"strings"
	"unicode"

	"github.com/evenkeel/evenkeel/internal/fault"
)

// A recovery code is 26 random symbols of 5 bits, 130 bits in all, and 4 check
// symbols, in Crockford's base 32 and groups of five:
//
//	7QK2M-0D4XR-...
//
// The check symbols make it a Reed-Solomon code over GF(32), so up to four wrong
// symbols, and thus any two that swapped places, are certain to be noticed: a typo
// is told apart from a code that belongs to something else.
const (
	codeRandom  = 26
	codeCheck   = 4
	codeSymbols = codeRandom + codeCheck
	codeGroup   = 5
	crockford   = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
)

// recoverySecret is the 26 random symbols, one per byte, each 0 to 31.
type recoverySecret [codeRandom]byte

func drawRecovery(random io.Reader) (recoverySecret, error) {
	var s recoverySecret
	if err := draw(random, s[:]); err != nil {
		return s, err
	}
	for i := range s {
		s[i] &= 31 // 256 is a multiple of 32, so no symbol is likelier than another
	}
	return s, nil
}

func (s recoverySecret) String() string {
	check := s.check()
	var b strings.Builder
	for i, symbol := range append(s[:], check[:]...) {
		if i > 0 && i%codeGroup == 0 {
			b.WriteByte('-')
		}
		b.WriteByte(crockford[symbol])
	}
	return b.String()
}

// symbolsOf reads a code as people type it: any case, any spaces and dashes, O for 0,
// I and L for 1. What is no symbol of Crockford's base 32 is told by ok.
func symbolsOf(text string) (symbols []byte, ok bool) {
	for _, r := range text {
		if unicode.IsSpace(r) || unicode.Is(unicode.Pd, r) {
			continue
		}
		switch r = unicode.ToUpper(r); r {
		case 'O':
			r = '0'
		case 'I', 'L':
			r = '1'
		}
		symbol := strings.IndexRune(crockford, r)
		if symbol < 0 {
			return nil, false
		}
		symbols = append(symbols, byte(symbol))
	}
	return symbols, true
}

func parseRecovery(text string) (recoverySecret, error) {
	symbols, ok := symbolsOf(text)
	switch {
	case !ok:
		return recoverySecret{}, fault.New(fault.Invalid, "vault.code_letters")
	case len(symbols) > codeSymbols:
		return recoverySecret{}, fault.New(fault.Invalid, "vault.code_too_long")
	case len(symbols) < codeSymbols:
		return recoverySecret{}, fault.New(fault.Invalid, "vault.code_too_short", "n", len(symbols))
	}
	s := recoverySecret(symbols[:codeRandom])
	if s.check() != [codeCheck]byte(symbols[codeRandom:]) {
		return recoverySecret{}, fault.New(fault.Invalid, "vault.code_typo")
	}
	return s, nil
}

// check is the remainder of s(x) * x^4 divided by g(x) = (x-a)(x-a^2)(x-a^3)(x-a^4),
// where a is the root of x^5+x^2+1. Four roots in a row give distance 5 (the BCH
// bound) for up to 31 symbols; a code has 30.
func (s recoverySecret) check() (rem [codeCheck]byte) {
	for _, symbol := range s {
		lead := symbol ^ rem[0]
		copy(rem[:], rem[1:])
		rem[codeCheck-1] = 0
		for i, g := range generator {
			rem[i] ^= mul32(lead, g)
		}
	}
	return rem
}

// generator holds g's coefficients below the leading one, highest power first.
var generator = func() (g [codeCheck]byte) {
	poly := []byte{1} // lowest power first
	root := byte(1)
	for range codeCheck {
		root = mul32(root, 2)
		next := make([]byte, len(poly)+1)
		for i, c := range poly {
			next[i+1] ^= c
			next[i] ^= mul32(c, root)
		}
		poly = next
	}
	for i := range g {
		g[i] = poly[codeCheck-1-i]
	}
	return g
}()

// mul32 multiplies in GF(32) = GF(2)[x] / (x^5 + x^2 + 1).
func mul32(a, b byte) (p byte) {
	for ; b > 0; b >>= 1 {
		if b&1 != 0 {
			p ^= a
		}
		if a <<= 1; a&32 != 0 {
			a ^= 0b100101
		}
	}
	return p
}
