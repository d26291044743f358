package journal

// KindSubstance is something other than kratom that was taken.
const KindSubstance Kind = "substance"

// SubstanceClass groups what else was taken.
type SubstanceClass string

// SubstanceClasses in the order in which a form offers them.
var SubstanceClasses = []SubstanceClass{"alcohol", "benzodiazepine", "opioid", "gabapentinoid", "stimulant", "cannabis", "nicotine", "other"}

// Substance is something other than kratom that was taken.
type Substance struct {
	Class SubstanceClass `json:"class"`
	// Name and Amount are the person's words ("beer", "2 glasses").
	Name   string `json:"name,omitempty"`
	Amount string `json:"amount,omitempty"`
	Note   string `json:"note,omitempty"`
}

// Kind is KindSubstance.
func (*Substance) Kind() Kind { return KindSubstance }

// Substance is the event's other substance; nil when it is about something
// else.
func (e *Event) Substance() *Substance { return of[Substance](e) }

var _ = register(Descriptor{
	Kind: KindSubstance, Order: 4, New: func() Payload { return new(Substance) },
	Fields: []Field{
		with(choiceField("class", SubstanceClasses, false, func(s *Substance) *SubstanceClass { return &s.Class }), func(f *Field) { f.Words = "class." }),
		with(wordField("name", false, func(s *Substance) *string { return &s.Name }), func(f *Field) { f.Column = "substance" }),
		with(wordField("amount", false, func(s *Substance) *string { return &s.Amount }), func(f *Field) { f.Column, f.Beside = "substance_amount", true }),
		noteField("note", func(s *Substance) *string { return &s.Note }),
	},
})
