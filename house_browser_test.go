package evenkeel_test

import (
	"encoding/json"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// outsideABrowser are the rooms that need a process, a terminal or a file
// system of their own. All others build for a browser's worker, so that
// another door can be opened to the same house.
var outsideABrowser = []string{"cmd/evenkeel", "internal/cli", "internal/store/sqlite", "internal/store/devicefile", "internal/store/storetest", "internal/testkit", "tools"}

func TestRoomsBuildForABrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("a build for another machine takes a while when nothing is cached")
	}
	var rooms []string
	for _, p := range packages(t) {
		if r := room(p.ImportPath); r != "" && len(p.GoFiles) > 0 && !within(r, outsideABrowser) {
			rooms = append(rooms, p.ImportPath)
		}
	}
	if len(rooms) < 10 {
		t.Fatalf("only %d rooms: the list is not what it should be", len(rooms))
	}
	cmd := exec.Command("go", append([]string{"build"}, rooms...)...)
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("GOOS=js GOARCH=wasm go build: %v\n%s", err, strings.TrimSpace(string(out)))
	}
}

// The page carries no host, no database server and no program's desk: it grows for
// nobody.
func TestThePocketHasNoHost(t *testing.T) {
	cmd := exec.Command("go", "list", "-deps", module+"cmd/pocket")
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "CGO_ENABLED=0")
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range strings.Fields(string(out)) {
		if room(p) == "internal/host" || within(room(p), []string{"internal/store/postgres", "internal/app/desk", "internal/web/desk", "care/caseload"}) || strings.HasPrefix(p, "github.com/jackc/") {
			t.Errorf("cmd/pocket needs %s", p)
		}
	}
}

// What only commands say stays out of the page, and no page says it.
func TestThePocketHasNoTextsOfCommands(t *testing.T) {
	cmd := exec.Command("go", "list", "-f", "{{.EmbedFiles}}", module+"internal/locale")
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "CGO_ENABLED=0")
	out, err := cmd.Output()
	if err != nil || !strings.Contains(string(out), "en/web.json") || strings.Contains(string(out), "command/") {
		t.Errorf("%s, %v", out, err)
	}
	commands, err := filepath.Glob("internal/locale/en/command/*.json")
	if err != nil || len(commands) == 0 {
		t.Fatal(commands, err)
	}
	var keys []string
	for _, f := range commands {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		var m map[string]json.RawMessage
		if err := json.Unmarshal(b, &m); err != nil {
			t.Fatal(f, err)
		}
		keys = slices.AppendSeq(keys, maps.Keys(m))
	}
	for _, p := range append(sources(t, ".go"), sources(t, ".templ")...) {
		if path.Dir(p) == "internal/host" || within(path.Dir(p), []string{"internal/cli", "internal/store/postgres", "internal/store/sqlite", "cmd/evenkeel", "internal/web/desk", "internal/app/desk", "internal/demo/program", "care/caseload"}) {
			continue
		}
		b, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		for _, key := range keys {
			if strings.Contains(string(b), `"`+key+`"`) {
				t.Errorf("%s says %s, which a page does not have", p, key)
			}
		}
	}
}
