package cli

import (
	"os"
	"runtime"
	"testing"
	"time"
)

const testOS = runtime.GOOS

// waitFor reads a file that another program is about to put there.
func waitFor(t *testing.T, path string) string {
	t.Helper()
	for range 500 {
		if text, err := os.ReadFile(path); err == nil {
			return string(text)
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("%s did not come", path)
	return ""
}
