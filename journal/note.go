package journal

import "strings"

// KindNote is free text.
const KindNote Kind = "note"

// Note is free text.
type Note struct {
	Text string `json:"text"`
}

// Kind is KindNote.
func (*Note) Kind() Kind { return KindNote }

// Note is the event's note; nil when it is about something else.
func (e *Event) Note() *Note { return of[Note](e) }

var _ = register(Descriptor{
	Kind: KindNote, Order: 7, New: func() Payload { return new(Note) },
	Fields: []Field{
		with(noteField("text", func(n *Note) *string { return &n.Text }), func(f *Field) { f.Needed = true }),
	},
	Check: func(p Payload) error {
		if strings.TrimSpace(p.(*Note).Text) == "" {
			return bad("text", "event.empty")
		}
		return nil
	},
})
