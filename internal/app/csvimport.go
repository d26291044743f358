package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/journal/quick"
)

// ImportCSV adds the entries of a table, read as fields says, all or none.
// Importing the same rows again adds nothing. Products that the table names
// and the journal does not have are begun.
func (a *App) ImportCSV(ctx context.Context, r io.Reader, fields []string, dayFirst bool) (Restored, error) {
	table, err := readTable(r)
	if err != nil {
		return Restored{}, err
	}
	if err := checkFields(fields, len(table[0])); err != nil {
		return Restored{}, err
	}
	var done Restored
	err = a.with(ctx, func(j *journal.Journal) error {
		records, err := a.readRows(j, table, fields, dayFirst)
		if err != nil {
			return err
		}
		done, err = a.merge(ctx, records)
		return err
	})
	return done, err
}

func checkFields(fields []string, columns int) error {
	if len(fields) != columns {
		return fault.New(fault.Invalid, "The table has %d columns, but %d were assigned. Choose a field for each column, or leave it out.", columns, len(fields))
	}
	for i, f := range fields {
		if !slices.Contains(CSVFields, f) {
			return fault.New(fault.Invalid, "Column %d was assigned to a field that does not exist. Choose one from the list.", i+1)
		}
		if f != "" && slices.Contains(fields[:i], f) {
			return fault.New(fault.Invalid, "Two columns were assigned to the field %s. Leave one of them out.", f)
		}
	}
	if !slices.Contains(fields, "at") && !slices.Contains(fields, "date") {
		return fault.New(fault.Invalid, "No column was assigned to the date and time. Every entry needs to know when it happened.")
	}
	return nil
}

func (a *App) readRows(j *journal.Journal, table [][]string, fields []string, dayFirst bool) ([]Sealed, error) {
	now := a.clock.Now()
	unit := ""
	for i, f := range fields {
		if f == "amount" {
			unit = unitInHeading[plainHeading(table[0][i])]
		}
	}
	times := map[string]int{}
	begun := map[string]journal.ID{}
	var records []Sealed
	for n, row := range table[1:] {
		cells := map[string]string{}
		for i, f := range fields {
			if v := strings.TrimSpace(row[i]); f != "" && v != "" {
				cells[f] = unquoted(v)
			}
		}
		if !happened(cells) {
			continue // a row with nothing but its date is a day that is not known
		}
		events, err := eventsOf(cells, unit, dayFirst, now, inTurn(now, n))
		if err != nil {
			return nil, fault.Wrap(err, fault.Invalid, "Row %d of the table: %v. Nothing was imported.", n+2, err)
		}
		for k, e := range events {
			if e.Dose() != nil {
				product, id, err := a.productFor(j, begun, e.Dose(), e.At, now)
				if err != nil {
					return nil, err
				}
				e.Dose().Product = id
				records = append(records, product...)
			}
			id, err := a.rowID(cells, k, times)
			if err != nil {
				return nil, err
			}
			sealed, err := a.seal([]journal.ID{id}, []journal.Event{e})
			if err != nil {
				return nil, fault.Wrap(err, fault.Invalid, "Row %d of the table: %s Nothing was imported.", n+2, fault.MessageOf(err))
			}
			records = append(records, sealed...)
		}
	}
	return records, nil
}

// unquoted takes off the mark that our own export put before what a
// spreadsheet would run.
func unquoted(s string) string {
	if rest, ok := strings.CutPrefix(s, "'"); ok && rest != "" && strings.ContainsRune("=+-@\t\r", rune(rest[0])) {
		return rest
	}
	return s
}

// happened tells that a row says more than when it was.
func happened(cells map[string]string) bool {
	for f := range cells {
		if !slices.Contains([]string{"at", "date", "time", "id", "recorded", "unit", "currency"}, f) {
			return true
		}
	}
	return false
}

// rowID knows a row again: by the id that our own export gave it, or by its
// contents. Equal rows are told apart by counting, so that two equal doses
// stay two.
func (a *App) rowID(cells map[string]string, part int, times map[string]int) (journal.ID, error) {
	if id, err := journal.ParseID(cells["id"]); err == nil && part == 0 {
		return id, nil
	}
	var b strings.Builder
	for _, f := range slices.Sorted(maps.Keys(cells)) {
		fmt.Fprintf(&b, "%s=%q;", f, cells[f])
	}
	fmt.Fprintf(&b, "part %d", part)
	times[b.String()]++
	fmt.Fprintf(&b, " number %d", times[b.String()])
	id, err := a.key.DeriveID("csv row", []byte(b.String()))
	return id, err
}

// productFor finds the product that a row names, or begins it.
func (a *App) productFor(j *journal.Journal, begun map[string]journal.ID, d *journal.Dose, at, now time.Time) ([]Sealed, journal.ID, error) {
	if d.ProductName == "" {
		return nil, journal.ID{}, nil
	}
	if p, ok := j.ProductByName(d.ProductName); ok {
		return nil, p.ID, nil
	}
	name := strings.ToLower(d.ProductName)
	if id, ok := begun[name]; ok {
		return nil, id, nil
	}
	id, err := a.key.DeriveID("csv product", []byte(name))
	if err != nil {
		return nil, journal.ID{}, err
	}
	begun[name] = id
	e := journal.Event{At: at, Body: &journal.Product{Name: d.ProductName, Form: formOf(d.ProductName, d.Unit)}}
	e.Stamp(now)
	sealed, err := a.seal([]journal.ID{id}, []journal.Event{e})
	return sealed, id, err
}

// unitOf and formOf read a table's words as quick entry reads a person's:
// "Grams" is g, "red bali powder" is leaf. What it does not know stays as it
// is written.
func unitOf(unit string) string {
	if d := readAs("1 " + unit); d != nil {
		return d.Event.Dose().Unit
	}
	return unit
}

func formOf(name, unit string) journal.Form {
	if d := readAs("1 " + unit + " " + name); d != nil && d.NewProduct != nil {
		return d.NewProduct.Form
	}
	return journal.OtherForm
}

// readAs is the line's only entry if it is a dose and nothing was asked.
func readAs(line string) *quick.Read {
	r := quick.Parse(line, quick.Context{Now: time.Unix(0, 0).UTC()})
	if len(r.Asks) > 0 || len(r.Entries) != 1 || r.Entries[0].Event.Dose() == nil {
		return nil
	}
	return &r.Entries[0]
}

// eventsOf reads one row, recorded at the given time unless it says otherwise. Without a kind column the cells tell: an amount is
// a dose (0 is "none today"), scores are a check-in, words alone are a note.
func eventsOf(cells map[string]string, headingUnit string, dayFirst bool, now, recorded time.Time) ([]journal.Event, error) {
	at, timed, err := timeOf(cells, dayFirst, now.Location())
	if err != nil {
		return nil, err
	}
	if !timed && at.After(now) && journal.DateOf(at) == journal.DateOf(now) {
		at = now // today, at a time that was not given
	}
	if at.After(now.Add(ahead)) {
		return nil, fmt.Errorf("the time lies in the future")
	}
	if cells["recorded"] != "" {
		if recorded, _, err = readTime(cells["recorded"], dayFirst, now.Location()); err != nil {
			return nil, fmt.Errorf("the recorded time cannot be read")
		}
	}
	r := &rowReader{cells: cells, headingUnit: headingUnit}
	var list []journal.Event
	kind := journal.Kind(cells["kind"])
	switch {
	case kind == "":
		list = r.guessed()
	default:
		e, ok := r.ofKind(kind)
		if !ok {
			return nil, fmt.Errorf("the kind of entry is not one that Evenkeel knows")
		}
		list = []journal.Event{e}
	}
	if r.err != nil {
		return nil, r.err
	}
	if len(list) == 0 {
		return nil, fmt.Errorf("there is a time, but nothing that happened")
	}
	for i := range list {
		list[i].At = at
		list[i].Stamp(recorded)
	}
	return list, nil
}

// timeOf is when a row happened, and whether it gave a time of day.
func timeOf(cells map[string]string, dayFirst bool, loc *time.Location) (at time.Time, timed bool, err error) {
	s := cells["at"]
	if s == "" {
		s = strings.TrimSpace(cells["date"] + " " + cells["time"])
	}
	if s == "" {
		return at, false, fmt.Errorf("the date is missing")
	}
	at, timed, err = readTime(s, dayFirst, loc)
	if err != nil {
		return at, false, fmt.Errorf("the date and time cannot be read")
	}
	return at, timed, nil
}

// rowReader reads cells into entries and remembers the first thing wrong.
type rowReader struct {
	cells map[string]string
	// headingUnit is the unit that the amount column's heading gives; empty for
	// none.
	headingUnit string
	err         error
}

func (r *rowReader) fail(format string, args ...any) {
	if r.err == nil {
		r.err = fmt.Errorf(format, args...)
	}
}

// number reads a cell such as 2.5 or "2,5".
func (r *rowReader) number(field string) (v float64, ok bool) {
	s := r.cells[field]
	if s == "" {
		return 0, false
	}
	v, err := plainNumber(s)
	if err != nil {
		r.fail("the %s %v", strings.ReplaceAll(field, "_", " "), err)
		return 0, false
	}
	return v, true
}

// plainNumber reads digits with a point or a comma. A comma before three
// digits may be either kind, and the two are a thousand apart.
func plainNumber(s string) (float64, error) {
	if whole, rest, ok := strings.Cut(s, ","); ok && !strings.Contains(s, ".") {
		if len(rest) == 3 && strings.Trim(whole, "0+-") != "" {
			return 0, errComma
		}
		s = whole + "." + rest
	}
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return 0, fmt.Errorf("is not a number")
	}
	return v, nil
}

var errComma = errors.New("has a comma that may stand for thousands or for a decimal point: write 1500 or 1.5")

// dose reads the amount and its unit. A unit in the cell itself goes before
// the heading's; one that contradicts the unit column is refused.
func (r *rowReader) dose() (amount float64, unit string) {
	cell, column := r.cells["amount"], r.cells["unit"]
	if cell == "" {
		r.fail("the amount is missing")
		return 0, ""
	}
	v, err := plainNumber(cell)
	if err == nil {
		if column == "" {
			column = r.headingUnit
		}
		if column == "" {
			r.fail("the unit is missing: add a column for it, or name the amount column grams, mg or mL")
			return 0, ""
		}
		return v, unitOf(column)
	}
	if errors.Is(err, errComma) {
		r.fail("the amount %v", err)
		return 0, ""
	}
	// "500 mg", "1/2", "2 1/2 g": as quick entry reads them.
	if d := readAs(cell); d != nil {
		if own := d.Event.Dose().Unit; column == "" || unitOf(column) == own {
			return d.Event.Dose().Amount, own
		}
		r.fail("the amount and the unit column name two different units")
		return 0, ""
	}
	if column == "" {
		column = r.headingUnit
	}
	if d := readAs(cell + " " + column); d != nil && column != "" {
		return d.Event.Dose().Amount, d.Event.Dose().Unit
	}
	r.fail("the amount %v", err)
	return 0, ""
}

func (r *rowReader) score(field string) *int {
	v, ok := r.number(field)
	if !ok {
		return nil
	}
	if v != float64(int(v)) {
		r.fail("the %s must be a whole number", strings.ReplaceAll(field, "_", " "))
		return nil
	}
	n := int(v)
	return &n
}

func (r *rowReader) guessed() []journal.Event {
	var list []journal.Event
	if amount := r.cells["amount"]; amount != "" {
		if v, err := plainNumber(amount); err == nil && v == 0 {
			list = append(list, journal.Event{Body: &journal.None{}})
		} else if e, ok := r.ofKind(journal.KindDose); ok {
			list = append(list, e)
		}
	}
	scored := slices.ContainsFunc([]string{"rough", "craving", "mood", "calm", "energy", "pain", "sleep_h", "sleep_quality", "symptoms"}, func(f string) bool { return r.cells[f] != "" })
	if scored {
		text := r.cells["text"]
		if len(list) > 0 {
			delete(r.cells, "text") // the dose has it
		}
		e, _ := r.ofKind(journal.KindCheckIn)
		list = append(list, e)
		if text != "" {
			r.cells["text"] = text
		}
	}
	if len(list) == 0 && r.cells["text"] != "" {
		list = append(list, journal.Event{Body: &journal.Note{Text: r.cells["text"]}})
	}
	return list
}

func (r *rowReader) ofKind(kind journal.Kind) (journal.Event, bool) {
	c := r.cells
	var e journal.Event
	switch kind {
	case journal.KindDose:
		v, unit := r.dose()
		d := &journal.Dose{ProductName: c["product"], Amount: v, Unit: unit, Note: c["text"], Helped: r.score("helped")}
		for _, w := range strings.FieldsFunc(strings.ToLower(c["reasons"]), func(x rune) bool { return x == ' ' || x == ',' || x == ';' || x == '|' }) {
			if slices.Contains(journal.Reasons, journal.Reason(w)) {
				d.Reasons = append(d.Reasons, journal.Reason(w))
			} else if !strings.Contains(d.Note, w) {
				d.Note = strings.TrimSpace(d.Note + " " + w)
			}
		}
		e.Body = d
	case journal.KindNone:
		e.Body = &journal.None{}
	case journal.KindCheckIn:
		k := &journal.CheckIn{Rough: r.score("rough"), Craving: r.score("craving"), Mood: r.score("mood"), Calm: r.score("calm"), Energy: r.score("energy"),
			Pain: r.score("pain"), SleepQuality: r.score("sleep_quality"), Note: c["text"]}
		if v, ok := r.number("sleep_h"); ok {
			k.SleepHours = &v
		}
		for _, pair := range strings.Fields(c["symptoms"]) {
			name, value, _ := strings.Cut(pair, "=")
			n, err := strconv.Atoi(value)
			if err != nil {
				r.fail("the symptoms are not written like itch=2")
				break
			}
			if k.Symptoms == nil {
				k.Symptoms = map[journal.Symptom]int{}
			}
			k.Symptoms[journal.Symptom(name)] = n
		}
		e.Body = k
	case journal.KindSubstance:
		e.Body = &journal.Substance{Class: journal.SubstanceClass(c["class"]), Name: c["product"], Amount: c["amount"], Note: c["text"]}
	case journal.KindBodyChange:
		e.Body = &journal.BodyChange{Change: journal.Change(c["change"]), Since: journal.Date(c["since"]), Ongoing: c["ongoing"] == "yes", Note: c["text"]}
	case journal.KindLife:
		e.Body = &journal.Life{Area: journal.LifeArea(c["area"]), Effect: c["effect"], Note: c["text"]}
	case journal.KindNote:
		e.Body = &journal.Note{Text: c["text"]}
	case journal.KindSpending:
		v, _ := r.number("amount")
		e.Body = &journal.Spending{Amount: v, Currency: c["currency"], Note: c["text"]}
	case journal.KindPriorUse:
		v, _ := r.number("amount")
		days, _ := r.number("days")
		times, _ := r.number("times_per_day")
		e.Body = &journal.PriorUse{ProductName: c["product"], PerDay: v, Unit: c["unit"], Days: days, TimesPerDay: times, Note: c["text"]}
	default:
		return e, false
	}
	return e, true
}
