// Package outward reaches hosts that a stranger named. A letter to a program's desk
// says where a share lies, and the desk asks there: without bounds, anybody who has
// the desk's code could make its computer ask machines that only it can reach, such
// as a router's page or a cloud's metadata (server-side request forgery).
//
// So the address that a name leads to is looked at when the line to it is made, after
// the name was looked up, and a line goes to public addresses alone. No proxy of the
// environment is used: what lies behind one cannot be looked at.
package outward

import (
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"syscall"
	"time"

	"github.com/evenkeel/evenkeel/internal/fault"
)

// Transport is a way to public addresses by https, and to no other.
func Transport() http.RoundTripper {
	dialer := &net.Dialer{Timeout: 10 * time.Second, Control: public}
	return &guarded{&http.Transport{
		Proxy:                  nil,
		DialContext:            dialer.DialContext,
		TLSHandshakeTimeout:    10 * time.Second,
		ResponseHeaderTimeout:  20 * time.Second,
		MaxResponseHeaderBytes: 64 << 10,
		MaxIdleConnsPerHost:    8,
		IdleConnTimeout:        30 * time.Second,
		ForceAttemptHTTP2:      true,
		// What a host gives is sealed, and sealed bytes do not shrink: something that
		// does is made to fill memory.
		DisableCompression: true,
	}}
}

type guarded struct{ http.RoundTripper }

func (g *guarded) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Scheme != "https" {
		return nil, errForm
	}
	return g.RoundTripper.RoundTrip(r)
}

var errForm = fault.New(fault.Invalid, "host.where_form")

// Check refuses a base that is not "https://NAME" with perhaps a port and a path, and
// one that names an address which Transport would not reach: fault.Invalid.
func Check(base string) error {
	u, err := url.Parse(base)
	if err != nil || u.Scheme != "https" || u.Hostname() == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return errForm
	}
	if ip, err := netip.ParseAddr(u.Hostname()); err == nil && !Public(ip) {
		return errForm
	}
	return nil
}

// public refuses a line to an address that is not public. It is asked with the very
// address that the line would go to, so that a name which leads elsewhere at each
// look-up gains nothing.
func public(_, address string, _ syscall.RawConn) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil || !Public(at.Addr()) {
		return errForm
	}
	return nil
}

// closed are blocks that are not the public internet, or lead back out of it, of the
// IANA special-purpose address registries (RFC 6890 and its updates).
var closed = func() (list []netip.Prefix) {
	for _, p := range []string{
		"0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15",
		"198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4",
		"::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16", "fec0::/10",
	} {
		list = append(list, netip.MustParsePrefix(p))
	}
	return list
}()

// Public tells that an address is one of the public internet.
func Public(ip netip.Addr) bool {
	ip = ip.Unmap().WithZone("")
	if !ip.IsGlobalUnicast() || ip.IsPrivate() || ip.IsLoopback() || ip.IsLinkLocalUnicast() {
		return false
	}
	for _, p := range closed {
		if p.Contains(ip) {
			return false
		}
	}
	return true
}
