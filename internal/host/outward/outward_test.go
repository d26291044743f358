package outward

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
)

func TestPublic(t *testing.T) {
	for ip, want := range map[string]bool{
		"93.184.215.14": true, "2606:2800:21f:cb07:6820:80da:af6b:8b2c": true, "1.1.1.1": true, "172.32.0.1": true, "::ffff:1.1.1.1": true,
		"127.0.0.1": false, "127.8.8.8": false, "::1": false, "0.0.0.0": false, "::": false,
		"10.0.0.1": false, "172.16.0.1": false, "172.31.255.255": false, "192.168.1.1": false,
		"169.254.169.254": false, "fe80::1": false, "fe80::1%eth0": false, "fd00:ec2::254": false, "fc00::1": false,
		"::ffff:127.0.0.1": false, "::ffff:10.0.0.1": false, "::127.0.0.1": false, "64:ff9b::a00:1": false, "2002:a00:1::": false,
		"100.64.0.1": false, "100.100.100.200": false, "224.0.0.1": false, "255.255.255.255": false, "ff02::1": false,
		"192.0.0.192": false, "198.18.0.1": false, "240.0.0.1": false, "fec0::1": false,
	} {
		if got := Public(netip.MustParseAddr(ip)); got != want {
			t.Errorf("%s: %v", ip, got)
		}
	}
}

func TestCheck(t *testing.T) {
	for base, good := range map[string]bool{
		"https://host.example": true, "https://host.example:8443/a": true, "https://1.1.1.1": true,
		"http://host.example": false, "https://": false, "file:///etc/passwd": false, "https://a:b@host.example": false,
		"https://host.example/?q": false, "https://host.example/#x": false, "https://127.0.0.1": false, "https://[::1]": false,
		"https://169.254.169.254": false, "https://[::ffff:10.0.0.1]": false, "": false, "gopher://x": false,
	} {
		if err := Check(base); (err == nil) != good {
			t.Errorf("%q: %v", base, err)
		}
	}
}

// A server on this computer is not asked, by its number or by a name that leads to it.
func TestNothingOnThisComputer(t *testing.T) {
	var asked atomic.Int32
	server := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked.Add(1) }))
	defer server.Close()
	for _, url := range []string{server.URL, strings.Replace(server.URL, "127.0.0.1", "localhost", 1), strings.Replace(server.URL, "https", "http", 1)} {
		r, err := http.NewRequest("GET", url, http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		reply, err := Transport().RoundTrip(r)
		if err == nil {
			reply.Body.Close()
		}
		if err == nil || !strings.Contains(err.Error(), "host.where_form") {
			t.Errorf("%s: %v", url, err)
		}
	}
	if asked.Load() != 0 {
		t.Error("it was asked")
	}
}
