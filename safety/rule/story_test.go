package rule

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/evenkeel/evenkeel/instrument"
	"github.com/evenkeel/evenkeel/safety"
)

var update = flag.Bool("update", false, "write docs/stories/red-flags.md anew")

// Every rule has tests of what brings it up: lines that were labelled by hand,
// answers of questionnaires, entries together. The page says which.
func TestEveryRuleHasTests(t *testing.T) {
	lines := map[safety.Sign]map[string]int{}
	for _, language := range []string{"en", "es", "heldout-en", "heldout-es"} {
		data, err := os.ReadFile(filepath.Join("..", "testdata", language+".txt"))
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(data)) {
			label, _, ok := strings.Cut(line, "|")
			if words := strings.Fields(label); ok && len(words) > 0 {
				s := safety.Sign(words[0])
				if lines[s] == nil {
					lines[s] = map[string]int{}
				}
				lines[s][strings.TrimPrefix(language, "heldout-")]++
			}
		}
	}
	var b strings.Builder
	b.WriteString("# Red flags\nWhat brings each rule up, on what it rests, and which tests hold it. Written by `go test ./safety/rule -update`; the rules are `safety/rule/rules.json`, the words of each sign [docs/safety.md](../safety.md). No clinician has reviewed them.\n\n| Rule | Signs | Brought up by | Rests on | Read | Labelled lines, English and Spanish (`safety/testdata`) | Other tests |\n|---|---|---|---|---|---|---|\n")
	for _, r := range All() {
		var signs, other []string
		en, es := 0, 0
		for _, s := range r.Signs {
			signs = append(signs, "`"+string(s)+"`")
			en, es = en+lines[s]["en"], es+lines[s]["es"]
		}
		for _, c := range written {
			if name, ok := strings.CutPrefix(c.name, r.ID+" "); ok {
				other = append(other, name)
			}
		}
		for _, in := range instrument.All() {
			for _, i := range in.Items {
				if slices.Contains(r.Signs, safety.Sign(i.Danger)) {
					other = append(other, "question "+i.ID+" of "+in.ID)
				}
			}
		}
		if slices.Contains(r.By, "words") && (en == 0 || es == 0) {
			t.Errorf("%s: %d English and %d Spanish lines", r.ID, en, es)
		}
		if len(r.By) > 1 && len(other) == 0 {
			t.Errorf("%s is brought up by %v, and only words are tested", r.ID, r.By)
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %d, %d | %s |\n", r.ID, strings.Join(signs, ", "), strings.Join(r.By, ", "), r.Source, r.Read, en, es, strings.Join(other, "; "))
	}
	book := theBook()
	fmt.Fprintf(&b, "\nTogether means within %g hours (%s: %s). A break is %g days without a dose, for somebody with at least %d doses in the %g days before it (%s: %s)\n",
		book.Mixing.Hours, book.Mixing.Grade, strings.TrimSuffix(book.Mixing.Source, "."), book.Break.Days, book.Break.BeforeDoses, book.Break.BeforeDays, book.Break.Grade, book.Break.Source)
	page := filepath.Join("..", "..", "docs", "stories", "red-flags.md")
	if *update {
		if err := os.MkdirAll(filepath.Dir(page), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(page, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if had, err := os.ReadFile(page); err != nil || string(had) != b.String() {
		t.Errorf("docs/stories/red-flags.md is not what the rules say: go test ./safety/rule -update (%v)", err)
	}
}
