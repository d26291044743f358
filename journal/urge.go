package journal

import (
	"slices"
	"strings"
)

// KindUrge is an urge that went by, or that was given in to.
const KindUrge Kind = "urge"

// UrgeEnds are how an urge can end. Neither is better to write down.
var UrgeEnds = []string{"passed", "used"}

// Urge is an urge and how it ended.
type Urge struct {
	// End is one of UrgeEnds.
	End string `json:"end"`
	// Minutes that the person waited with it, 0 to 1440; nil where it is not known.
	Minutes *float64 `json:"minutes,omitempty"`
	// Helped is what helped, in their own words, to be shown at the next one.
	Helped string `json:"helped,omitempty"`
}

// Kind is KindUrge.
func (*Urge) Kind() Kind { return KindUrge }

// Urge is the event's urge; nil when it is about something else.
func (e *Event) Urge() *Urge { return of[Urge](e) }

// mostHelped is how much of what helped is shown: what is read in a hard moment is
// short.
const mostHelped = 5

// Helped is what the person wrote that helped with an urge, the latest first and
// each once, at most five.
func (j *Journal) Helped() []string {
	var list []string
	for _, e := range slices.Backward(j.All()) {
		if u := e.Urge(); u != nil && u.Helped != "" && len(list) < mostHelped && !slices.ContainsFunc(list, func(s string) bool { return strings.EqualFold(s, u.Helped) }) {
			list = append(list, u.Helped)
		}
	}
	return list
}

var _ = register(Descriptor{
	Kind: KindUrge, Order: 14, New: func() Payload { return new(Urge) },
	Fields: []Field{
		with(choiceField("end", UrgeEnds, false, func(u *Urge) *string { return &u.End }), func(f *Field) { f.Words, f.Column = "urge_end.", "urge_end" }),
		with(maybeField("minutes", func(u *Urge) **float64 { return &u.Minutes }, 0, 1440), func(f *Field) { f.Said, f.Column = "urge.minutes.said", "urge_min" }),
		noteField("helped", func(u *Urge) *string { return &u.Helped }),
	},
})
