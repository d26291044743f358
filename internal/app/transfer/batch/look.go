package batch

import (
	"context"
	"time"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/transfer/columns"
	"github.com/evenkeel/evenkeel/internal/app/transfer/incoming"
	"github.com/evenkeel/evenkeel/journal"
)

// shown is how many rows of each sort a preview lists.
const shown = 12

// Preview is what importing a file would do, before anything is written.
type Preview struct {
	Source string `json:"source"`
	// Plan of a table; nil for another app's own format.
	Plan *columns.Plan `json:"plan,omitempty"`
	// LeftOut are columns that hold something and are not read.
	LeftOut []string `json:"left_out"`
	// Rows below the headings, those that are passed over among them.
	Rows   int                     `json:"rows"`
	Passed map[incoming.Passed]int `json:"passed"`
	// Add counts the entries that would be added, by kind; Begun are the products
	// that they begin.
	Add   map[journal.Kind]int `json:"add"`
	Begun []string             `json:"new_products"`
	// First and Last are the times between which they lie; nil for none.
	First *time.Time `json:"first,omitempty"`
	Last  *time.Time `json:"last,omitempty"`
	// Known entries were imported before and are left as they are; Changed ones
	// are read differently now; Doubles are like an entry from elsewhere; Odd ones
	// have an amount that is hard to believe; Bad rows cannot be read.
	Known   int `json:"known"`
	Changed int `json:"changed"`
	Doubles int `json:"doubles"`
	Odd     int `json:"odd"`
	Bad     int `json:"bad"`
	// The first of each sort.
	Read        []Line `json:"read"`
	ChangedRows []Line `json:"changed_rows"`
	DoubleRows  []Line `json:"double_rows"`
	OddRows     []Line `json:"odd_rows"`
	BadRows     []Bad  `json:"bad_rows"`
}

// Line is one entry that a row is read as.
type Line struct {
	Row   int           `json:"row"`
	Event journal.Event `json:"entry"`
	// Old is the entry that it is compared with; nil for none.
	Old *journal.Event `json:"old,omitempty"`
}

// Bad is a row that cannot be read.
type Bad struct {
	Row   int               `json:"row"`
	Cells []string          `json:"cells"`
	Why   *incoming.Problem `json:"-"`
	Key   string            `json:"problem"`
}

// Entries is how many entries would be added.
func (p *Preview) Entries() int {
	n := 0
	for _, k := range p.Add {
		n += k
	}
	return n
}

// Open is the question that is to be answered before the file can be written;
// nil for none.
func (p *Preview) Open() error {
	if p.Plan == nil {
		return nil
	}
	return p.Plan.Fault()
}

// Look reads a file as the choices say and writes nothing. With an error about
// the choices the preview holds the plan all the same.
func Look(ctx context.Context, a *app.App, f File, c Choices) (*Preview, error) {
	return look(ctx, a, a.Now(ctx), f, c)
}

// LookAlone is Look where there is no journal yet.
func LookAlone(ctx context.Context, now time.Time, f File, c Choices) (*Preview, error) {
	return look(ctx, nil, now, f, c)
}

func look(ctx context.Context, a *app.App, now time.Time, f File, c Choices) (*Preview, error) {
	p := &Preview{Passed: map[incoming.Passed]int{}, Add: map[journal.Kind]int{}, LeftOut: []string{}, Begun: []string{}, Read: []Line{}, ChangedRows: []Line{}, DoubleRows: []Line{}, OddRows: []Line{}, BadRows: []Bad{}}
	w := &walk{choices: c, preview: p, begun: map[string]bool{}}
	err := w.through(ctx, a, now, f)
	return p, err
}

// walk goes through a file: it counts what is found and hands over what is to be
// written.
type walk struct {
	choices Choices
	preview *Preview
	index   *index
	source  *incoming.Source
	plan    *columns.Plan
	begun   map[string]bool
	// take gets a draft that is to be written and the entry that it replaces; nil
	// for none. keep gets a row to be mended. Both may be nil.
	take func(r *incoming.Row, k int, instead *journal.Entry) error
	keep func(r *incoming.Row, why *incoming.Problem) error
}

// through reads the whole file. Without a journal everything is new.
func (w *walk) through(ctx context.Context, a *app.App, now time.Time, f File) error {
	var err error
	w.source, w.plan, err = open(f, w.choices, now)
	w.preview.Plan = w.plan
	if w.plan != nil {
		w.preview.LeftOut = append(w.preview.LeftOut, w.plan.LeftOut()...)
	}
	if err != nil {
		return err
	}
	w.preview.Source = w.source.Name
	w.index, err = newIndex(ctx, a, w.source.Name, headings(w.plan), w.plan != nil && w.plan.Own())
	if err != nil {
		return err
	}
	if !w.index.empty() {
		err := w.source.Rows(func(r *incoming.Row) bool {
			for i := range r.Drafts {
				w.index.expect(&r.Drafts[i])
			}
			return ctx.Err() == nil
		})
		if err != nil {
			return err
		}
	}
	var failed error
	err = w.source.Rows(func(r *incoming.Row) bool {
		if failed = ctx.Err(); failed == nil {
			failed = w.row(r)
		}
		return failed == nil
	})
	if failed != nil {
		return failed
	}
	return err
}

func (w *walk) row(r *incoming.Row) error {
	p := w.preview
	p.Rows++
	switch {
	case r.Passed != "":
		p.Passed[r.Passed]++
		return nil
	case r.Why != nil && w.index.waiting[keptOf(r.Cells, r.Why.Key)]:
		p.Passed[incoming.Waiting]++
		return nil
	case r.Why != nil:
		p.Bad++
		if len(p.BadRows) < shown {
			p.BadRows = append(p.BadRows, Bad{r.N, r.Cells, r.Why, r.Why.Key})
		}
		return w.kept(r, r.Why)
	}
	for i := range r.Drafts {
		d := &r.Drafts[i]
		if d.Odd != nil && !w.choices.Odd && w.index.waiting[keptOf(r.Cells, d.Odd.Key)] {
			p.Passed[incoming.Waiting]++
			return nil
		}
		if d.Odd != nil && !w.choices.Odd {
			p.Odd++
			p.OddRows = list(p.OddRows, r.N, &d.Event, nil)
			return w.kept(r, d.Odd)
		}
	}
	for i := range r.Drafts {
		if err := w.draft(r, i); err != nil {
			return err
		}
	}
	return nil
}

func (w *walk) kept(r *incoming.Row, why *incoming.Problem) error {
	if w.keep == nil {
		return nil
	}
	return w.keep(r, why)
}

// draft counts an entry, and hands it over if it is to be written.
func (w *walk) draft(r *incoming.Row, k int) error {
	p, d := w.preview, &r.Drafts[k]
	v, old := w.index.judge(r, k)
	var instead *journal.Entry
	switch v {
	case known:
		p.Known++
		return nil
	case changed:
		p.Changed++
		p.ChangedRows = list(p.ChangedRows, r.N, w.event(d), old)
		switch w.choices.Changed {
		case Leave:
			return nil
		case AddBoth:
		default:
			instead = old
		}
	case double:
		p.Doubles++
		p.DoubleRows = list(p.DoubleRows, r.N, w.event(d), old)
		if !w.choices.Doubles {
			return nil
		}
	case fresh:
		p.Read = list(p.Read, r.N, w.event(d), nil)
	}
	p.Add[d.Event.Kind]++
	at := d.Event.At
	if w.plan != nil && w.plan.OrderOpen {
		p.Read, p.First, p.Last = []Line{}, nil, nil // whatever day that is
	} else if p.First == nil || at.Before(*p.First) {
		p.First = &at
	}
	if p.First != nil && (p.Last == nil || at.After(*p.Last)) {
		p.Last = &at
	}
	if name := d.Product; name != "" && begins(d) && !w.begun[fold(name)] {
		w.begun[fold(name)] = true
		if _, ok := w.index.journal.ProductByName(name); !ok {
			p.Begun = append(p.Begun, name)
		}
	}
	if w.take == nil {
		return nil
	}
	return w.take(r, k, instead)
}

// event is a draft as an entry that can be shown: with the name of its product.
func (w *walk) event(d *incoming.Draft) *journal.Event {
	e := d.Event
	if dose := e.Dose(); dose != nil && dose.ProductName == "" {
		named := *dose
		named.ProductName = d.Product
		e.Body = &named
	}
	e.Stamp(e.At)
	return &e
}

func list(lines []Line, row int, e *journal.Event, old *journal.Entry) []Line {
	if len(lines) >= shown {
		return lines
	}
	l := Line{Row: row, Event: *e}
	if old != nil {
		l.Old = &old.Event
	}
	return append(lines, l)
}
