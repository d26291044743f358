//go:build !js

package client

import (
	"crypto/tls"
	"errors"
)

// untrusted tells that something answers there, and does not prove to be the host.
func untrusted(err error) bool {
	var e *tls.CertificateVerificationError
	return errors.As(err, &e)
}
