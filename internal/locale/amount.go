package locale

import (
	"math"
	"strconv"
	"strings"

	"github.com/evenkeel/evenkeel/journal"
)

var fractions = map[float64]string{0.25: "¼", 0.5: "½", 0.75: "¾"}

// Figure writes an amount, with the quarters that people count tablets in.
func (c *Catalogue) Figure(f float64) string {
	whole, part := math.Modf(f)
	if s, ok := fractions[part]; ok && whole < 100 {
		if whole == 0 {
			return s
		}
		return c.Number(whole) + s
	}
	return c.Number(f)
}

// Amount writes a figure with its unit. Counted units have a plural, weights
// and volumes do not, and a person's own word stays as they wrote it.
func (c *Catalogue) Amount(n float64, unit string) string {
	if c.Has("unit." + unit) {
		return c.Figure(n) + " " + c.unit(n, unit)
	}
	switch unit {
	case "g", "mg", "mL", "oz", "tsp", "tbsp":
		return c.Figure(n) + " " + unit
	}
	if n <= 1 {
		return c.Figure(n) + " " + unit
	}
	return c.Figure(n) + " × " + unit
}

// unit is the word for n of a counted unit. Up to one is one: half a tablet.
func (c *Catalogue) unit(n float64, unit string) string {
	if n <= 1 {
		n = 1
	}
	return c.T("unit."+unit, "n", n)
}

// Dose says amount and product in one phrase. A product whose name ends or begins
// with its unit, in the singular or the plural, says it once: "½ blue tablet".
func (c *Catalogue) Dose(amount float64, unit, product string) string {
	if product == "" || strings.EqualFold(product, unit) {
		return c.Amount(amount, unit)
	}
	if c.Has("unit." + unit) {
		if once, ok := c.sayUnitOnce(amount, unit, product); ok {
			return once
		}
	}
	return c.T("dose.phrase", "amount", c.Amount(amount, unit), "product", product)
}

func (c *Catalogue) sayUnitOnce(amount float64, unit, product string) (string, bool) {
	one, many := c.unit(1, unit), c.unit(2, unit)
	for _, word := range []string{many, one} {
		if own, ok := strings.CutSuffix(product, " "+word); ok {
			return c.Figure(amount) + " " + own + " " + c.unit(amount, unit), true
		}
		if strings.HasPrefix(product, word+" ") {
			// What follows would have to be bent with it.
			if (word == many) == (amount > 1) {
				return c.Figure(amount) + " " + product, true
			}
			return c.Figure(amount) + " × " + product, true
		}
	}
	return "", false
}

// Money writes an amount with its currency's three letters.
func (c *Catalogue) Money(amount float64, currency string) string {
	return c.Fixed(amount, 2) + " " + currency
}

// Span is a range of mg, "45–80 mg", or one figure when both ends agree.
func (c *Catalogue) Span(r journal.Range) string {
	lo, hi := Two(r.Low), Two(r.High)
	if lo == hi {
		return c.T("range.one", "mg", lo)
	}
	return c.T("range.two", "low", lo, "high", hi)
}

// Two rounds to two figures, for estimates that are not better than that.
func Two(f float64) float64 {
	if f <= 0 || math.IsInf(f, 0) || math.IsNaN(f) {
		return 0
	}
	scale := math.Pow(10, math.Floor(math.Log10(f))-1)
	r := math.Round(f/scale) * scale
	// Multiplying back leaves digits such as 0.30000000000000004.
	s, err := strconv.ParseFloat(strconv.FormatFloat(r, 'g', 6, 64), 64)
	if err != nil {
		return r
	}
	return s
}
