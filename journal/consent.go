package journal

import "time"

// SharedParts are what of a journal a share can show, in the order in which they
// are asked for. None of them is the log.
var SharedParts = []string{"contact", "scores", "answers", "trends", "plan", "flags", "sheet"}

// Recipients are who a share can be for.
var Recipients = []string{"clinician", "program", "other"}

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
	// Purpose in words, as the person chose or wrote it.
	Purpose string `json:"purpose"`
	// Until is the last day on which it holds.
	Until Date `json:"until"`
	// Rules is the dated edition of the rules that the form went by, such as
	// "us-42cfr2-2024-04-16", and Language the one that it was read in.
	Rules    string `json:"rules"`
	Language string `json:"language"`
	// Signed is the name that the person typed as their signature, at SignedAt.
	Signed   string    `json:"signed"`
	SignedAt time.Time `json:"signed_at"`
}
