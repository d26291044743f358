package care

import (
	_ "embed"
	"encoding/json"
	"slices"
	"strings"
	"sync"

	"github.com/evenkeel/evenkeel/journal"
)

//go:embed rules/us-42cfr2.json
var part2 []byte

// Edition is what the rules ask of a consent from one day on. What an element is, in
// plain words, is the catalogue's "share.element.<id>".
type Edition struct {
	// ID is what a consent is dated with, such as "us-42cfr2-2024-04-16".
	ID string `json:"id"`
	// From is the day since which it holds, Due the one from which it had to be
	// followed.
	From journal.Date `json:"from"`
	Due  journal.Date `json:"due"`
	// Source names the rule. Grade says how far it was read: "read" at the source,
	// "secondary" in what others write of it.
	Source string `json:"source"`
	Grade  string `json:"grade"`
	// Elements of a written consent, 42 CFR 2.31(a).
	Elements []Element `json:"elements"`
	// Separate is what needs a consent of its own.
	Separate []Element `json:"separate"`
	// Notice goes with every disclosure, 42 CFR 2.32(a).
	Notice Notice `json:"notice"`
}

// Element is one thing that a consent must have, or that needs one of its own.
type Element struct {
	ID    string `json:"id"`
	Cite  string `json:"cite"`
	Grade string `json:"grade"`
	// Stated elements are sentences that the form says.
	Stated bool `json:"stated,omitempty"`
	// Purpose is one of journal.Purposes where it is asked for with that only.
	Purpose string `json:"purpose,omitempty"`
	// Why tells those who maintain the rules what it rests on.
	Why string `json:"why,omitempty"`
}

// Notice is a sentence in the wording of the law, which is English.
type Notice struct {
	Text  string `json:"text"`
	Cite  string `json:"cite"`
	Grade string `json:"grade"`
}

var theRules = sync.OnceValue(func() (r struct {
	Editions []Edition `json:"editions"`
	Outdated []struct {
		Text string `json:"text"`
	} `json:"outdated"`
}) {
	if err := json.Unmarshal(part2, &r); err != nil || len(r.Editions) == 0 {
		panic("care: the embedded rules are broken") // a test keeps this from shipping
	}
	return r
})

// EditionOn is the edition of the rules that holds on a day; before the first one,
// the first. It must not be changed.
func EditionOn(day journal.Date) *Edition {
	list := theRules().Editions
	at := 0
	for i := range list {
		if list[i].From <= day {
			at = i
		}
	}
	return &list[at]
}

// FindEdition finds the edition that a consent is dated with.
func FindEdition(id string) (*Edition, bool) {
	list := theRules().Editions
	i := slices.IndexFunc(list, func(e Edition) bool { return e.ID == id })
	if i < 0 {
		return nil, false
	}
	return &list[i], true
}

// Outdated reports a notice in a wording that no longer holds: old copies of forms
// still bear it.
func Outdated(notice string) bool {
	for _, o := range theRules().Outdated {
		if strings.EqualFold(strings.Join(strings.Fields(notice), " "), o.Text) {
			return true
		}
	}
	return false
}

// Asks reports that the edition asks for an element with the purposes of a consent.
func (e *Element) Asks(c *journal.Consent) bool {
	return e.Purpose == "" || slices.Contains(c.Purposes, e.Purpose)
}

// Missing are the elements of the edition that a consent does not have, in the order
// of the rule. A consent without any may still have to stand alone: see Mixed.
func Missing(c *journal.Consent, e *Edition) []Element {
	var list []Element
	for _, el := range e.Elements {
		if el.Asks(c) && !has(c, &el) {
			list = append(list, el)
		}
	}
	return list
}

func has(c *journal.Consent, el *Element) bool {
	said := func(s string) bool { return strings.TrimSpace(s) != "" }
	if el.Stated {
		return slices.ContainsFunc(c.Stated, func(s journal.Statement) bool { return s.Element == el.ID && said(s.Text) })
	}
	switch el.ID {
	case "patient":
		return said(c.Patient)
	case "discloser":
		return said(c.Discloser)
	case "information":
		return len(c.Parts) > 0 && (!slices.Contains(c.Parts, "sheet") || len(c.Sections) > 0)
	case "recipient":
		return said(c.Recipient) && c.RecipientKind != ""
	case "purpose":
		return said(c.Purpose) && len(c.Purposes) > 0
	case "expiry":
		_, err := journal.ParseDate(string(c.Until))
		return err == nil && (c.SignedAt.IsZero() || c.Until >= journal.DateOf(c.SignedAt))
	case "signature":
		return said(c.Signed)
	case "date":
		return !c.SignedAt.IsZero()
	}
	return false // an element that this release does not know is not there
}

// Mixed are what a consent joins with something else though it needs one of its own.
func Mixed(c *journal.Consent, e *Edition) []Element {
	var list []Element
	for _, s := range e.Separate {
		if slices.Contains(c.Purposes, s.ID) && len(c.Purposes) > 1 || slices.Contains(c.Parts, s.ID) && len(c.Parts) > 1 {
			list = append(list, s)
		}
	}
	return list
}
