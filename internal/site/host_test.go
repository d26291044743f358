//go:build !js

package site

import (
	"strings"
	"testing"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/site/lzma"
)

// A site for a host may ask that host alone, and only from the worker that holds Go.
func TestSiteForAHost(t *testing.T) {
	p := Pack([]byte("\x00asm"), []byte("// exec"), lzma.Quick)
	list, err := Files(p, "https://host.example:8443")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range list {
		switch says := strings.Count(string(f.Data), "https://host.example:8443"); {
		case f.Name == "go.js" && (says != 1 || !strings.Contains(string(f.Data), `globalThis.host = "https://host.example:8443"`)):
			t.Errorf("go.js does not say where the host is")
		case f.Name == "worker.js" && (says != 1 || !strings.Contains(string(f.Data), WorkerPolicy+" https://host.example:8443")):
			t.Errorf("the worker's policy is not there, or stands somewhere else too")
		case f.Name != "go.js" && f.Name != "worker.js" && says > 0:
			t.Errorf("%s names the host", f.Name)
		}
	}
	for _, bad := range []string{"host.example", "http://host.example", "https://host.example/", "https://host.example/x", "https://a b", "https://*", "https://host.example; script-src *", "https://host.example\"", "https://HOST.example"} {
		if _, err := Files(p, bad); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", bad, err)
		}
	}
}
