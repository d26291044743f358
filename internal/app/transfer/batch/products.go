package batch

import (
	"strings"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/internal/app/transfer/columns"
	"github.com/evenkeel/evenkeel/internal/app/transfer/incoming"
	"github.com/evenkeel/evenkeel/internal/app/transfer/sheet"
	"github.com/evenkeel/evenkeel/journal"
)

func fold(name string) string { return strings.ToLower(strings.TrimSpace(name)) }

func equalNames(a, b string) bool { return fold(a) == fold(b) }

// begins tells a draft whose product is to stand on the person's list: that of
// any dose, and of another entry where the file tells that it was listed.
func begins(d *incoming.Draft) bool {
	if !sheet.HasProduct(d.Event.Body) {
		return false
	}
	return d.Listed || d.Event.Dose() != nil && d.ID.IsZero()
}

// product gives an entry the product that its file names. One that the journal
// does not have is begun, once for the batch.
func (w *writer) product(tx *app.Tx, d *incoming.Draft, e *journal.Event) ([]app.Draft, error) {
	if d.Product == "" || !begins(d) {
		return nil, nil
	}
	if dose := e.Dose(); dose != nil {
		named := *dose
		named.ProductName = d.Product
		e.Body = &named
	}
	if p, ok := tx.Journal().ProductByName(d.Product); ok {
		return nil, sheet.SetProduct(e.Body, p.ID)
	}
	if id, ok := w.begun[fold(d.Product)]; ok {
		return nil, sheet.SetProduct(e.Body, id)
	}
	id, err := record.ProductID(tx, d.Product)
	if err != nil {
		return nil, err
	}
	if id.IsZero() {
		id = tx.NewID()
	}
	form := d.Form
	if form == "" {
		unit := ""
		if dose := e.Dose(); dose != nil {
			unit = dose.Unit
		}
		form = columns.FormOf(d.Product, unit)
	}
	p := app.Draft{ID: id, Event: journal.Event{At: e.At, Origin: &journal.Origin{Batch: w.batch}, Body: &journal.Product{Name: d.Product, Form: form}}}
	w.begun[fold(d.Product)] = id
	return []app.Draft{p}, sheet.SetProduct(e.Body, id)
}
