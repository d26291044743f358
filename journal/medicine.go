package journal

// KindMedicine is a medicine that the person takes regularly.
const KindMedicine Kind = "medicine"

// MedicineClass groups medicines by what matters beside kratom.
type MedicineClass string

// MedicineClasses in the order in which a form offers them.
var MedicineClasses = []MedicineClass{"benzodiazepine", "opioid", "gabapentinoid", "sleep", "antidepressant", "buprenorphine", "methadone", "naltrexone", "heart", "other"}

// Medicine is a medicine that the person takes regularly, from the time of its
// entry until it is deleted or marked as stopped.
type Medicine struct {
	// Name in the person's words.
	Name  string        `json:"name"`
	Class MedicineClass `json:"class"`
	// Stopped says that it is not taken any more.
	Stopped bool   `json:"stopped,omitempty"`
	Note    string `json:"note,omitempty"`
}

// Kind is KindMedicine.
func (*Medicine) Kind() Kind { return KindMedicine }

// Medicine is the event's medicine; nil when it is about something else.
func (e *Event) Medicine() *Medicine { return of[Medicine](e) }

var _ = register(Descriptor{
	Kind: KindMedicine, Order: 11, New: func() Payload { return new(Medicine) },
	Fields: []Field{
		with(wordField("name", true, func(m *Medicine) *string { return &m.Name }), func(f *Field) { f.Column = "medicine" }),
		with(choiceField("class", MedicineClasses, false, func(m *Medicine) *MedicineClass { return &m.Class }), func(f *Field) { f.Words, f.Column = "medicine.class.", "medicine_class" }),
		with(tickField("stopped", func(m *Medicine) *bool { return &m.Stopped }), func(f *Field) { f.Column, f.Said = "medicine_stopped", "medicine.stopped.said" }),
		noteField("note", func(m *Medicine) *string { return &m.Note }),
	},
	Quick: map[string][]string{"en": {"medicine", "medication"}, "es": {"medicina", "medicamento"}},
})

// Medicines are those that the person takes now, in the order of time.
func (j *Journal) Medicines() []*Entry {
	var list []*Entry
	for _, e := range j.entries {
		if m := e.Medicine(); m != nil && !m.Stopped {
			list = append(list, e)
		}
	}
	return list
}
