package care

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/journal"
)

var signed = time.Date(2026, 11, 24, 18, 0, 0, 0, time.UTC)

// whole is a consent for treatment with everything that the law asks for.
func whole() journal.Consent {
	return journal.Consent{
		Patient: "Sam R.", Discloser: "Sam R.", Parts: []string{"scores"}, Recipient: "Harbor Outpatient", RecipientKind: "program",
		Purposes: []string{"care"}, Purpose: "For my treatment", Until: "2027-02-28", Rules: "us-42cfr2-2024-04-16", Language: "en",
		Stated: []journal.Statement{{Element: "revoke", Text: "a"}, {Element: "redisclosure", Text: "b"}, {Element: "refusing", Text: "c"}},
		Signed: "Sam R.", SignedAt: signed,
	}
}

// Each element of 42 CFR 2.31(a) is missed when it alone is not there, and named.
func TestMissing(t *testing.T) {
	e := EditionOn("2026-11-24")
	drop := func(id string) func(*journal.Consent) {
		return func(c *journal.Consent) {
			c.Stated = slices.DeleteFunc(c.Stated, func(s journal.Statement) bool { return s.Element == id })
		}
	}
	for _, c := range []struct {
		name   string
		change func(*journal.Consent)
		want   string
	}{
		{"nothing", func(*journal.Consent) {}, ""},
		{"no name", func(c *journal.Consent) { c.Patient = " " }, "patient"},
		{"nobody who discloses", func(c *journal.Consent) { c.Discloser = "" }, "discloser"},
		{"nothing ticked", func(c *journal.Consent) { c.Parts = nil }, "information"},
		{"a sheet of no section", func(c *journal.Consent) { c.Parts = []string{"sheet"} }, "information"},
		{"nobody it is for", func(c *journal.Consent) { c.Recipient = "" }, "recipient"},
		{"no kind of recipient", func(c *journal.Consent) { c.RecipientKind = "" }, "recipient"},
		{"no purpose", func(c *journal.Consent) { c.Purpose = "" }, "purpose"},
		{"no word on taking back", drop("revoke"), "revoke"},
		{"no end", func(c *journal.Consent) { c.Until = "" }, "expiry"},
		{"an end before it was signed", func(c *journal.Consent) { c.Until = "2026-11-23" }, "expiry"},
		{"ends on the day", func(c *journal.Consent) { c.Until = "2026-11-24" }, ""},
		{"not signed", func(c *journal.Consent) { c.Signed = "" }, "signature"},
		{"no date", func(c *journal.Consent) { c.SignedAt = time.Time{} }, "date"},
		{"no word on passing on", drop("redisclosure"), "redisclosure"},
		{"no word on refusing", drop("refusing"), "refusing"},
		{"a sentence of nothing", func(c *journal.Consent) { c.Stated[1].Text = " " }, "redisclosure"},
		{"those are asked for treatment only", func(c *journal.Consent) { c.Purposes = []string{"request"}; c.Stated = c.Stated[:1] }, ""},
		{"empty", func(c *journal.Consent) { *c = journal.Consent{} }, "patient discloser information recipient purpose revoke expiry signature date"},
	} {
		consent := whole()
		c.change(&consent)
		if got := ids(Missing(&consent, e)); got != c.want {
			t.Errorf("%s: missing %q, want %q", c.name, got, c.want)
		}
	}
}

func ids(list []Element) string {
	var out []string
	for _, e := range list {
		out = append(out, e.ID)
	}
	return strings.Join(out, " ")
}

// A consent for a legal proceeding, or for counseling notes, is folded into no other.
func TestMixed(t *testing.T) {
	e := EditionOn("2026-11-24")
	for _, c := range []struct {
		purposes, parts []string
		want            string
	}{
		{[]string{"care", "request"}, []string{"scores", "plan"}, ""},
		{[]string{"legal"}, []string{"scores"}, ""},
		{[]string{"legal", "care"}, []string{"scores"}, "legal"},
		{[]string{"request", "legal"}, []string{"scores"}, "legal"},
		{[]string{"care"}, []string{"counseling_notes"}, ""},
		{[]string{"care"}, []string{"scores", "counseling_notes"}, "counseling_notes"},
		{[]string{"care", "legal"}, []string{"scores", "counseling_notes"}, "legal counseling_notes"},
	} {
		if got := ids(Mixed(&journal.Consent{Purposes: c.purposes, Parts: c.parts}, e)); got != c.want {
			t.Errorf("%v, %v: %q, want %q", c.purposes, c.parts, got, c.want)
		}
	}
}

// The notice is the short one of the rule that holds: since 2024 it names use beside
// disclosure, and copies without it are still about.
func TestTheNoticeIsOfToday(t *testing.T) {
	for _, day := range []journal.Date{"2024-04-16", "2026-02-16", "2026-11-24", "2031-01-01"} {
		e := EditionOn(day)
		if e.Notice.Text != "42 CFR part 2 prohibits unauthorized use or disclosure of these records." || e.From > day {
			t.Errorf("%s: %q since %s", day, e.Notice.Text, e.From)
		}
		if Outdated(e.Notice.Text) {
			t.Errorf("%s: the notice is outdated", day)
		}
	}
	for _, old := range []string{"42 CFR part 2 prohibits unauthorized disclosure of these records.", "42 CFR Part 2  prohibits unauthorized disclosure\nof these records."} {
		if !Outdated(old) {
			t.Errorf("%q is taken", old)
		}
	}
}

// The file says of everything where it stands and how far it was read.
func TestRulesHaveSources(t *testing.T) {
	var file struct {
		Read, Reviewed string
		Outdated       []struct{ Text, Source, Grade string }
	}
	if err := json.Unmarshal(part2, &file); err != nil || file.Read == "" || file.Reviewed == "" {
		t.Fatalf("%+v, %v", file, err)
	}
	grades := []string{"read", "secondary", "known"}
	for _, e := range theRules().Editions {
		if found, ok := FindEdition(e.ID); !ok || found.From != e.From {
			t.Errorf("%s is not found", e.ID)
		}
		if !strings.Contains(e.Source, "FR") || !slices.Contains(grades, e.Grade) || e.Due < e.From {
			t.Errorf("%s: %q, %q", e.ID, e.Source, e.Grade)
		}
		for _, el := range slices.Concat(e.Elements, e.Separate, []Element{{ID: "notice", Cite: e.Notice.Cite, Grade: e.Notice.Grade}}) {
			if !strings.HasPrefix(el.Cite, "42 CFR 2.3") || !slices.Contains(grades, el.Grade) {
				t.Errorf("%s %s: %q, %q", e.ID, el.ID, el.Cite, el.Grade)
			}
			if el.Purpose != "" && !slices.Contains(journal.Purposes, el.Purpose) {
				t.Errorf("%s: no purpose %q", el.ID, el.Purpose)
			}
		}
	}
	for _, o := range file.Outdated {
		if o.Source == "" || !slices.Contains(grades, o.Grade) {
			t.Errorf("%q: %q, %q", o.Text, o.Source, o.Grade)
		}
	}
}
