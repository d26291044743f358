package recall

import (
	"cmp"
	"slices"
	"strings"
)

// Kind tells the two files apart.
type Kind string

// The kinds.
const (
	Recall Kind = "recall" // food/enforcement: a firm takes a product back
	Report Kind = "report" // food/event: somebody reported harm
)

// Notice is one recall, or one report.
type Notice struct {
	Kind Kind `json:"kind"`
	// Number is the recall's, such as "F-1526-2018", or the report's.
	Number string `json:"number"`
	// Firm recalls it; empty for a report.
	Firm string `json:"firm,omitempty"`
	// Product is the notice's own description, or the brands that a report names.
	Product string `json:"product"`
	// Reason is the recall's own; for a report, what was noticed after.
	Reason string `json:"reason,omitempty"`
	// Class is how the agency ranks a recall, "Class I" the gravest.
	Class string `json:"class,omitempty"`
	// On is the day it began or was made known, "2006-01-02"; empty where the file
	// does not say.
	On string `json:"on,omitempty"`
	// Over is true for a recall that the agency has closed.
	Over bool `json:"over,omitempty"`
	// Lots are the codes of the packages it is about, as the notice gives them.
	Lots string `json:"lots,omitempty"`
}

// Book is every notice that was brought.
type Book struct {
	Notices []Notice `json:"notices"`
	// Updated is the day of each kind's file, "2006-01-02", as the agency dates
	// it; a kind without a file is not there.
	Updated map[Kind]string `json:"updated"`
}

// concerns are the words by which a notice is about kratom. They are parts of
// words: "mitragynine" and "mitragyna" begin alike.
var concerns = []string{"kratom", "mitragyn", "hydroxymitragyn", "7-oh", "7 oh", "7oh", "7-hydroxy"}

// about reports that a text speaks of kratom or 7-OH.
func about(text string) bool {
	text = strings.ToLower(text)
	return slices.ContainsFunc(concerns, func(c string) bool { return strings.Contains(text, c) })
}

// Add puts another file's notices in; a notice of the same number is replaced.
func (b *Book) Add(f *File) {
	if b.Updated == nil {
		b.Updated = map[Kind]string{}
	}
	b.Updated[f.Kind] = f.Updated
	fresh := map[string]bool{}
	for _, n := range f.Notices {
		fresh[n.Number] = true
	}
	b.Notices = slices.DeleteFunc(b.Notices, func(n Notice) bool { return n.Kind == f.Kind && fresh[n.Number] })
	b.Notices = append(b.Notices, f.Notices...)
	slices.SortStableFunc(b.Notices, func(x, y Notice) int {
		return cmp.Or(cmp.Compare(x.Kind, y.Kind), cmp.Compare(y.On, x.On), cmp.Compare(x.Number, y.Number))
	})
}
