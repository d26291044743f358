package journal

// KindSpending is money that went on kratom or 7-OH.
const KindSpending Kind = "spending"

// Spending is money that went on kratom or 7-OH.
type Spending struct {
	// Amount in Currency, 0 or more.
	Amount float64 `json:"amount"`
	// Currency is an ISO 4217 code, such as USD.
	Currency string `json:"currency"`
	Product  ID     `json:"product,omitzero"`
	Note     string `json:"note,omitempty"`
}

// maxMoney is far above what anyone spends, in any currency.
const maxMoney = 1e9

// Kind is KindSpending.
func (*Spending) Kind() Kind { return KindSpending }

// Spending is the event's money spent; nil when it is about something else.
func (e *Event) Spending() *Spending { return of[Spending](e) }

var _ = register(Descriptor{
	Kind: KindSpending, Order: 8, New: func() Payload { return new(Spending) },
	Fields: []Field{
		with(numberField("amount", func(s *Spending) *float64 { return &s.Amount }, func(f string, v float64) error { return between(f, v, 0, maxMoney) }),
			func(f *Field) {
				f.Column, f.Needed, f.Titled = "money", true, true
				// Nothing spent is an answer here, not a gap.
				f.get = func(p Payload) string { return zeroText(p.(*Spending).Amount) }
			}),
		currencyField("currency", func(s *Spending) *string { return &s.Currency }),
		productField("product", func(s *Spending) *ID { return &s.Product }),
		noteField("note", func(s *Spending) *string { return &s.Note }),
	},
	Title: func(p Payload) Phrase {
		s := p.(*Spending)
		return Phrase{Args: []any{"n", Money{s.Amount, s.Currency}}}
	},
})
