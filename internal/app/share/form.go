package share

import (
	"slices"
	"strings"
	"time"

	"github.com/evenkeel/evenkeel/care"
	"github.com/evenkeel/evenkeel/internal/locale"
	"github.com/evenkeel/evenkeel/journal"
)

// Line is one line of a consent's form: an element of the rules, what it is, and what
// stands there.
type Line struct {
	Element string `json:"element"`
	Title   string `json:"title"`
	Text    string `json:"text"`
}

// Form is a consent as it is read and signed: every element of its edition of the
// rules, what else it says, and the notice that goes with each copy.
func Form(c *locale.Catalogue, consent *journal.Consent, now time.Time) []Line {
	edition, ok := care.FindEdition(consent.Rules)
	if !ok {
		edition = care.EditionOn(journal.DateOf(now))
	}
	var list []Line
	said := map[string]bool{}
	for _, e := range edition.Elements {
		text := formText(c, consent, e.ID, now)
		if text == "" && !e.Asks(consent) {
			continue
		}
		said[e.ID] = true
		list = append(list, Line{e.ID, c.T("share.element." + e.ID), text})
	}
	for _, s := range consent.Stated {
		if !said[s.Element] {
			list = append(list, Line{Element: s.Element, Text: s.Text})
		}
	}
	return append(list, Line{Element: "notice", Text: c.T("share.notice", "text", edition.Notice.Text)})
}

// formText is what a consent says of an element; empty for nothing.
func formText(c *locale.Catalogue, consent *journal.Consent, element string, now time.Time) string {
	switch element {
	case "patient":
		return consent.Patient
	case "discloser":
		return consent.Discloser
	case "information":
		return information(c, consent)
	case "recipient":
		return consent.Recipient
	case "purpose":
		return consent.Purpose
	case "expiry":
		return string(consent.Until)
	case "signature":
		return consent.Signed
	case "date":
		if consent.SignedAt.IsZero() {
			return ""
		}
		return string(journal.DateOf(consent.SignedAt))
	}
	if i := slices.IndexFunc(consent.Stated, func(s journal.Statement) bool { return s.Element == element }); i >= 0 {
		return consent.Stated[i].Text
	}
	return ""
}

// information says what will be seen.
func information(c *locale.Catalogue, consent *journal.Consent) string {
	var parts []string
	for _, p := range consent.Parts {
		title := c.T("share.part." + p)
		if p == "sheet" {
			var sections []string
			for _, s := range consent.Sections {
				sections = append(sections, c.T("summary.part."+s))
			}
			title = c.T("share.form.sheet", "title", title, "list", strings.Join(sections, ", "))
		}
		parts = append(parts, title)
	}
	if len(parts) == 0 {
		return ""
	}
	list := strings.Join(parts, "; ")
	if consent.Days == 0 {
		return c.T("share.form.all", "list", list)
	}
	return c.T("share.form.days", "list", list, "n", consent.Days)
}
