package say

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/evenkeel/evenkeel/internal/locale"
)

var update = flag.Bool("update", false, "write docs/what-may-be-said.md")

const pagePath = "../docs/what-may-be-said.md"

// docs/what-may-be-said.md is this table and these situations; after a change:
//
//	go test ./say -run Page -update
func TestPage(t *testing.T) {
	all, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	en := all.English()
	var b strings.Builder
	b.WriteString(pageBegin)
	limits := Limits()
	for _, name := range []string{"quantifiable_ng_per_ml", "moderate_from", "severe_from"} {
		l := limits[name]
		fmt.Fprintf(&b, "| %s | %g | %s | %s |\n", name, l.Value, l.Grade, l.Source)
	}
	b.WriteString("\n## The table\nRows of one group stand together: the first whose condition holds is said. A dash under pages is a row that keeps its group silent.\n\n| Group | May be said | Pages | When |\n|---|---|---|---|\n")
	for _, s := range Statements {
		pages := map[Page]string{0: "-", OnToday: "Today", OnBody: "Body", OnToday | OnBody: "Today, Body", OnTodayWithout | OnBody: "Today after a day without, Body"}[s.Pages]
		text := "-"
		if s.Pages != 0 {
			text = template(en, s.Key)
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", s.Group, text, pages, s.When)
	}
	b.WriteString(momentsBegin)
	for _, m := range Moments {
		fmt.Fprintf(&b, "| %s | %s |\n", template(en, m.Key), m.When)
	}
	b.WriteString("\n## Thirty and more people\nWhat the two pages say of each; the test beside the table has the keys, written by hand.\n")
	for _, s := range situations {
		r := settled().after(s.with)
		fmt.Fprintf(&b, "\n### %s%s\n", strings.ToUpper(s.name[:1]), s.name[1:])
		for _, page := range []struct {
			name string
			said []Said
		}{{"Today", Today(&r)}, {"Body", Body(&r)}} {
			fmt.Fprintf(&b, "**%s**\n\n", page.name)
			for _, x := range page.said {
				text := x.Text(en.T)
				if strings.ContainsAny(text, "{}") || text == "" || strings.Contains(text, x.Key) {
					t.Errorf("%s: %q", x.Key, text)
				}
				for _, c := range all.All() {
					if text := x.Text(c.T); strings.ContainsAny(text, "{}") || text == "" {
						t.Errorf("%s %s: %q", c.Tag(), x.Key, text)
					}
				}
				fmt.Fprintf(&b, "- %s\n", text)
			}
			b.WriteString("\n")
		}
	}
	page := strings.TrimRight(b.String(), "\n") + "\n"
	if *update {
		if err := os.WriteFile(pagePath, []byte(page), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	old, err := os.ReadFile(pagePath)
	if err != nil {
		t.Fatal(err)
	}
	if string(old) != page {
		t.Error("docs/what-may-be-said.md is not this table: go test ./say -run Page -update")
	}
}

// template is a sentence with its placeholders.
func template(c *locale.Catalogue, key string) string {
	var args []any
	for _, name := range []string{"a", "b", "n", "of", "if", "low", "high", "range", "scores", "why", "percent", "turn"} {
		args = append(args, name, "*"+name+"*")
	}
	return c.T(key, args...)
}

const pageBegin = `# What may be said
The model gives bands. A person reads sentences. Package ` + "`say`" + ` is one table between the two: each sentence with the condition on the bands under which it may be made. This page is written from that table by ` + "`go test ./say -run Page -update`" + `, and a test fails when the two differ.

The rules behind it:

- Never "none" or "no more than mild" when the 80 % band reaches moderate.
- Never a middle without its band. Words and figures are the two ends of the 80 % band.
- Never a comparison that could go either way. It is called too uncertain, and why.
- Where the doses do not explain what somebody wrote, their own words come first, then what the model had expected.
- Doses of unknown strength are counted at the middle of their kind, and widen every band. When most of what acts on the body is such a guess there is no curve of level and no comparison with the usual, and the page asks for what would help.
- When doses are left out, or another opioid was logged, nothing mild is said.
- What a laboratory could not measure is next to none, and no figure.
- Words for people are none, mild, moderate, severe, and their own 0 to 10. The scale of 0 to 64 stays in these documents, in JSON and on the command line.

## Numbers that conditions rest on
Probabilities and widths (a comparison from 8 of 10, "wide" from 6 of 10 points, a day named within three, an end within ten), the six hours in which what was taken may still be on its way into the blood, and the shares of the usual peak at which a moment gets another word are our choice. The rest:

| Limit | Value | Grade | Where from |
|---|---|---|---|
`

const momentsBegin = `
## What may be said of a moment
The curve on Today answers wherever a finger goes. It shows what acts on the body as a share of each body's own peak on a usual day of use: how strongly people differ in level falls out of that share, so that it may be compared where a level may not. A usual needs three days of use in the last fourteen. The first row whose condition holds is said, and how it goes on from there.

| May be said | When |
|---|---|
`
