package journal

// KindPriorUse is use before the journal began.
const KindPriorUse Kind = "history"

// PriorUse is use before the journal began ("about 20 g a day for 3 years").
type PriorUse struct {
	Product     ID     `json:"product,omitzero"`
	ProductName string `json:"product_name,omitempty"`
	// PerDay in Unit, more than 0.
	PerDay float64 `json:"per_day"`
	Unit   string  `json:"unit"`
	// TimesPerDay is how many doses made up a day; 0 when not known.
	TimesPerDay float64 `json:"times_per_day,omitempty"`
	// Days is how long it went on; it ended at the event's time.
	Days float64 `json:"days"`
	Note string  `json:"note,omitempty"`
}

// maxUseDays is a hundred years.
const maxUseDays = 36525

// Kind is KindPriorUse.
func (*PriorUse) Kind() Kind { return KindPriorUse }

// PriorUse is the event's use before the journal; nil when it is about
// something else.
func (e *Event) PriorUse() *PriorUse { return of[PriorUse](e) }

var _ = register(Descriptor{
	Kind: KindPriorUse, Order: 9, New: func() Payload { return new(PriorUse) },
	Fields: []Field{
		productField("product", func(u *PriorUse) *ID { return &u.Product }),
		productNameField("product_name", func(u *PriorUse) *string { return &u.ProductName }),
		with(numberField("per_day", func(u *PriorUse) *float64 { return &u.PerDay }, amount), func(f *Field) { f.Needed, f.Titled = true, true }),
		unitField("unit", func(u *PriorUse) *string { return &u.Unit }),
		with(numberField("days", func(u *PriorUse) *float64 { return &u.Days }, func(f string, v float64) error {
			if !(v > 0) || v > maxUseDays {
				return bad(f, "event.use_days")
			}
			return nil
		}), func(f *Field) { f.Type, f.Needed, f.Titled, f.Preset = FieldSpan, true, true, "years" }),
		with(numberField("times_per_day", func(u *PriorUse) *float64 { return &u.TimesPerDay }, func(f string, v float64) error { return between(f, v, 0, 1000) }),
			func(f *Field) { f.Said = "history.times_per_day.said" }),
		noteField("note", func(u *PriorUse) *string { return &u.Note }),
	},
	Title: func(p Payload) Phrase {
		u := p.(*PriorUse)
		return Phrase{"history.said", []any{"dose", DoseOf{Amount{u.PerDay, u.Unit}, u.ProductName}, "span", Days(u.Days)}}
	},
})
