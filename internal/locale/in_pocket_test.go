package locale

import (
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// deskWords are what nobody has in a phone's browser.
var deskWords = regexp.MustCompile(`(?i)[“«` + "`" + `]evenkeel [a-z]|(^|[^-\w])--[a-z]|\bfolders?\b|\bcarpetas?\b|\bcommands?\b|\bcomandos?\b|` +
	`\bterminal\b|write-ahead|chmod|go\.mod|your account on this|tu cuenta en este|\bthis computer|\besta computadora|\bdisk\b|\bdisco\b`)

// deskTexts are in the pocket's code, and said where it never comes to.
var deskTexts = map[string]string{
	"core.several_journals": "a browser holds one journal",
	"core.no_such_person":   "no page asks for a person",
	"outside.how":           "only the desk's gate keeps anybody outside",
	"refused.host":          "only the desk's gate looks at the host",
	"store.check_damaged":   "doctor's", "store.check_emptied": "doctor's",
}

func TestThePocketSpeaksOfWhatIsThere(t *testing.T) {
	code := pocketCode(t)
	met := map[string]bool{}
	for _, c := range texts(t).InPocket().All() {
		for key, m := range c.messages {
			for _, text := range m {
				found := deskWords.FindString(text)
				if found == "" || !strings.Contains(code, `"`+key+`"`) {
					continue
				}
				if deskTexts[key] == "" {
					t.Errorf("%s %s speaks of %q: %s", c.Tag(), key, found, text)
				}
				met[key] = true
			}
		}
	}
	for key := range deskTexts {
		if !met[key] {
			t.Errorf("%s need not be on the list", key)
		}
	}
}

// A text of the pocket stands in for one of the desk, and is told no more.
func TestTextsOfThePocketStandForOthers(t *testing.T) {
	desk := texts(t)
	pocket := desk.InPocket()
	for i, c := range desk.All() {
		for key, m := range c.messages {
			of, ok := strings.CutPrefix(key, inPocket)
			if !ok {
				continue
			}
			for form, text := range c.messages[of] {
				if !slices.Equal(placeholders(m[form]), placeholders(text)) {
					t.Errorf("%s %s: %q in place of %q", c.Tag(), key, m[form], text)
				}
			}
			if len(c.messages[of]) != len(m) {
				t.Errorf("%s %s has other forms than %s", c.Tag(), key, of)
			}
			if got := pocket.All()[i].T(of); got != c.T(key) || got == c.T(of) {
				t.Errorf("%s: the pocket says %q", key, got)
			}
		}
	}
	if pocket.Match("es-MX").Tag() != "es" {
		t.Error("the pocket chooses another language")
	}
}

// pocketCode is the source that the pocket is made of: of every package of ours
// in its program.
func pocketCode(t *testing.T) string {
	t.Helper()
	cmd := exec.Command("go", "list", "-deps", "-f", "{{if not .Standard}}{{if .Module.Main}}{{$dir := .Dir}}{{range .GoFiles}}{{$dir}}/{{.}}\n{{end}}{{end}}{{end}}", "../../cmd/pocket")
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	list, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for path := range strings.Lines(string(list)) {
		if path = strings.TrimSpace(path); path == "" {
			continue
		}
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(data)
	}
	if all.Len() < 1_000_000 {
		t.Fatalf("only %d bytes of code", all.Len())
	}
	return all.String()
}
