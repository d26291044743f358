package journal

import "strings"

// KindQuestion is something that the person wants to ask a doctor or somebody
// else who helps them.
const KindQuestion Kind = "question"

// Question is something that the person wants to ask. It stands on the page for
// the doctor until it was asked.
type Question struct {
	Text string `json:"text"`
	// Asked is true once it was asked, or is no longer of interest.
	Asked bool `json:"asked,omitempty"`
}

// MaxQuestion is the longest question, in characters: one that is read out.
const MaxQuestion = 300

// Kind is KindQuestion.
func (*Question) Kind() Kind { return KindQuestion }

// Question is the event's question; nil when it is about something else.
func (e *Event) Question() *Question { return of[Question](e) }

var _ = register(Descriptor{
	Kind: KindQuestion, Order: 10, New: func() Payload { return new(Question) },
	Quick: map[string][]string{"en": {"question"}, "es": {"pregunta"}},
	Fields: []Field{
		with(noteField("text", func(q *Question) *string { return &q.Text }), func(f *Field) {
			f.Needed = true
			f.check = func(p Payload) error { return text("text", p.(*Question).Text, MaxQuestion) }
		}),
		with(tickField("asked", func(q *Question) *bool { return &q.Asked }), func(f *Field) { f.Said = "question.asked.said" }),
	},
	Check: func(p Payload) error {
		if strings.TrimSpace(p.(*Question).Text) == "" {
			return bad("text", "event.empty")
		}
		return nil
	},
})
