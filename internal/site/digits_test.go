//go:build !js

package site

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/evenkeel/evenkeel/internal/testkit/browser"
)

// The model gives the same digits in a browser as here, and the vault opens and
// makes the same vectors.
func TestSameDigitsInABrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("builds for a browser")
	}
	b := browser.Open(t)
	digits := regexp.MustCompile(`digits [0-9a-f]{24}`)
	for pkg, tests := range map[string]string{"pkpd": "TestSameSeedSameBits|TestDigits", "internal/vault": "Vectors"} {
		args := []string{"-test.v", "-test.run", tests}
		outs := map[string]string{}
		for _, where := range []string{"here", "browser"} {
			program := filepath.Join(t.TempDir(), "program")
			cmd := exec.Command("go", "test", "-c", "-o", program, ".")
			cmd.Dir = filepath.Join("../..", pkg)
			cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
			if where == "browser" {
				cmd.Env = append(cmd.Env, "GOOS=js", "GOARCH=wasm")
			}
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Fatalf("%s: %v\n%s", pkg, err, out)
			}
			if where == "browser" {
				out, code := b.RunWasm(t, program, args...)
				if code != 0 {
					t.Errorf("%s: ended with %d\n%s", pkg, code, out)
				}
				outs[where] = out
				continue
			}
			run := exec.Command(program, args...)
			run.Dir = cmd.Dir
			out, err := run.CombinedOutput()
			if err != nil {
				t.Fatalf("%s: %v\n%s", pkg, err, out)
			}
			outs[where] = string(out)
		}
		if here, there := digits.FindString(outs["here"]), digits.FindString(outs["browser"]); here != there || pkg == "pkpd" && here == "" {
			t.Errorf("%s: %q here and %q in a browser", pkg, here, there)
		}
	}
}
