package vault

import (
	"io"

	"github.com/evenkeel/evenkeel/internal/fault"
)

// PairingCode is what a person types on a second device: ten symbols of Crockford's
// base 32. Four name a place where the devices meet, which is public; five are the
// secret of that one meeting, 25 bits; the last is a check.
type PairingCode [pairingSymbols - 1]byte

const (
	pairingSymbols = 10
	pairingPlace   = 4
)

// DrawPairing draws a new code.
func DrawPairing(random io.Reader) (c PairingCode, err error) {
	err = draw(random, c[:])
	for i := range c {
		c[i] &= 31
	}
	return c, err
}

// ParsePairing reads a code as people type it. One wrong symbol, and any two that
// swapped places, are certain to be noticed. Errors are fault.Invalid.
func ParsePairing(text string) (c PairingCode, err error) {
	symbols, ok := symbolsOf(text)
	if !ok || len(symbols) != pairingSymbols {
		return c, fault.New(fault.Invalid, "vault.pairing_form")
	}
	c = PairingCode(symbols[:pairingSymbols-1])
	if c.check() != symbols[pairingSymbols-1] {
		return PairingCode{}, fault.New(fault.Invalid, "vault.pairing_typo")
	}
	return c, nil
}

// String is the code as it is shown: 7QK2-M0D-4XR.
func (c PairingCode) String() string {
	all := spelled(append(c[:], c.check()))
	return all[:4] + "-" + all[4:7] + "-" + all[7:]
}

// Place is where the devices meet.
func (c PairingCode) Place() string { return spelled(c[:pairingPlace]) }

// Secret is what only the two screens know.
func (c PairingCode) Secret() []byte { return []byte(spelled(c[pairingPlace:])) }

func spelled(symbols []byte) string {
	b := make([]byte, len(symbols))
	for i, symbol := range symbols {
		b[i] = crockford[symbol]
	}
	return string(b)
}

// check is the sum of each symbol times its own power of the field's generator, so
// that a symbol counts differently in each place, and the sum itself in none.
func (c PairingCode) check() (sum byte) {
	power := byte(1)
	for _, symbol := range c {
		power = mul32(power, 2)
		sum ^= mul32(symbol, power)
	}
	return sum
}
