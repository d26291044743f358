package vault

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/evenkeel/evenkeel/internal/fault"
)

// maxPassphrase bounds, in bytes, what the key derivation is fed.
const maxPassphrase = 1024

// normalise makes one passphrase out of the ways that keyboards have of typing it:
// composed characters (NFC) and plain spaces, as RFC 8265 section 4.2 asks.
func normalise(passphrase string) ([]byte, error) {
	switch {
	case passphrase == "":
		return nil, fault.New(fault.Invalid, "vault.passphrase_empty")
	case len(passphrase) > maxPassphrase:
		return nil, fault.New(fault.Invalid, "vault.passphrase_too_long")
	case !utf8.ValidString(passphrase):
		return nil, fault.New(fault.Invalid, "vault.passphrase_not_text")
	}
	spaced := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Zs, r) {
			return ' '
		}
		return r
	}, passphrase)
	return norm.NFC.Bytes([]byte(spaced)), nil
}
