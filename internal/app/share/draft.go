package share

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/evenkeel/evenkeel/care"
	"github.com/evenkeel/evenkeel/internal/app/summary"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/locale"
	"github.com/evenkeel/evenkeel/journal"
)

// Draft is a share as a person puts it together.
type Draft struct {
	// Form is one of journal.ShareForms, Renew one of journal.ShareRenewals; empty
	// is by hand.
	Form  string
	Renew string
	// Card is the recipient's, for a share that is sealed to them.
	Card *care.Card
	// Recipient and RecipientKind say who it is for where there is no card.
	Recipient     string
	RecipientKind string
	// Patient is the name by which they know the person.
	Patient string
	// Parts and Sections are what is ticked, Days how far back; 0 is all.
	Parts    []string
	Sections []string
	Days     int
	// Purposes are of journal.Purposes; Purpose are the person's own words for
	// "other".
	Purposes []string
	Purpose  string
	// Until is the last day.
	Until journal.Date
	// Clear is a file in the clear, which whoever has it can read.
	Clear bool
	// Language of the form and of what is shared.
	Language string
}

// furthest is the longest that a share holds, in days: our choice, so that none
// outlives being remembered.
const furthest = 366

// consent is the form that a draft fills in, not signed yet.
func (d *Draft) consent(c *locale.Catalogue, now time.Time) journal.Consent {
	out := journal.Consent{
		Patient: clean(d.Patient), Discloser: clean(d.Patient), Parts: inOrder(d.Parts, journal.SharedParts), Days: d.Days,
		Recipient: clean(d.Recipient), RecipientKind: d.RecipientKind,
		Purposes: inOrder(d.Purposes, journal.Purposes), Purpose: d.purpose(c), Until: d.Until,
		Rules: care.EditionOn(journal.DateOf(now)).ID, Language: c.Tag(),
	}
	if slices.Contains(out.Parts, "sheet") {
		out.Sections = inOrder(d.Sections, summary.Names())
	}
	if d.Form == "sealed" && d.Card != nil {
		out.Recipient, out.RecipientKind = clean(d.Card.Name), d.Card.Kind
	}
	revoke := "share.says.revoke"
	switch d.Form {
	case "link":
		revoke = "share.says.revoke_link" // there is nobody to tell
	case "file":
		revoke = "share.says.revoke_file"
	}
	for element, key := range pairs("revoke", revoke, "redisclosure", "share.says.redisclosure", "refusing", "share.says.refusing", "journal", "share.says.journal") {
		out.Stated = append(out.Stated, journal.Statement{Element: element, Text: c.T(key, "name", out.Recipient)})
	}
	return out
}

// pairs yields every two of a list.
func pairs(list ...string) func(yield func(a, b string) bool) {
	return func(yield func(a, b string) bool) {
		for i := 0; i+1 < len(list); i += 2 {
			if !yield(list[i], list[i+1]) {
				return
			}
		}
	}
}

// inOrder is what of a list was ticked, in the list's order, and behind it what is
// not on the list, so that it is refused and not dropped.
func inOrder(ticked, list []string) []string {
	out := []string{}
	for _, name := range list {
		if slices.Contains(ticked, name) {
			out = append(out, name)
		}
	}
	for _, name := range ticked {
		if !slices.Contains(list, name) {
			out = append(out, name)
		}
	}
	return out
}

func (d *Draft) purpose(c *locale.Catalogue) string {
	var said []string
	for _, p := range inOrder(d.Purposes, journal.Purposes) {
		if own := clean(d.Purpose); p == "other" {
			said = append(said, own)
		} else if c.Has("share.purpose." + p) {
			said = append(said, c.T("share.purpose."+p))
		}
	}
	return strings.Join(said, "; ")
}

// check says in one sentence why a consent cannot be signed as it is.
func check(c *journal.Consent, today journal.Date) error {
	edition := care.EditionOn(today)
	if mixed := care.Mixed(c, edition); len(mixed) > 0 {
		return fault.New(fault.Invalid, "share.mixed."+mixed[0].ID)
	}
	for _, part := range c.Parts {
		if !slices.Contains(journal.SharedParts, part) {
			return fault.New(fault.Invalid, "share.no_part", "list", strings.Join(journal.SharedParts, ", "))
		}
	}
	for _, purpose := range c.Purposes {
		if !slices.Contains(journal.Purposes, purpose) {
			return fault.New(fault.Invalid, "share.no_purpose", "list", strings.Join(journal.Purposes, ", "))
		}
	}
	for _, missing := range care.Missing(c, edition) {
		if missing.ID != "signature" && missing.ID != "date" {
			return fault.New(fault.Invalid, "share.missing."+missing.ID)
		}
	}
	if c.Until < today || c.Until > today.Add(furthest) {
		return fault.New(fault.Invalid, "share.until_range", "n", furthest)
	}
	return nil
}

// Preview makes a share's first version of the person's own journal, not signed and
// written nowhere: exactly what will be seen, down to the notice that goes with it.
func (s *Sharing) Preview(ctx context.Context, d *Draft) (care.Projection, error) {
	j, err := s.App.Read(ctx)
	if err != nil {
		return care.Projection{}, err
	}
	now := s.App.Now(ctx)
	c := s.Texts.Match(d.Language)
	consent := d.consent(c, now)
	if err := check(&consent, journal.DateOf(now)); err != nil {
		return care.Projection{}, err
	}
	return project(j, now, c, &consent, 1)
}
