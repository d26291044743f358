package journal

// KindDose is kratom or 7-OH that was taken.
const KindDose Kind = "dose"

// Reason says why a dose was taken.
type Reason string

// Reasons are the ones offered, in their order on a form.
var Reasons = []Reason{"energy", "pain", "mood", "sleep", "withdrawal", "social", "habit"}

// Dose is kratom or 7-OH that was taken.
type Dose struct {
	// Product is the id of the product event; zero when the person named none.
	Product ID `json:"product,omitzero"`
	// ProductName is the product in the words of the moment. It keeps an
	// export readable and a dose meaningful when its product was deleted.
	ProductName string `json:"product_name,omitempty"`
	// Amount in Unit, more than 0.
	Amount float64 `json:"amount"`
	// Unit is g, mg, mL, oz, tsp, tbsp, capsule, tablet, shot, scoop, serving
	// or the person's own word, in the singular.
	Unit    string   `json:"unit"`
	Reasons []Reason `json:"reasons,omitempty"`
	// Helped is the person's later answer, 0 (not at all) to 4 (very much);
	// nil while not asked or not answered.
	Helped *int   `json:"helped,omitempty"`
	Note   string `json:"note,omitempty"`
}

// Kind is KindDose.
func (*Dose) Kind() Kind { return KindDose }

// Dose is the event's dose; nil when it is about something else.
func (e *Event) Dose() *Dose { return of[Dose](e) }

var _ = register(Descriptor{
	Kind: KindDose, Order: 1, New: func() Payload { return new(Dose) },
	Fields: []Field{
		with(productField("product", func(d *Dose) *ID { return &d.Product }), func(f *Field) { f.Preset = FirstProduct }),
		productNameField("product_name", func(d *Dose) *string { return &d.ProductName }),
		with(numberField("amount", func(d *Dose) *float64 { return &d.Amount }, amount), func(f *Field) { f.Needed, f.Titled = true, true }),
		unitField("unit", func(d *Dose) *string { return &d.Unit }),
		with(choicesField("reasons", Reasons, func(d *Dose) *[]Reason { return &d.Reasons }), func(f *Field) { f.Words = "reason." }),
		with(scaleField("helped", 4, func(d *Dose) **int { return &d.Helped }), func(f *Field) { f.Words, f.Said = "helped.", "helped.said" }),
		noteField("note", func(d *Dose) *string { return &d.Note }),
	},
	Title: func(p Payload) Phrase {
		d := p.(*Dose)
		return Phrase{Args: []any{"n", DoseOf{Amount{d.Amount, d.Unit}, d.ProductName}}}
	},
	fast: func(r *reader) Payload {
		d := new(Dose)
		r.object(func(key []byte) {
			switch string(key) {
			case "product":
				r.fail(d.Product.UnmarshalText(r.string()) != nil)
			case "product_name":
				d.ProductName = string(r.string())
			case "amount":
				d.Amount = r.float()
			case "unit":
				d.Unit = string(r.string())
			case "reasons":
				r.list(func() { d.Reasons = append(d.Reasons, Reason(r.string())) })
			case "helped":
				d.Helped = r.intp()
			case "note":
				d.Note = string(r.string())
			default:
				r.fail(true)
			}
		})
		return d
	},
})
