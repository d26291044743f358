package transfer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/transfer/sheet"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/journal/quick"
)

// ImportCSV adds the entries of a table, read as fields says, all or none.
// Importing the same rows again adds nothing. Products that the table names
// and the journal does not have are begun.
func ImportCSV(ctx context.Context, a *app.App, r io.Reader, fields []string, dayFirst bool) (app.Merged, error) {
	table, err := readTable(r)
	if err != nil {
		return app.Merged{}, err
	}
	if err := checkFields(fields, len(table[0])); err != nil {
		return app.Merged{}, err
	}
	return a.Merge(ctx, func(b *app.Batch) error {
		t := tableReader{batch: b, now: a.Now(ctx), dayFirst: dayFirst, times: map[string]int{}, begun: map[string]journal.ID{}}
		if i := slices.Index(fields, "amount"); i >= 0 {
			t.unit = unitInHeading[plainHeading(table[0][i])]
		}
		for n, row := range table[1:] {
			if err := t.row(n, cellsOf(row, fields)); err != nil {
				return rowFault(n+2, err)
			}
		}
		return nil
	})
}

// rowFault says which row of a table is wrong, and what about it. What is not
// about the row stays as it is.
func rowFault(n int, err error) error {
	var cell *cellProblem
	var field *journal.FieldError
	switch {
	case errors.As(err, &cell):
		return fault.Wrap(err, fault.Invalid, "transfer.row", "n", n, "problem", cell)
	case errors.As(err, &field):
		return fault.Wrap(err, fault.Invalid, "transfer.row", "n", n, "problem", field)
	}
	return err
}

func checkFields(fields []string, columns int) error {
	if len(fields) != columns {
		return fault.New(fault.Invalid, "transfer.columns_count", "n", columns, "given", len(fields))
	}
	known := CSVFields()
	for i, f := range fields {
		if !slices.Contains(known, f) {
			return fault.New(fault.Invalid, "transfer.no_such_field", "n", i+1)
		}
		if f != "" && slices.Contains(fields[:i], f) {
			return fault.New(fault.Invalid, "transfer.field_twice", "field", f)
		}
	}
	if !slices.Contains(fields, "at") && !slices.Contains(fields, "date") {
		return fault.New(fault.Invalid, "transfer.no_time_column")
	}
	return nil
}

func cellsOf(row, fields []string) map[string]string {
	cells := map[string]string{}
	for i, f := range fields {
		if v := strings.TrimSpace(row[i]); f != "" && v != "" {
			cells[f] = sheet.Unquoted(v)
		}
	}
	return cells
}

// happened tells that a row says more than when it was.
func happened(cells map[string]string) bool {
	for f := range cells {
		if !slices.Contains([]string{"at", "date", "time", "id", "recorded", "unit", "currency", sheet.Form}, f) {
			return true
		}
	}
	return false
}

// tableReader puts the rows of a table into a batch.
type tableReader struct {
	batch    *app.Batch
	now      time.Time
	dayFirst bool
	// unit is the one that the amount column's heading gives; empty for none.
	unit string
	// times counts equal rows, begun are products that the table named first.
	times map[string]int
	begun map[string]journal.ID
}

// row adds the entries of the n-th row. A row with nothing but its date is a
// day that is not known, and adds none.
func (t *tableReader) row(n int, cells map[string]string) error {
	if !happened(cells) {
		return nil
	}
	// Rows are recorded one after the other, to keep the order of the table.
	for _, cell := range cells {
		t.batch.Scan(cell)
	}
	events, err := eventsOf(cells, t.unit, t.dayFirst, t.now, t.now.Add(time.Duration(n)))
	if err != nil {
		return err
	}
	for k := range events {
		e := &events[k]
		if err := t.product(e, cells); err != nil {
			return err
		}
		id, err := t.rowID(cells, k)
		if err != nil {
			return err
		}
		if err := t.batch.AddEvent(id, e); err != nil {
			return err
		}
	}
	return nil
}

// rowID knows a row again: by the id that our own export gave it, or by its
// contents. Equal rows are told apart by counting, so that two equal doses
// stay two.
func (t *tableReader) rowID(cells map[string]string, part int) (journal.ID, error) {
	if id, err := journal.ParseID(cells["id"]); err == nil && part == 0 {
		return id, nil
	}
	var b strings.Builder
	for _, f := range slices.Sorted(maps.Keys(cells)) {
		fmt.Fprintf(&b, "%s=%q;", f, cells[f])
	}
	fmt.Fprintf(&b, "part %d", part)
	t.times[b.String()]++
	fmt.Fprintf(&b, " number %d", t.times[b.String()])
	return t.batch.DeriveID("csv row", []byte(b.String()))
}

// product gives an entry the product that its row names. One that the journal
// does not have is begun, for a dose from anywhere, and for other entries where
// our own table tells that it was on the list.
func (t *tableReader) product(e *journal.Event, cells map[string]string) error {
	name := cells[sheet.Product]
	form, listed := sheet.ProductForm(cells)
	own := sheet.Own(cells)
	if name == "" || !sheet.HasProduct(e.Body) || !listed && (own || e.Dose() == nil) {
		return nil
	}
	if !listed {
		form = formOf(name, e.Dose().Unit)
	}
	id, err := t.begin(name, form, e.At)
	if err != nil {
		return err
	}
	return sheet.SetProduct(e.Body, id)
}

// begin finds the product of that name, or begins it.
func (t *tableReader) begin(name string, form journal.Form, at time.Time) (journal.ID, error) {
	if p, ok := t.batch.Journal().ProductByName(name); ok {
		return p.ID, nil
	}
	key := strings.ToLower(name)
	if id, ok := t.begun[key]; ok {
		return id, nil
	}
	id, err := t.batch.DeriveID("csv product", []byte(key))
	if err != nil {
		return journal.ID{}, err
	}
	t.begun[key] = id
	e := journal.Event{At: at, Body: &journal.Product{Name: name, Form: form}}
	e.Stamp(t.now)
	return id, t.batch.AddEvent(id, &e)
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
