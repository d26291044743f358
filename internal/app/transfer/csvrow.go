package transfer

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/transfer/sheet"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/journal/number"
)

// cellProblem is what is wrong with a row: a key of the catalogue.
type cellProblem struct {
	key  string
	args []any
}

func (p *cellProblem) Error() string { return p.key }

// Text gives the catalogue's key and the arguments of the sentence.
func (p *cellProblem) Text() (key string, args []any) { return p.key, p.args }

func problem(key string, args ...any) error { return &cellProblem{key, args} }

// eventsOf reads one row, recorded at the given time unless it says otherwise.
// Without a kind column the cells tell: an amount is a dose (0 is "none
// today"), scores are a check-in, words alone are a note.
func eventsOf(cells map[string]string, headingUnit string, dayFirst bool, now, recorded time.Time) ([]journal.Event, error) {
	at, timed, err := timeOf(cells, dayFirst, now.Location())
	if err != nil {
		return nil, err
	}
	if !timed && at.After(now) && journal.DateOf(at) == journal.DateOf(now) {
		at = now // today, at a time that was not given
	}
	if at.After(now.Add(app.Ahead)) {
		return nil, problem("transfer.cell.future")
	}
	if cells["recorded"] != "" {
		if recorded, _, err = readTime(cells["recorded"], dayFirst, now.Location()); err != nil {
			return nil, problem("transfer.cell.recorded")
		}
	}
	bodies, err := bodiesOf(cells, headingUnit)
	if err != nil {
		return nil, err
	}
	events := make([]journal.Event, len(bodies))
	for i, b := range bodies {
		events[i] = journal.Event{At: at, Body: b}
		events[i].Stamp(recorded)
	}
	return events, nil
}

// timeOf is when a row happened, and whether it gave a time of day.
func timeOf(cells map[string]string, dayFirst bool, loc *time.Location) (at time.Time, timed bool, err error) {
	s := cells["at"]
	if s == "" {
		s = strings.TrimSpace(cells["date"] + " " + cells["time"])
	}
	if s == "" {
		return at, false, problem("transfer.cell.no_date")
	}
	at, timed, err = readTime(s, dayFirst, loc)
	if err != nil {
		return at, false, problem("transfer.cell.time")
	}
	return at, timed, nil
}

// bodiesOf is what a row says happened.
func bodiesOf(cells map[string]string, headingUnit string) ([]journal.Payload, error) {
	if kind := journal.Kind(cells["kind"]); kind != "" {
		d := journal.Describe(kind)
		if d == nil || !d.Entry() || d.Apart {
			return nil, problem("transfer.cell.kind")
		}
		b, err := bodyOf(d, cells, headingUnit)
		return []journal.Payload{b}, err
	}
	var list []journal.Payload
	add := func(kind journal.Kind, cells map[string]string) error {
		b, err := bodyOf(journal.Describe(kind), cells, headingUnit)
		list = append(list, b)
		return err
	}
	if amount := cells["amount"]; amount != "" {
		if v, err := plainNumber(amount); err == nil && v == 0 {
			list = append(list, &journal.None{})
		} else if err := add(journal.KindDose, cells); err != nil {
			return nil, err
		}
	}
	if scored(cells) {
		own := cells
		if len(list) > 0 { // the dose has the words
			own = without(cells, "text")
		}
		if err := add(journal.KindCheckIn, own); err != nil {
			return nil, err
		}
	}
	if len(list) == 0 && cells["text"] != "" {
		list = append(list, &journal.Note{Text: cells["text"]})
	}
	if len(list) == 0 {
		return nil, problem("transfer.cell.nothing")
	}
	return list, nil
}

// scored tells that a row answers something that a check-in asks.
func scored(cells map[string]string) bool {
	for _, f := range journal.Describe(journal.KindCheckIn).Fields {
		if f.Type == journal.FieldWords {
			continue
		}
		if cells[f.Column] != "" || slices.ContainsFunc(f.Columns(), func(c string) bool { return cells[c] != "" }) {
			return true
		}
	}
	return false
}

func without(cells map[string]string, name string) map[string]string {
	out := map[string]string{}
	for k, v := range cells {
		if k != name {
			out[k] = v
		}
	}
	return out
}

// bodyOf reads the cells of one kind; those of our own table as they stand.
func bodyOf(d *journal.Descriptor, cells map[string]string, headingUnit string) (journal.Payload, error) {
	if d.Kind == journal.KindDose && !sheet.Own(cells) {
		var err error
		if cells, err = doseCells(cells, headingUnit); err != nil {
			return nil, err
		}
	}
	return sheet.Body(d, cells, func(cell string) (string, error) {
		v, err := plainNumber(cell)
		return strconv.FormatFloat(v, 'f', -1, 64), err
	})
}

// doseCells brings the cells of a dose into the form that its fields read:
// amount and unit apart, and reasons that are none of ours in its note.
func doseCells(cells map[string]string, headingUnit string) (map[string]string, error) {
	out := without(cells, "")
	amount, unit, err := doseAmount(cells["amount"], cells["unit"], headingUnit)
	if err != nil {
		return nil, err
	}
	out["amount"], out["unit"] = strconv.FormatFloat(amount, 'f', -1, 64), unit
	var known []string
	note := cells["text"]
	for _, w := range strings.FieldsFunc(strings.ToLower(cells["reasons"]), func(r rune) bool { return strings.ContainsRune(" ,;|", r) }) {
		if slices.Contains(journal.Reasons, journal.Reason(w)) {
			known = append(known, w)
		} else if !strings.Contains(note, w) {
			note = strings.TrimSpace(note + " " + w)
		}
	}
	out["reasons"], out["text"] = strings.Join(known, " "), note
	return out, nil
}

// doseAmount reads the amount and its unit. A unit in the cell itself goes
// before the heading's; one that contradicts the unit column is refused.
func doseAmount(cell, column, headingUnit string) (amount float64, unit string, err error) {
	if cell == "" {
		return 0, "", problem("transfer.cell.no_amount")
	}
	v, err := plainNumber(cell)
	if errors.Is(err, errComma) {
		return 0, "", err
	}
	if err == nil {
		if column == "" {
			column = headingUnit
		}
		if column == "" {
			return 0, "", problem("transfer.cell.no_unit")
		}
		return v, unitOf(column), nil
	}
	// "500 mg", "1/2", "2 1/2 g": as quick entry reads them.
	if d := readAs(cell); d != nil {
		dose := d.Event.Dose()
		if column == "" || unitOf(column) == dose.Unit {
			return dose.Amount, dose.Unit, nil
		}
		return 0, "", problem("transfer.cell.two_units")
	}
	if column == "" {
		column = headingUnit
	}
	if d := readAs(cell + " " + column); d != nil && column != "" {
		return d.Event.Dose().Amount, d.Event.Dose().Unit, nil
	}
	return 0, "", err
}

// plainNumber reads a number as tables have it: a point stands before decimals,
// as programs write it. A comma before three digits may be either kind, and the
// two are a thousand apart.
func plainNumber(s string) (float64, error) {
	style := number.Point
	if strings.Contains(s, ",") {
		style = number.Either
	}
	v, err := number.Parse(s, style)
	var two *number.Ambiguous
	switch {
	case errors.As(err, &two):
		return 0, errComma
	case err != nil:
		return 0, problem("transfer.cell.number")
	}
	return v, nil
}

var errComma = problem("transfer.cell.comma")
