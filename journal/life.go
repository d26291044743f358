package journal

// KindLife is how use touched a part of life.
const KindLife Kind = "life"

// LifeArea is a part of life that use may touch.
type LifeArea string

// LifeAreas in the order in which a form offers them.
var LifeAreas = []LifeArea{"work", "home", "relationships", "money"}

// LifeEffects are the answers offered for Life.Effect.
var LifeEffects = []string{"better", "worse", "mixed"}

// Life records that use touched a part of life today, and how.
type Life struct {
	Area LifeArea `json:"area"`
	// Effect is better, worse or mixed; empty when the person gave only words.
	Effect string `json:"effect,omitempty"`
	Note   string `json:"note,omitempty"`
}

// Kind is KindLife.
func (*Life) Kind() Kind { return KindLife }

// Life is the event's part of life; nil when it is about something else.
func (e *Event) Life() *Life { return of[Life](e) }

var _ = register(Descriptor{
	Kind: KindLife, Order: 6, New: func() Payload { return new(Life) },
	Fields: []Field{
		with(choiceField("area", LifeAreas, false, func(l *Life) *LifeArea { return &l.Area }), func(f *Field) { f.Words = "area." }),
		with(choiceField("effect", LifeEffects, true, func(l *Life) *string { return &l.Effect }), func(f *Field) { f.Words = "effect." }),
		noteField("note", func(l *Life) *string { return &l.Note }),
	},
})
