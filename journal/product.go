package journal

import (
	"math"
	"slices"
	"strings"
)

// KindProduct is something the person buys and takes.
const KindProduct Kind = "product"

// Form is what kind of product it is, as people buy it.
type Form string

// Forms in the order in which a form offers them.
var Forms = []Form{LeafPowder, Capsule, Tea, ExtractLiquid, ExtractTablet, SevenOH, Drink, OtherForm}

// The product forms.
const (
	LeafPowder    Form = "leaf_powder"
	Capsule       Form = "capsule"
	Tea           Form = "tea"
	ExtractLiquid Form = "extract_liquid"
	ExtractTablet Form = "extract_tablet"
	SevenOH       Form = "seven_oh"
	Drink         Form = "drink"
	OtherForm     Form = "other"
)

// Basis says where a content figure comes from.
type Basis string

// The bases, from the weakest to the strongest.
const (
	// Unknown content counts in tallies and is left out of every estimate.
	Unknown Basis = ""
	// Assumed is a default of the form, from published ranges.
	Assumed Basis = "assumed"
	// Label is what the package says.
	Label Basis = "label"
	// Laboratory is a test report for this product.
	Laboratory Basis = "laboratory"
)

// Content is how much of an alkaloid one unit holds.
type Content struct {
	Basis Basis `json:"basis,omitempty"`
	// Mg of the alkaloid per unit, as the basis says it; 0 or more.
	Mg float64 `json:"mg,omitempty"`
	// Low and High bound Mg where the basis gives a spread; 0 and 0 when it
	// gives none.
	Low  float64 `json:"low,omitempty"`
	High float64 `json:"high,omitempty"`
	// Source says where the figure was read, in the person's words.
	Source string `json:"source,omitempty"`
}

// Unit is one thing a person counts a product in.
type Unit struct {
	// Name in the singular: g, capsule, "blue tablet".
	Name string `json:"name"`
	// Servings is how many label servings one unit holds (a tablet scored in
	// four is 4 on many labels); 0 when not known.
	Servings float64 `json:"servings,omitempty"`
	// Grams of product in one unit; 0 when not known.
	Grams       float64 `json:"grams,omitempty"`
	Mitragynine Content `json:"mitragynine,omitzero"`
	SevenOH     Content `json:"seven_oh,omitzero"`
}

// Product is something the person buys and takes.
type Product struct {
	Name string `json:"name"`
	Form Form   `json:"form"`
	// Units it is counted in; the first is the usual one.
	Units []Unit `json:"units,omitempty"`
	// UnitsPerPack is how many of the first unit one package holds; 0 when
	// not known.
	UnitsPerPack float64 `json:"units_per_pack,omitempty"`
	// ServingsPerPack as the label says; 0 when not known.
	ServingsPerPack float64 `json:"servings_per_pack,omitempty"`
	// OtherAlkaloids named on the label (pseudoindoxyl, MGM-15). They are
	// recorded as present and never converted into anything else.
	OtherAlkaloids []string `json:"other_alkaloids,omitempty"`
	// Price of one package in Currency; 0 when not known.
	Price    float64 `json:"price,omitempty"`
	Currency string  `json:"currency,omitempty"`
	// UsualAmount of the first unit, for logging with one tap; 0 for none.
	UsualAmount float64 `json:"usual_amount,omitempty"`
	// Put away products are no longer offered; their entries stay.
	PutAway bool   `json:"put_away,omitempty"`
	Note    string `json:"note,omitempty"`
}

// Unit finds the unit of that name, by the person's word or, for the standard
// units, by its usual spelling.
func (p *Product) Unit(name string) (Unit, bool) {
	i := slices.IndexFunc(p.Units, func(u Unit) bool { return strings.EqualFold(u.Name, name) })
	if i < 0 {
		return Unit{}, false
	}
	return p.Units[i], true
}

// ServingsPerUnit is how many label servings one of the first unit holds:
// said on the unit, or worked out from the two figures of the pack. 0 when
// not known.
func (p *Product) ServingsPerUnit() float64 {
	if len(p.Units) > 0 && p.Units[0].Servings > 0 {
		return p.Units[0].Servings
	}
	if p.UnitsPerPack > 0 && p.ServingsPerPack > 0 {
		return p.ServingsPerPack / p.UnitsPerPack
	}
	return 0
}

// Range is an amount in mg with what is known about its spread. Low and High
// hold about nine of ten cases.
type Range struct {
	Low, Mid, High float64
	Basis          Basis
	// Source names where the figure or its spread comes from.
	Source string
}

// Known reports that the amount is known at all.
func (r Range) Known() bool { return r.Basis != Unknown }

// times is the range of n such units.
func (r Range) times(n float64) Range {
	r.Low, r.Mid, r.High = r.Low*n, r.Mid*n, r.High*n
	return r
}

// Alkaloids is what a dose held.
type Alkaloids struct {
	Mitragynine, SevenOH Range
	// Other alkaloids that the label names: present, amount unknown.
	Other []string
}

// Alkaloids estimates what an amount of the product held. A unit that the
// product does not have, and cannot be reached by weight, gives unknowns.
func (p *Product) Alkaloids(amount float64, unit string) Alkaloids {
	a := Alkaloids{Other: p.OtherAlkaloids}
	if direct, ok := p.byWeightOfAlkaloid(amount, unit); ok {
		direct.Other = p.OtherAlkaloids
		return direct
	}
	u, n, ok := p.resolve(unit)
	if !ok {
		return a
	}
	a.Mitragynine = u.Mitragynine.estimate(mitragynine, p.Form, u).times(amount * n)
	a.SevenOH = u.SevenOH.estimate(sevenOH, p.Form, u).times(amount * n)
	return a
}

// byWeightOfAlkaloid reads milligrams where people mean the alkaloid and not
// the product: mg of a 7-OH product is 7-OH, mg of an extract is mitragynine.
// Milligrams of leaf are leaf.
func (p *Product) byWeightOfAlkaloid(amount float64, unit string) (Alkaloids, bool) {
	if unit != "mg" {
		return Alkaloids{}, false
	}
	if _, own := p.Unit("mg"); own {
		return Alkaloids{}, false
	}
	stated := Content{Basis: Label, Mg: 1, Source: "the amount itself"}
	form := p.Form
	if form == OtherForm && NamesSevenOH(p.Name) {
		form = SevenOH
	}
	switch form {
	case SevenOH:
		return Alkaloids{SevenOH: stated.estimate(sevenOH, form, Unit{}).times(amount)}, true
	case ExtractLiquid, ExtractTablet:
		return Alkaloids{Mitragynine: stated.estimate(mitragynine, form, Unit{}).times(amount)}, true
	}
	return Alkaloids{}, false
}

// In says how many of another unit an amount is; false where nothing known leads
// from one to the other. Milligrams are of the alkaloid: two tablets of 15 mg are
// 30 mg, and no weight of leaf is.
func (p *Product) In(n float64, unit, other string) (float64, bool) {
	if strings.EqualFold(unit, other) {
		return n, true
	}
	u, has := p.Unit(unit)
	if other == "mg" {
		for _, c := range []Content{u.SevenOH, u.Mitragynine} {
			if has && c.Basis != Unknown && c.Mg > 0 {
				return n * c.Mg, true
			}
		}
		return 0, false
	}
	from, weighed := gramsIn[unit]
	to, weighs := gramsIn[other]
	if weighed && weighs {
		return n * from / to, true
	}
	if weighs && u.Grams > 0 {
		return n * u.Grams / to, true
	}
	return 0, false
}

// gramsIn are the weights that convert into one another exactly.
var gramsIn = map[string]float64{"g": 1, "mg": 0.001}

// resolve finds the unit that carries contents, and how many of it one of the
// asked unit is.
func (p *Product) resolve(name string) (Unit, float64, bool) {
	if u, ok := p.Unit(name); ok {
		return u, 1, true
	}
	if name == "serving" {
		if s := p.ServingsPerUnit(); s > 0 && len(p.Units) > 0 {
			return p.Units[0], 1 / s, true
		}
	}
	if g, ok := gramsIn[name]; ok {
		if u, ok := p.Unit("g"); ok {
			return u, g, true
		}
		if i := slices.IndexFunc(p.Units, func(u Unit) bool { return u.Grams > 0 }); i >= 0 {
			return p.Units[i], g / p.Units[i].Grams, true
		}
		return Unit{Name: "g", Grams: 1}, g, p.Form == LeafPowder || p.Form == Capsule || p.Form == Tea
	}
	if d, ok := unitDefault(p.Form, name); ok {
		return Unit{Name: name, Grams: d.Grams}, 1, true
	}
	return Unit{}, 0, false
}

// Kind is KindProduct.
func (*Product) Kind() Kind { return KindProduct }

// Product is the event's product; nil when it is about something else.
func (e *Event) Product() *Product { return of[Product](e) }

var _ = register(Descriptor{
	Kind: KindProduct, New: func() Payload { return new(Product) },
	Fields: []Field{
		with(wordField("name", true, func(p *Product) *string { return &p.Name }), func(f *Field) { f.Titled = true }),
		noteField("note", func(p *Product) *string { return &p.Note }),
	},
	Check: func(p Payload) error { return p.(*Product).check() },
	Title: func(p Payload) Phrase { return Phrase{Args: []any{"n", p.(*Product).Name}} },
})

func (p *Product) check() error {
	for i, u := range p.Units {
		if err := first(word("units.name", u.Name), u.Mitragynine.check("units.mitragynine"), u.SevenOH.check("units.seven_oh"),
			between("units.servings", u.Servings, 0, 1000), between("units.grams", u.Grams, 0, 10000)); err != nil {
			return err
		}
		if slices.ContainsFunc(p.Units[:i], func(o Unit) bool { return strings.EqualFold(o.Name, u.Name) }) {
			return bad("units.name", "event.units_alike")
		}
	}
	for _, o := range p.OtherAlkaloids {
		if err := word("other_alkaloids", o); err != nil {
			return err
		}
	}
	if p.Currency != "" {
		if err := currency("currency", p.Currency); err != nil {
			return err
		}
	}
	return first(between("units_per_pack", p.UnitsPerPack, 0, MaxAmount), between("servings_per_pack", p.ServingsPerPack, 0, MaxAmount),
		between("price", p.Price, 0, MaxAmount), between("usual_amount", p.UsualAmount, 0, MaxAmount), oneOf("form", p.Form, Forms))
}

// maxMg is the most of an alkaloid that one unit may be said to hold, in mg.
const maxMg = 1e5

func (c Content) check(field string) error {
	switch {
	case !slices.Contains([]Basis{Unknown, Assumed, Label, Laboratory}, c.Basis):
		return bad(field+".basis", "event.basis")
	case !(c.Mg >= 0) || c.Mg > maxMg || math.IsInf(c.Mg, 0):
		return bad(field+".mg", "event.mg_range")
	case !(c.Low >= 0) || !(c.High >= c.Low) || c.High > maxMg:
		return bad(field+".low", "event.spread_order")
	case c.High > 0 && (c.Mg < c.Low || c.Mg > c.High):
		return bad(field+".mg", "event.outside_spread")
	}
	return text(field+".source", c.Source, maxSource)
}

// maxSource is the longest name of where a figure was read, in characters.
const maxSource = 2 * MaxWord
