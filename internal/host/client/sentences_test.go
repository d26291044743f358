package client

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/evenkeel/evenkeel/internal/fault"
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

// A conflict is asked for again at once, twenty times: a host that wants to be left
// alone for a while is none.
func TestWaitingIsNoConflict(t *testing.T) {
	err := said(429, []byte(`{"error":{"key":"host.too_fast"}}`))
	if key, _ := fault.KeyOf(err); key != "host.too_fast" || fault.Is(err, fault.Conflict) {
		t.Error(err)
	}
	if err := said(409, []byte(`{"error":{"key":"store.moved_on"}}`)); !fault.Is(err, fault.Conflict) {
		t.Error(err)
	}
}

// What answers and is no host is told apart from a host that failed.
func TestNoHost(t *testing.T) {
	for status, want := range map[int]string{404: "host.answer", 405: "host.answer", 500: "host.failed", 502: "host.failed"} {
		if key, _ := fault.KeyOf(said(status, []byte("<html>"))); key != want {
			t.Errorf("%d: %s", status, key)
		}
	}
}
