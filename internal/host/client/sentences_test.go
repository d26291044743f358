package client

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

// Whatever a host refuses is said by its own sentence.
func TestRefusalsHaveSentences(t *testing.T) {
	files, err := filepath.Glob("../*.go")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`refuse\(http\.\w+, fault\.\w+, "([a-z._]+)"\)`).FindAllSubmatch(b, -1) {
			found++
			if _, ok := sentences[string(m[1])]; !ok {
				t.Errorf("%s: the device would say that the host had a problem of its own, for %s", name, m[1])
			}
		}
	}
	if found < 15 {
		t.Errorf("only %d refusals found", found)
	}
}
