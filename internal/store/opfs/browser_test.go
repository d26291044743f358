//go:build !js

package opfs

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/evenkeel/evenkeel/internal/testkit/browser"
)

// The suite of all stores, on the real thing: built for a browser's worker and
// run in one.
func TestInARealBrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("a build for a browser takes a while when nothing is cached")
	}
	b := browser.Open(t)
	binary := filepath.Join(t.TempDir(), "opfs.wasm")
	cmd := exec.Command("go", "test", "-c", "-o", binary, ".")
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	out, code := b.RunWasm(t, binary, "-test.v", "-rapid.checks=15", "-rapid.nofailfile")
	if code != 0 {
		t.Errorf("ended with %d\n%s", code, out)
	}
	t.Logf("%s", out)
}
