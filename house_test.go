package evenkeel_test

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"path"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/evenkeel/evenkeel/"

// domain are the rooms at the root that say what Evenkeel knows.
var domain = []string{"journal", "pkpd", "say", "exposure", "instrument", "safety", "taper", "insight", "evidence", "directory", "care"}

// adapters deliver or keep; none may know another.
var adapters = []string{"internal/web", "internal/cli", "internal/store/sqlite", "internal/store/memory", "internal/store/opfs", "internal/store/devicefile", "internal/store/postgres", "internal/fhir", "internal/report"}

// pages is where the areas of the pages stand, beside what they are built from.
const pages = "internal/web/"

// underPages is what areas are built from.
var underPages = []string{"shell", "kit", "chart", "form", "reading"}

// banned from the domain: clock, ids and randomness come in as arguments.
var banned = []string{"net", "os", "database/sql", "log", "net/http", "log/slog", "crypto/rand", "os/exec", "syscall"}

// domainLibraries are the libraries that the domain may use, which are as pure
// as it is: text is folded and told apart in the way of Unicode.
var domainLibraries = []string{"golang.org/x/text/unicode/norm"}

type goPackage struct {
	ImportPath string
	Imports    []string
	GoFiles    []string
	Dir        string
}

func packages(t *testing.T) []goPackage {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports,GoFiles,Dir", "./...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var list []goPackage
	d := json.NewDecoder(strings.NewReader(string(out)))
	for {
		var p goPackage
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return list
		} else if err != nil {
			t.Fatal(err)
		}
		list = append(list, p)
	}
}

// room is the package's path in the house; "" for what is not ours.
func room(importPath string) string {
	r, ok := strings.CutPrefix(importPath, module)
	if !ok {
		return ""
	}
	return r
}

func within(r string, rooms []string) bool {
	return slices.ContainsFunc(rooms, func(x string) bool { return r == x || strings.HasPrefix(r, x+"/") })
}

// The rules of the house: cmd -> internal/{web,cli} -> internal/app -> domain.
func TestWhoMayImportWhom(t *testing.T) {
	for _, p := range packages(t) {
		from := room(p.ImportPath)
		for _, i := range p.Imports {
			to := room(i)
			switch {
			case within(from, domain) && (slices.Contains(banned, i) || strings.HasPrefix(i, "net/")):
				t.Errorf("%s imports %s: the domain reads no clock, network, file or log", from, i)
			case within(from, domain) && to == "" && strings.Contains(strings.Split(i, "/")[0], ".") && !slices.Contains(domainLibraries, i):
				t.Errorf("%s imports %s: a library in the domain needs a reason in domainLibraries", from, i)
			case within(from, domain) && strings.HasPrefix(to, "internal/"):
				t.Errorf("%s imports %s: the domain does not know how it is delivered", from, to)
			case strings.HasPrefix(to, "cmd/"):
				t.Errorf("%s imports %s: a main is nobody's library", from, to)
			case from == "internal/app" && (within(to, adapters) || within(to, []string{"internal/demo", "internal/testkit"})):
				t.Errorf("%s imports %s: the use cases know their ports only", from, to)
			case within(from, adapters) && within(to, adapters) && !sameRoom(from, to):
				t.Errorf("%s imports %s: adapters do not know each other", from, to)
			case strings.HasPrefix(from, pages) && strings.HasPrefix(to, pages) && from != to && !slices.Contains(underPages, strings.TrimPrefix(to, pages)):
				t.Errorf("%s imports %s: areas of the pages do not know each other; what they are built from stands in underPages", from, to)
			case to == "internal/testkit" || strings.HasPrefix(to, "internal/testkit/"):
				if !strings.HasPrefix(from, "internal/testkit") {
					t.Errorf("%s imports %s: the test kit is for tests", from, to)
				}
			}
		}
	}
}

func sameRoom(a, b string) bool {
	return slices.ContainsFunc(adapters, func(x string) bool { return within(a, []string{x}) && within(b, []string{x}) })
}

// The domain is told the time and given its randomness.
func TestDomainAsksNoClockAndNoDice(t *testing.T) {
	for _, p := range packages(t) {
		if !within(room(p.ImportPath), domain) {
			continue
		}
		for _, f := range p.GoFiles {
			for _, call := range callsIn(t, path.Join(p.Dir, f)) {
				if asksClockOrDice(call) {
					t.Errorf("%s/%s uses %s", room(p.ImportPath), f, call)
				}
			}
		}
	}
}

// No room is a drawer for odds and ends.
func TestNoDrawers(t *testing.T) {
	for _, p := range packages(t) {
		if base := path.Base(p.ImportPath); slices.Contains([]string{"util", "utils", "common", "helpers", "helper", "manager", "models", "misc", "shared"}, base) {
			t.Errorf("%s: name the room after what lives there", p.ImportPath)
		}
	}
}
