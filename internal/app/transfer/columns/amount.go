package columns

import (
	"errors"
	"strings"
	"time"

	"github.com/evenkeel/evenkeel/internal/app/transfer/incoming"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/journal/number"
	"github.com/evenkeel/evenkeel/journal/quick"
)

// absent are the ways to leave a cell empty.
var absent = map[string]bool{"": true, "-": true, "–": true, "—": true, "--": true, "?": true, "n/a": true, "na": true, "n.a.": true, "#n/a": true, "null": true, "nan": true, "k.a.": true, "s/d": true, "unknown": true}

func isAbsent(cell string) bool { return absent[strings.ToLower(strings.TrimSpace(cell))] }

// amount is what a cell says was taken.
type amount struct {
	value float64
	unit  string
	// product that the cell names besides; empty for none.
	product string
}

// amountOf reads a cell with the unit of its row or column. A unit in the cell
// goes before the column's; one that contradicts the row's is refused. Letters
// are no amounts.
func (r *Reader) amountOf(cell, rowUnit, columnUnit string) (amount, *incoming.Problem) {
	key := cell + "\x00" + rowUnit + "\x00" + columnUnit
	if a, ok := r.amounts[key]; ok {
		return a.amount, a.why
	}
	a, why := r.readAmount(cell, rowUnit, columnUnit)
	if len(r.amounts) < remembered {
		r.amounts[strings.Clone(key)] = readAmount{a, why}
	}
	return a, why
}

// remembered is how many different amounts are kept: reading words takes long,
// and people take the same again.
const remembered = 4096

type readAmount struct {
	amount amount
	why    *incoming.Problem
}

func (r *Reader) readAmount(cell, rowUnit, columnUnit string) (amount, *incoming.Problem) {
	unit := rowUnit
	if unit == "" {
		unit = columnUnit
	}
	v, why := r.number(cell)
	if why == nil {
		if v == 0 {
			return amount{}, nil
		}
		if v < 0 {
			return amount{}, incoming.Say("event.amount_range")
		}
		if unit == "" {
			return amount{}, incoming.Say("transfer.cell.no_unit")
		}
		return amount{value: v, unit: unitOf(unit)}, nil
	}
	if words.none[plain(cell)] {
		return amount{}, nil
	}
	if !strings.ContainsAny(cell, "0123456789") && !strings.ContainsAny(cell, "½¼¾⅓⅔") {
		return amount{}, incoming.Say("transfer.cell.words")
	}
	if why.Key == "transfer.cell.comma" {
		return amount{}, why
	}
	// "500 mg", "1/2", "2 1/2 g", "3 caps": as quick entry reads them.
	first := cell[0]
	if first >= '0' && first <= '9' || first == '.' || first >= 0x80 {
		line := cell
		if r.plan.Comma == Decimal {
			line = strings.ReplaceAll(line, ",", ".")
		}
		if d, name := readAs(line); d != nil {
			if rowUnit == "" || unitOf(rowUnit) == d.Unit {
				return amount{d.Amount, d.Unit, name}, nil
			}
			return amount{}, incoming.Say("transfer.cell.two_units")
		}
		if unit != "" {
			if d, name := readAs(line + " " + unit); d != nil {
				return amount{d.Amount, d.Unit, name}, nil
			}
		}
	}
	return amount{}, incoming.Say("transfer.cell.number")
}

// number reads a figure as the table writes them.
func (r *Reader) number(cell string) (float64, *incoming.Problem) {
	style := number.Point
	switch {
	case r.plan.Comma == Decimal:
		style = number.Comma
	case r.plan.Comma == Unsettled && strings.Contains(cell, ","):
		style = number.Either
	}
	v, err := number.Parse(cell, style)
	var two *number.Ambiguous
	switch {
	case errors.As(err, &two):
		return 0, incoming.Say("transfer.cell.comma")
	case err != nil:
		return 0, incoming.Say("transfer.cell.number")
	}
	return v, nil
}

// readAs is what quick entry makes of a line, if it is one dose and nothing was
// asked, and the product that it names.
func readAs(line string) (*journal.Dose, string) {
	res := quick.Parse(line, quick.Context{Now: time.Unix(0, 0).UTC()})
	if len(res.Asks) > 0 || len(res.Entries) != 1 || res.Entries[0].Event.Dose() == nil {
		return nil, ""
	}
	name := ""
	if p := res.Entries[0].NewProduct; p != nil {
		name = p.Name
	}
	return res.Entries[0].Event.Dose(), name
}

// unitOf is a unit in the form of the journal, in the words of any language of
// tables or of quick entry. What nobody knows stays as it is written.
func unitOf(unit string) string {
	if u := words.unit[plain(unit)]; u != "" {
		return u
	}
	if d, _ := readAs("1 " + unit); d != nil {
		return d.Unit
	}
	return strings.TrimSpace(unit)
}

// FormOf is the form that a product's name and unit tell; journal.OtherForm
// where they do not.
func FormOf(name, unit string) journal.Form {
	res := quick.Parse("1 "+unit+" "+name, quick.Context{Now: time.Unix(0, 0).UTC()})
	if len(res.Asks) == 0 && len(res.Entries) == 1 && res.Entries[0].NewProduct != nil {
		return res.Entries[0].NewProduct.Form
	}
	return journal.OtherForm
}

// most is what nobody takes at once, or over a day where tables count days: an
// amount above it is asked about, for a column read in the wrong unit is off by
// a thousand. It is no advice, and no limit for what a person writes by hand.
var most = map[string]float64{"g": 100, "mg": 50000, "mL": 3000, "oz": 100, "tsp": 40, "tbsp": 20, "capsule": 200, "tablet": 100, "shot": 30, "scoop": 40, "serving": 100}

// mostOther is the same for units of the person's own.
const mostOther = 200

// OddAmount asks about an amount that is hard to believe; nil for one that is
// not.
func OddAmount(v float64, unit string) *incoming.Problem {
	top, ok := most[unit]
	if !ok {
		top = mostOther
	}
	if v <= top {
		return nil
	}
	return incoming.Say("transfer.cell.odd")
}
