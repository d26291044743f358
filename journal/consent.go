package journal

import "time"

// SharedParts are what of a journal a share can show, in the order in which they
// are asked for. None of them is the log.
var SharedParts = []string{"contact", "scores", "answers", "trends", "plan", "flags", "sheet"}

// Recipients are who a share can be for.
var Recipients = []string{"clinician", "program", "other"}

// Purposes are what a share can be for: because the person asks for it, for
// treatment, payment and health care operations, for a court or another legal
// proceeding, or something else in the person's words.
var Purposes = []string{"request", "care", "legal", "other"}

// Consent is what a person agreed to when they shared something: what, with whom,
// what for, until when. It has the elements of 42 CFR 2.31(a); which of them are
// wanting is for package care to say.
type Consent struct {
	// Patient is the name by which the recipient knows the person.
	Patient string `json:"patient"`
	// Discloser says who discloses: the person, with their own program.
	Discloser string `json:"discloser"`
	// Parts are of SharedParts, and Sections those of the page for the doctor, where
	// "sheet" is among the parts.
	Parts    []string `json:"parts"`
	Sections []string `json:"sections,omitempty"`
	// Days are how many days back it reaches; 0 is all of them.
	Days int `json:"days,omitempty"`
	// Recipient's name, and which of Recipients it is.
	Recipient     string `json:"recipient"`
	RecipientKind string `json:"recipient_kind"`
	// Purposes are of the list Purposes, and Purpose the same in words, as the
	// person chose or wrote it.
	Purposes []string `json:"purposes"`
	Purpose  string   `json:"purpose"`
	// Until is the last day on which it holds.
	Until Date `json:"until"`
	// Rules is the dated edition of the rules that the form went by, such as
	// "us-42cfr2-2024-04-16", and Language the one that it was read in.
	Rules    string `json:"rules"`
	Language string `json:"language"`
	// Stated are the sentences that the form said, such as how to take it back.
	Stated []Statement `json:"stated,omitempty"`
	// Signed is the name that the person typed as their signature, at SignedAt.
	Signed   string    `json:"signed"`
	SignedAt time.Time `json:"signed_at"`
}

// Statement is a sentence that a form of consent said, with the element of the
// rules that asks for it.
type Statement struct {
	Element string `json:"element"`
	Text    string `json:"text"`
}

// Bounds of a consent.
const (
	mostSections   = 40
	mostStatements = 20
	maxStatement   = 1000
	maxShareDays   = 36_500
)

// check refuses what cannot be right. Which elements of the law are wanting is for
// package care to say; who, with whom and until when no consent can be without.
func (c *Consent) check() error {
	if len(c.Parts) > len(SharedParts) || len(c.Sections) > mostSections || len(c.Purposes) > len(Purposes) || len(c.Stated) > mostStatements {
		return bad("consent", "event.share")
	}
	for _, p := range c.Parts {
		if err := oneOf("consent.parts", p, SharedParts); err != nil {
			return err
		}
	}
	for _, p := range c.Purposes {
		if err := oneOf("consent.purposes", p, Purposes); err != nil {
			return err
		}
	}
	for _, s := range c.Sections {
		if !slug(s) {
			return bad("consent.sections", "event.share")
		}
	}
	for _, s := range c.Stated {
		if !slug(s.Element) {
			return bad("consent.stated", "event.share")
		}
		if err := text("consent.stated", s.Text, maxStatement); err != nil {
			return err
		}
	}
	if _, err := ParseDate(string(c.Until)); err != nil {
		return bad("consent.until", "event.date_form")
	}
	return first(word("consent.patient", c.Patient), text("consent.discloser", c.Discloser, MaxWord),
		word("consent.recipient", c.Recipient), oneOf("consent.recipient_kind", c.RecipientKind, Recipients),
		text("consent.purpose", c.Purpose, MaxWord), between("consent.days", float64(c.Days), 0, maxShareDays),
		text("consent.rules", c.Rules, MaxWord), text("consent.language", c.Language, MaxWord), word("consent.signed", c.Signed))
}
