package client

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/evenkeel/evenkeel/internal/fault"
)

// A certificate that nobody trusts is no bad line: it is said so, and at once.
func TestUntrusted(t *testing.T) {
	asked := 0
	s := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked++ }))
	defer s.Close()
	l, err := newLine(s.URL, http.DefaultTransport)
	if err != nil {
		t.Fatal(err)
	}
	_, err = l.ask(t.Context(), http.MethodGet, "/health", nil)
	if key, _ := fault.KeyOf(err); key != "host.untrusted" || asked > 0 {
		t.Errorf("%v; asked %d times", err, asked)
	}
}
