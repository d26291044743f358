package app

import (
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

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
				cells[f] = strings.TrimPrefix(v, "'")
			}
		}
		if len(cells) == 0 {
			continue
		}
		if cells["unit"] == "" && cells["amount"] != "" {
			cells["unit"] = unit
		}
		events, err := eventsOf(cells, dayFirst, now)
		if err != nil {
			return nil, fault.Wrap(err, fault.Invalid, "Row %d of the table: %v. Nothing was imported.", n+2, err)
		}
		for k, e := range events {
			if e.Dose != nil {
				product, id, err := a.productFor(j, begun, e.Dose, e.At, now)
				if err != nil {
					return nil, err
				}
				e.Dose.Product = id
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
	e := journal.Event{At: at, Product: &journal.Product{Name: d.ProductName, Form: formOf(d.ProductName, d.Unit)}}
	e.Stamp(now)
	sealed, err := a.seal([]journal.ID{id}, []journal.Event{e})
	return sealed, id, err
}

// unitOf and formOf read a table's words as quick entry reads a person's:
// "Grams" is g, "red bali powder" is leaf. What it does not know stays as it
// is written.
func unitOf(unit string) string {
	if d := readAs("1 " + unit); d != nil {
		return d.Event.Dose.Unit
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
	if len(r.Asks) > 0 || len(r.Entries) != 1 || r.Entries[0].Event.Dose == nil {
		return nil
	}
	return &r.Entries[0]
}

// eventsOf reads one row. Without a kind column the cells tell: an amount is
// a dose (0 is "none today"), scores are a check-in, words alone are a note.
func eventsOf(cells map[string]string, dayFirst bool, now time.Time) ([]journal.Event, error) {
	at, err := timeOf(cells, dayFirst, now.Location())
	if err != nil {
		return nil, err
	}
	if at.After(now.Add(ahead)) {
		return nil, fmt.Errorf("the time lies in the future")
	}
	recorded := now
	if cells["recorded"] != "" {
		if recorded, err = readTime(cells["recorded"], dayFirst, now.Location()); err != nil {
			return nil, fmt.Errorf("the recorded time cannot be read")
		}
	}
	r := &rowReader{cells: cells}
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

func timeOf(cells map[string]string, dayFirst bool, loc *time.Location) (time.Time, error) {
	s := cells["at"]
	if s == "" {
		s = strings.TrimSpace(cells["date"] + " " + cells["time"])
	}
	if s == "" {
		return time.Time{}, fmt.Errorf("the date is missing")
	}
	t, err := readTime(s, dayFirst, loc)
	if err != nil {
		return t, fmt.Errorf("the date and time cannot be read")
	}
	return t, nil
}

// rowReader reads cells into entries and remembers the first thing wrong.
type rowReader struct {
	cells map[string]string
	err   error
}

func (r *rowReader) fail(format string, args ...any) {
	if r.err == nil {
		r.err = fmt.Errorf(format, args...)
	}
}

// number reads a cell such as 2.5, "2,5" or "3 g"; the letters after it are
// its unit.
func (r *rowReader) number(field string) (v float64, unit string, ok bool) {
	s := r.cells[field]
	if s == "" {
		return 0, "", false
	}
	end := strings.IndexFunc(s, func(c rune) bool { return !unicode.IsDigit(c) && c != '.' && c != ',' && c != '-' && c != '+' })
	if end < 0 {
		end = len(s)
	}
	digits := s[:end]
	if strings.Count(digits, ",") == 1 && !strings.Contains(digits, ".") {
		digits = strings.Replace(digits, ",", ".", 1)
	}
	v, err := strconv.ParseFloat(digits, 64)
	if err != nil {
		r.fail("the %s is not a number", strings.ReplaceAll(field, "_", " "))
		return 0, "", false
	}
	return v, strings.TrimSpace(s[end:]), true
}

func (r *rowReader) score(field string) *int {
	v, _, ok := r.number(field)
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
	if v, _, ok := r.number("amount"); ok {
		if v == 0 {
			list = append(list, journal.Event{None: &journal.None{}})
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
		list = append(list, journal.Event{Note: &journal.Note{Text: r.cells["text"]}})
	}
	return list
}

func (r *rowReader) ofKind(kind journal.Kind) (journal.Event, bool) {
	c := r.cells
	var e journal.Event
	switch kind {
	case journal.KindDose:
		v, unit, ok := r.number("amount")
		if !ok {
			r.fail("the amount is missing")
		}
		if c["unit"] != "" {
			unit = c["unit"]
		}
		if unit == "" {
			r.fail("the unit is missing: add a column for it, or name the amount column grams, mg or mL")
		}
		d := &journal.Dose{ProductName: c["product"], Amount: v, Unit: unitOf(unit), Note: c["text"], Helped: r.score("helped")}
		for _, w := range strings.FieldsFunc(strings.ToLower(c["reasons"]), func(x rune) bool { return x == ' ' || x == ',' || x == ';' || x == '|' }) {
			if slices.Contains(journal.Reasons, journal.Reason(w)) {
				d.Reasons = append(d.Reasons, journal.Reason(w))
			} else if !strings.Contains(d.Note, w) {
				d.Note = strings.TrimSpace(d.Note + " " + w)
			}
		}
		e.Dose = d
	case journal.KindNone:
		e.None = &journal.None{}
	case journal.KindCheckIn:
		k := &journal.CheckIn{Rough: r.score("rough"), Craving: r.score("craving"), Mood: r.score("mood"), Calm: r.score("calm"), Energy: r.score("energy"),
			Pain: r.score("pain"), SleepQuality: r.score("sleep_quality"), Note: c["text"]}
		if v, _, ok := r.number("sleep_h"); ok {
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
		e.CheckIn = k
	case journal.KindSubstance:
		e.Substance = &journal.Substance{Class: journal.SubstanceClass(c["class"]), Name: c["product"], Amount: c["amount"], Note: c["text"]}
	case journal.KindBodyChange:
		e.BodyChange = &journal.BodyChange{Change: journal.Change(c["change"]), Since: journal.Date(c["since"]), Ongoing: c["ongoing"] == "yes", Note: c["text"]}
	case journal.KindLife:
		e.Life = &journal.Life{Area: journal.LifeArea(c["area"]), Effect: c["effect"], Note: c["text"]}
	case journal.KindNote:
		e.Note = &journal.Note{Text: c["text"]}
	case journal.KindSpending:
		v, _, _ := r.number("amount")
		e.Spending = &journal.Spending{Amount: v, Currency: c["currency"], Note: c["text"]}
	case journal.KindHistory:
		v, _, _ := r.number("amount")
		days, _, _ := r.number("days")
		times, _, _ := r.number("times_per_day")
		e.History = &journal.History{ProductName: c["product"], PerDay: v, Unit: c["unit"], Days: days, TimesPerDay: times, Note: c["text"]}
	default:
		return e, false
	}
	return e, true
}
