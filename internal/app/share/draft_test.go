package share

import (
	"slices"
	"strings"
	"testing"

	"github.com/evenkeel/evenkeel/care"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/locale"
	"github.com/evenkeel/evenkeel/journal"
)

// good is a draft that can be signed.
func good() Draft {
	return Draft{
		Form: "link", Recipient: "Dr. Lee", RecipientKind: "clinician", Patient: " Sam  R. ", Parts: []string{"sheet", "scores"},
		Sections: []string{"felt", "doses"}, Days: 90, Purposes: []string{"other", "care"}, Purpose: "second opinion", Until: "2027-02-22",
	}
}

// What is wanting is said in one sentence of its own, in both languages.
func TestCheck(t *testing.T) {
	texts, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		change func(*Draft)
		want   string
	}{
		{func(*Draft) {}, ""},
		{func(d *Draft) { d.Patient = "" }, "share.missing.patient"},
		{func(d *Draft) { d.Parts = nil }, "share.missing.information"},
		{func(d *Draft) { d.Sections = nil }, "share.missing.information"},
		{func(d *Draft) { d.Parts = []string{"log"} }, "share.no_part"},
		{func(d *Draft) { d.Recipient = " " }, "share.missing.recipient"},
		{func(d *Draft) { d.Purposes = nil }, "share.missing.purpose"},
		{func(d *Draft) { d.Purposes = []string{"other"}; d.Purpose = "" }, "share.missing.purpose"},
		{func(d *Draft) { d.Purposes = []string{"fun"} }, "share.no_purpose"},
		{func(d *Draft) { d.Purposes = []string{"legal"} }, ""},
		{func(d *Draft) { d.Purposes = []string{"legal", "care"} }, "share.mixed.legal"},
		{func(d *Draft) { d.Until = "soon" }, "share.missing.expiry"},
		{func(d *Draft) { d.Until = "2026-11-23" }, "share.until_range"},
		{func(d *Draft) { d.Until = "2026-11-24" }, ""},
		{func(d *Draft) { d.Until = "2027-11-25" }, ""},
		{func(d *Draft) { d.Until = "2027-11-26" }, "share.until_range"},
	} {
		d := good()
		c.change(&d)
		for _, language := range texts.All() {
			consent := d.consent(language, evening)
			err := check(&consent, journal.DateOf(evening))
			if key, _ := fault.KeyOf(err); key != c.want {
				t.Errorf("%+v: %v, want %q", d, err, c.want)
			}
		}
	}
}

// The form that is read has each element, with the sentences of the person's own
// language, and for a file not that it could be called back.
func TestForm(t *testing.T) {
	texts, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range texts.All() {
		d := good()
		consent := d.consent(c, evening)
		consent.Signed, consent.SignedAt = "Sam R.", evening
		if missing := care.Missing(&consent, care.EditionOn("2026-11-24")); len(missing) != 0 {
			t.Errorf("%s: wants %v", c.Tag(), missing)
		}
		var text []string
		for _, line := range Form(c, &consent, evening) {
			if line.Text == "" || strings.HasPrefix(line.Title+line.Text, "share.") {
				t.Errorf("%s: %+v", c.Tag(), line)
			}
			text = append(text, line.Element+": "+line.Text)
		}
		all := strings.Join(text, "\n")
		for _, want := range []string{"patient: Sam R.", "recipient: Dr. Lee", "second opinion", "expiry: 2027-02-22", "date: 2026-11-24", "90", "unauthorized use or disclosure", "revoke: ", "redisclosure: ", "refusing: ", "journal: "} {
			if !strings.Contains(all, want) {
				t.Errorf("%s does not say %q:\n%s", c.Tag(), want, all)
			}
		}
		// In the order of the list, not in that of the ticks.
		if !slices.Equal(consent.Parts, []string{"scores", "sheet"}) || !slices.Equal(consent.Sections, []string{"doses", "felt"}) {
			t.Errorf("%v, %v", consent.Parts, consent.Sections)
		}
		// A link tells nobody, a file is out of reach, and the program of a card is told.
		said := map[string]bool{}
		for _, form := range journal.ShareForms {
			d.Form = form
			said[d.consent(c, evening).Stated[0].Text] = true
		}
		if len(said) != 3 {
			t.Errorf("%s says of taking back %v", c.Tag(), said)
		}
	}
}
