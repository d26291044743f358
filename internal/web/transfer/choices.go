package transfer

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/evenkeel/evenkeel/internal/app/transfer/batch"
	"github.com/evenkeel/evenkeel/internal/app/transfer/columns"
	"github.com/evenkeel/evenkeel/internal/app/transfer/sheet"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/internal/web/shell"
	"github.com/evenkeel/evenkeel/journal"
)

// of is the name of a column's own field.
func of(name string, column int) string { return name + "-" + strconv.Itoa(column) }

// choicesOf reads the form of a preview: a field for every column, and beside it
// what belongs to that field.
func choicesOf(v *shell.Visit, f url.Values) (batch.Choices, error) {
	var c batch.Choices
	for i, field := range f["field"] {
		col := columns.Column{Field: field, Unit: strings.TrimSpace(f.Get(of("unit", i))), Product: strings.TrimSpace(f.Get(of("product", i))), Time: strings.TrimSpace(f.Get(of("usual", i)))}
		for name, to := range map[string]*float64{"low": &col.Low, "high": &col.High} {
			n, _, err := kit.Decimal(v.NumberStyle(), f, of(name, i))
			if err != nil {
				return c, err
			}
			*to = n
		}
		c.Columns = append(c.Columns, col)
	}
	c.Order, c.Comma, c.Changed = columns.Order(f.Get("order")), columns.Comma(f.Get("comma")), batch.Changed(f.Get("changed"))
	c.Doubles, c.Odd = f.Get("doubles") == "1", f.Get("odd") == "1"
	if y, err := strconv.Atoi(f.Get("year")); err == nil && y >= 1900 && y <= 9999 {
		c.Year = y
	}
	return c, nil
}

// writeChoices is choicesOf the other way round: what a form that was not
// touched sends.
func writeChoices(f url.Values, c batch.Choices) {
	set := func(name, value string) {
		if value != "" {
			f.Set(name, value)
		}
	}
	for i, col := range c.Columns {
		f.Add("field", col.Field)
		if col.Field == "amount" {
			set(of("unit", i), col.Unit)
			set(of("product", i), col.Product)
			set(of("usual", i), col.Time)
		}
		if columns.Scaled(col.Field) && (col.Low != 0 || col.High != 0) {
			set(of("low", i), strconv.FormatFloat(col.Low, 'f', -1, 64))
			set(of("high", i), strconv.FormatFloat(col.High, 'f', -1, 64))
		}
	}
	set("order", string(c.Order))
	set("comma", string(c.Comma))
	if c.Changed != batch.Replace {
		set("changed", string(c.Changed))
	}
	if c.Year != 0 {
		set("year", strconv.Itoa(c.Year))
	}
	if c.Doubles {
		set("doubles", "1")
	}
	if c.Odd {
		set("odd", "1")
	}
}

func fieldOptions(v *shell.Visit) []kit.Option {
	list := make([]kit.Option, len(columns.Fields()))
	for i, f := range columns.Fields() {
		key := sheet.Label(f)
		if f == "" {
			key = "csv.leave_out"
		}
		list[i] = kit.Option{Value: f, Label: v.T(key)}
	}
	return list
}

// samples are the cells of a column that are shown, cut to what a preview needs.
func samples(c columns.Column) string {
	list := make([]string, len(c.Sample))
	for i, s := range c.Sample {
		list[i] = clip(s, 40)
	}
	return strings.Join(list, " · ")
}

func clip(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

func sentence(v *shell.Visit, s batch.Sentence) string {
	return s.Say(v.T, func(list []string) string { return strings.Join(list, ", ") })
}

func sentences(v *shell.Visit, list []batch.Sentence) string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = sentence(v, s)
	}
	return strings.Join(out, " ")
}

// entryLine is an entry in one line with its day and time.
func entryLine(v *shell.Visit, e *journal.Event) string {
	said := v.Describe(e)
	return v.Day(journal.DateOf(e.At)) + ", " + v.Clock(e.At) + ": " + said.All()
}

func batchURL(id journal.ID) string { return "/import/batches/" + id.String() }
