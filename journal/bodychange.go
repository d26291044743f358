package journal

// KindBodyChange is something the person noticed in their body.
const KindBodyChange Kind = "body_change"

// Change is a kind of body change to watch.
type Change string

// Changes in the order in which a form offers them.
var Changes = []Change{"hair_shedding", "itch", "dark_urine", "yellow_eyes_skin", "pale_stool", "side_pain", "constipation", "nausea",
	"weight", "libido", "dry_mouth", "heartbeat", "dizziness", "seizure", "other"}

// BodyChange is something the person noticed in their body.
type BodyChange struct {
	Change Change `json:"change"`
	// Since is the day it began; empty when the person does not know.
	Since Date `json:"since,omitempty"`
	// Ongoing is true while it still goes on.
	Ongoing bool   `json:"ongoing,omitempty"`
	Note    string `json:"note,omitempty"`
}

// Kind is KindBodyChange.
func (*BodyChange) Kind() Kind { return KindBodyChange }

// BodyChange is the event's body change; nil when it is about something else.
func (e *Event) BodyChange() *BodyChange { return of[BodyChange](e) }

var _ = register(Descriptor{
	Kind: KindBodyChange, Order: 5, New: func() Payload { return new(BodyChange) },
	Fields: []Field{
		with(choiceField("change", Changes, false, func(b *BodyChange) *Change { return &b.Change }), func(f *Field) { f.Words = "change." }),
		with(dayField("since", func(b *BodyChange) *Date { return &b.Since }), func(f *Field) { f.Said = "body_change.since.said" }),
		with(tickField("ongoing", func(b *BodyChange) *bool { return &b.Ongoing }), func(f *Field) { f.Said, f.Preset = "body_change.ongoing.said", "yes" }),
		noteField("note", func(b *BodyChange) *string { return &b.Note }),
	},
})
