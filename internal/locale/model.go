package locale

import (
	"strings"

	"github.com/evenkeel/evenkeel/pkpd"
)

// ModelNumber names a parameter of the model, such as F.leaf, in words.
func (c *Catalogue) ModelNumber(symbol string) string {
	name, form, _ := strings.Cut(symbol, ".")
	if form != "" && c.Has("sources.form."+form) {
		return c.T("sources.number."+name, "form", c.T("sources.form."+form))
	}
	return c.T("sources.number." + strings.ReplaceAll(symbol, ".", "_"))
}

// ModelRest says of a number of the model what is used, where people lie, how
// far the middle is in doubt and what kind of evidence there is, a sentence
// each. Three figures are more than any of them is known to.
func (c *Catalogue) ModelRest(r *pkpd.Rest) []string {
	three := func(f float64) string { return c.Number(pkpd.Round(f, 3)) }
	unit := " " + r.Unit
	if r.Unit == "1" || r.Symbol == "gain" { // the name of the gain says its unit
		unit = ""
	}
	said := []string{c.T("sources.value", "value", three(r.Value)+unit)}
	switch {
	case r.People != nil:
		said = append(said, c.T("sources.people", "low", three(r.People.Low), "high", three(r.People.High)+unit))
	case strings.HasPrefix(r.Symbol, "tlag."):
		said = append(said, c.T("sources.same"))
	}
	if r.Doubt != nil {
		said = append(said, c.T("sources.doubt", "low", three(r.Doubt.Low), "high", three(r.Doubt.High)+unit))
	}
	return append(said, c.T("sources.grade", "grade", c.T("sources.grade."+r.Grade)))
}
