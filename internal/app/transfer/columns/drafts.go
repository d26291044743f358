package columns

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/evenkeel/evenkeel/internal/app/transfer/incoming"
	"github.com/evenkeel/evenkeel/internal/app/transfer/sheet"
	"github.com/evenkeel/evenkeel/journal"
)

// passive fields say nothing by themselves.
var passive = []string{"at", "date", "time", "id", "recorded", "unit", "currency", sheet.Form, sheet.Product}

// drafts are the entries that a row says happened; none where it has a date and
// nothing else. The error is an *incoming.Problem or a *journal.FieldError.
func (r *Reader) drafts(cells []string, own bool) ([]incoming.Draft, error) {
	named := r.named(cells)
	says := false
	for f, v := range named {
		says = says || !slices.Contains(passive, f) && !isAbsent(v)
	}
	at, timed, why := r.timeOf(named, own)
	if !says {
		return nil, nil // and its date may be that of the rows below
	}
	if why != nil {
		return nil, why
	}
	if !timed && at.After(r.now) && journal.DateOf(at) == journal.DateOf(r.now) {
		at = r.now // today, at a time that was not given
	}
	var list []incoming.Draft
	var err error
	if kind := journal.Kind(named["kind"]); kind != "" {
		list, err = r.ofKind(kind, named, at, own)
	} else {
		list, err = r.ofCells(cells, named, at, timed)
	}
	if err != nil {
		return nil, err
	}
	return r.complete(list, named, own, at, timed)
}

// complete gives drafts what they share with their row.
func (r *Reader) complete(list []incoming.Draft, named map[string]string, own bool, at time.Time, timed bool) ([]incoming.Draft, error) {
	var recorded time.Time
	if v := named["recorded"]; v != "" && own {
		m, ok := momentOf(v, r.plan.Order)
		if !ok || !m.timed {
			return nil, incoming.Say("transfer.cell.recorded")
		}
		recorded = m.in(r.now.Location(), true)
		if !m.instant.IsZero() {
			recorded = m.instant
		}
	}
	form, listed := sheet.ProductForm(named)
	for i := range list {
		d := &list[i]
		d.AllDay = !timed && d.Event.At.Equal(at)
		if d.Event.At.After(r.now.Add(ahead)) {
			return nil, incoming.Say("transfer.cell.future")
		}
		d.Event.Kind = d.Event.Body.Kind()
		d.Event.Recorded = recorded
		if id, err := journal.ParseID(named["id"]); own && err == nil && i == 0 {
			d.ID = id
		}
		if d.Product == "" && sheet.HasProduct(d.Event.Body) {
			d.Product = named[sheet.Product]
		}
		if d.Product != "" {
			d.Form, d.Listed = form, listed
		}
		check := d.Event
		check.Recorded = check.At
		if err := check.Validate(); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// ofKind reads a row that names its kind.
func (r *Reader) ofKind(kind journal.Kind, named map[string]string, at time.Time, own bool) ([]incoming.Draft, error) {
	d := journal.Describe(kind)
	if d == nil || !d.Entry() || d.Apart {
		return nil, incoming.Say("transfer.cell.kind")
	}
	if kind == journal.KindDose && !own {
		draft, err := r.dose(named, named["amount"], Column{}, at)
		if err == nil && draft.Event.Body == nil {
			err = incoming.Say("event.amount_range")
		}
		if d := draft.Event.Dose(); d != nil {
			d.Note = strings.TrimSpace(named["text"] + " " + d.Note)
		}
		return []incoming.Draft{draft}, err
	}
	body, err := r.body(d, named)
	return []incoming.Draft{{Event: journal.Event{At: at, Body: body}}}, err
}

// ofCells reads a row whose cells tell what it is: amounts are doses (all of
// them 0 is "none today"), answers are a check-in, words alone are a note.
func (r *Reader) ofCells(cells []string, named map[string]string, at time.Time, timed bool) ([]incoming.Draft, error) {
	var list []incoming.Draft
	zero, spare := false, named["text"]
	for i, c := range r.plan.Columns {
		cell := strings.TrimSpace(cells[i])
		if c.Field != "amount" || isAbsent(cell) {
			continue
		}
		draft, err := r.dose(named, sheet.Unquoted(cell), c, usualTime(at, timed, c))
		if err != nil {
			return nil, err
		}
		if draft.Event.Body == nil {
			zero = true
			continue
		}
		list = append(list, draft)
	}
	if zero && len(list) == 0 {
		list = append(list, incoming.Draft{Event: journal.Event{At: at, Body: &journal.None{}}})
	}
	if len(list) == 1 && list[0].Event.Dose() != nil { // the one dose has the words
		d := list[0].Event.Dose()
		d.Note = strings.TrimSpace(spare + " " + d.Note)
		spare = ""
	}
	if r.answered(named) {
		own := make(map[string]string, len(named))
		for k, v := range named {
			own[k] = v
		}
		own["text"] = spare
		body, err := r.body(journal.Describe(journal.KindCheckIn), own)
		if err != nil {
			return nil, err
		}
		list, spare = append(list, incoming.Draft{Event: journal.Event{At: at, Body: body}}), ""
	}
	if spare != "" {
		list = append(list, incoming.Draft{Event: journal.Event{At: at, Body: &journal.Note{Text: spare}}})
	}
	return list, nil
}

// usualTime is when the amount of a column was taken: at the time of the row, and
// where that has none, at the usual time of the column.
func usualTime(at time.Time, timed bool, c Column) time.Time {
	usual, ok := clockOf(c.Time, false)
	if timed || !ok {
		return at
	}
	return time.Date(at.Year(), at.Month(), at.Day(), usual.hour, usual.min, 0, 0, at.Location())
}

// dose reads one amount of a row. Its body is nil where nothing was taken.
func (r *Reader) dose(named map[string]string, cell string, c Column, at time.Time) (incoming.Draft, error) {
	if cell == "" {
		return incoming.Draft{}, incoming.Say("transfer.cell.no_amount")
	}
	a, why := r.amountOf(cell, named["unit"], c.Unit)
	if why != nil {
		return incoming.Draft{}, why
	}
	if a.value == 0 {
		return incoming.Draft{}, nil
	}
	dose := &journal.Dose{Amount: a.value, Unit: a.unit}
	if v := named["helped"]; v != "" && !isAbsent(v) {
		f, _ := journal.Describe(journal.KindDose).Field("helped")
		if err := f.Set(dose, v); err != nil {
			return incoming.Draft{}, err
		}
	}
	dose.Reasons, dose.Note = reasonsOf(named["reasons"])
	product := c.Product
	if product == "" {
		product = named[sheet.Product]
	}
	if product == "" {
		product = a.product
	}
	return incoming.Draft{Event: journal.Event{At: at, Body: dose}, Product: product, Odd: OddAmount(a.value, a.unit)}, nil
}

// reasonsOf reads why a dose was taken: reasons of ours, apart by spaces or
// marks; whatever else stands between the marks is a note as it was written.
func reasonsOf(cell string) (list []journal.Reason, note string) {
	var rest []string
	for _, part := range strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune(",;|", r) }) {
		given := strings.Fields(strings.ToLower(part))
		if slices.ContainsFunc(given, func(w string) bool { return !slices.Contains(journal.Reasons, journal.Reason(w)) }) {
			rest = append(rest, strings.TrimSpace(part))
			continue
		}
		for _, w := range given {
			if !slices.Contains(list, journal.Reason(w)) {
				list = append(list, journal.Reason(w))
			}
		}
	}
	return list, strings.Join(rest, ", ")
}

// answered tells that a row answers something that a check-in asks.
func (r *Reader) answered(named map[string]string) bool {
	for _, f := range journal.Describe(journal.KindCheckIn).Fields {
		if f.Type == journal.FieldWords {
			continue
		}
		if v := named[f.Column]; v != "" && !isAbsent(v) || slices.ContainsFunc(f.Columns(), func(c string) bool { return named[c] != "" }) {
			return true
		}
	}
	return false
}

// body reads the cells of one kind.
func (r *Reader) body(d *journal.Descriptor, named map[string]string) (journal.Payload, error) {
	cells := named
	if !sheet.Own(named) {
		cells = make(map[string]string, len(named))
		for k, v := range named {
			if !isAbsent(v) {
				cells[k] = v
			}
		}
	}
	return sheet.Body(d, cells, func(cell string) (string, error) {
		v, why := r.number(cell)
		if why != nil {
			return "", why
		}
		return strconv.FormatFloat(v, 'f', -1, 64), nil
	})
}
