package locale

import (
	"math"

	"github.com/evenkeel/evenkeel/directory/treatment"
)

// Miles says how far a place is; "" where nobody knows.
func (c *Catalogue) Miles(h treatment.Hit) string {
	if h.Miles < 0 {
		return ""
	}
	s := c.T("places.under_mile")
	if n := int(math.Round(h.Miles)); n >= 1 {
		s = c.T("places.miles", "n", n)
	}
	if !h.At.Exact {
		s += ", " + c.T("places.area")
	}
	return s
}
