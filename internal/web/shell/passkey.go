package shell

import (
	"encoding/base64"
	"net/url"

	"github.com/evenkeel/evenkeel/internal/fault"
)

// PasskeyAnswer is a passkey's answer in the field "secret" of a form: 32 bytes
// in base 64. Anything else is fault.Invalid.
func PasskeyAnswer(f url.Values) (secret [32]byte, err error) {
	b, err := base64.StdEncoding.DecodeString(f.Get("secret"))
	if err != nil || len(b) != len(secret) {
		return secret, fault.New(fault.Invalid, "vault.passkey_unusable")
	}
	defer clear(b)
	return [32]byte(b), nil
}
