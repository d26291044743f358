package batch

import (
	"context"
	"encoding/json"
	"strings"
	"unicode/utf8"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/transfer/columns"
	"github.com/evenkeel/evenkeel/internal/app/transfer/incoming"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/safety"
)

// atOnce is how many entries are written in one piece. What has more comes in
// several, so that memory holds one of them and not the file; the batch stands
// from the first on, and undoing it takes out whatever was written.
const atOnce = 10_000

// Done says what importing a file did.
type Done struct {
	*Preview
	// Batch is the import, to be undone by; zero where nothing was written.
	Batch journal.ID `json:"batch,omitzero"`
	// Added counts the entries that were written, Kept the rows that wait to be
	// mended, Dropped those beyond what an import keeps.
	Added   int `json:"added"`
	Kept    int `json:"kept"`
	Dropped int `json:"dropped,omitempty"`
	// Found are the words of danger in what was read, and the recent entries that
	// are dangerous together.
	Found []safety.Finding `json:"-"`
}

// Write imports a file as the choices say: the good rows at once, the bad ones
// into a list to be mended.
func Write(ctx context.Context, a *app.App, f File, c Choices) (*Done, error) {
	p, err := Look(ctx, a, f, c)
	done := &Done{Preview: p}
	if err != nil {
		return done, err
	}
	if err := p.Open(); err != nil {
		return done, err
	}
	if p.Entries() == 0 && p.Bad+p.Odd == 0 {
		return done, nil
	}
	w := &writer{ctx: ctx, app: a, done: done, begun: map[string]journal.ID{}}
	again := &Preview{Passed: map[incoming.Passed]int{}, Add: map[journal.Kind]int{}}
	w.walk = &walk{choices: c, preview: again, begun: map[string]bool{}, take: w.take, keep: w.keep}
	if err := w.begin(f, c); err != nil {
		return done, err
	}
	if err := w.walk.through(ctx, a, a.Now(ctx), f); err != nil {
		return done, err
	}
	return done, w.flush()
}

// writer gathers drafts and writes them in pieces.
type writer struct {
	ctx   context.Context
	app   *app.App
	walk  *walk
	done  *Done
	batch journal.ID
	// head is the batch itself, which goes before its first entries.
	head  *journal.Import
	wait  []waiting
	begun map[string]journal.ID
}

// waiting is a draft that is still to be written.
type waiting struct {
	draft   incoming.Draft
	origin  journal.Origin
	instead *journal.Entry
}

// begin prepares the batch: what it is read as, and the rows that are kept.
func (w *writer) begin(f File, c Choices) error {
	p := w.done.Preview
	w.head = &journal.Import{Source: p.Source, Name: cut(f.Name, journal.MaxWord), Added: p.Entries()}
	if p.Plan == nil {
		return w.keepRows(f, c)
	}
	w.head.Columns = headings(p.Plan)
	text, err := json.Marshal(p.Plan)
	if err != nil {
		return err
	}
	w.head.Plan = text
	return w.keepRows(f, c)
}

// headings of a file, as a batch keeps them; nil for none.
func headings(p *columns.Plan) (list []string) {
	if p == nil {
		return nil
	}
	for _, c := range p.Columns {
		list = append(list, cut(c.Heading, journal.MaxKeptCell))
	}
	return list
}

// keepRows goes through the file for the rows to be mended, which stand in the
// batch before its entries are written.
func (w *writer) keepRows(f File, c Choices) error {
	if w.done.Bad+w.done.Odd == 0 {
		return nil
	}
	again := &Preview{Passed: map[incoming.Passed]int{}, Add: map[journal.Kind]int{}}
	keep := &walk{choices: c, preview: again, begun: map[string]bool{}, keep: func(r *incoming.Row, why *incoming.Problem) error {
		if len(w.head.Kept) >= journal.MaxKept {
			w.head.Dropped++
			return nil
		}
		k := journal.KeptRow{Row: r.N, Problem: why.Key, Cells: make([]string, len(r.Cells))}
		for i, c := range r.Cells {
			k.Cells[i] = cut(c, journal.MaxKeptCell)
		}
		w.head.Kept = append(w.head.Kept, k)
		return nil
	}}
	err := keep.through(w.ctx, w.app, w.app.Now(w.ctx), f)
	w.done.Kept, w.done.Dropped = len(w.head.Kept), w.head.Dropped
	return err
}

func cut(s string, most int) string {
	s = strings.ToValidUTF8(s, "")
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most])
}

// keep looks through a row that is kept for words of danger.
func (w *writer) keep(r *incoming.Row, _ *incoming.Problem) error {
	for _, c := range r.Cells {
		w.done.Found = append(w.done.Found, safety.Scan(c)...)
	}
	return nil
}

func (w *writer) take(r *incoming.Row, k int, instead *journal.Entry) error {
	o := journal.Origin{Row: rowOf(w.done.Source, r, k), Read: readOf(w.done.Source, &r.Drafts[k])}
	w.wait = append(w.wait, waiting{r.Drafts[k], o, instead})
	if len(w.wait) < atOnce {
		return nil
	}
	return w.flush()
}

// flush writes what waits, and before the first of it the batch.
func (w *writer) flush() error {
	if len(w.wait) == 0 && w.head == nil {
		return nil
	}
	saved, err := w.app.Write(w.ctx, func(tx *app.Tx) ([]app.Draft, error) {
		drafts := make([]app.Draft, 0, len(w.wait)+2)
		if w.head != nil {
			w.batch = tx.NewID()
			drafts = append(drafts, app.Draft{ID: w.batch, Event: journal.Event{Body: w.head}})
		}
		for i := range w.wait {
			list, err := w.drafts(tx, &w.wait[i])
			if err != nil {
				return nil, err
			}
			drafts = append(drafts, list...)
		}
		return drafts, nil
	})
	w.done.Found = append(w.done.Found, saved.Found...)
	if err != nil {
		return err
	}
	w.done.Batch, w.head = w.batch, nil
	w.done.Added += len(w.wait)
	w.wait = w.wait[:0]
	return nil
}

// drafts are the records of one entry: its product where it begins one, itself,
// and the end of the one it replaces.
func (w *writer) drafts(tx *app.Tx, d *waiting) ([]app.Draft, error) {
	e := d.draft.Event
	origin := d.origin
	origin.Batch = w.batch
	id := d.draft.ID
	if !id.IsZero() && tx.Has(id, journal.ID{}) {
		id = journal.ID{} // it was undone, or stands and is added once more
	}
	var list []app.Draft
	if old := d.instead; old != nil {
		if now, ok := tx.Entry(old.ID); ok {
			origin.Instead = old.ID
			list = append(list, app.Draft{Event: journal.Event{Replaces: old.ID, Rev: journal.NextRev(now.Rev), Body: &journal.Deletion{}}})
			id = journal.ID{}
		}
	}
	e.Origin = &origin
	begun, err := w.product(tx, &d.draft, &e)
	if err != nil {
		return nil, err
	}
	list = append(list, begun...)
	draft := app.Draft{ID: id, Event: e, Stamped: !e.Recorded.IsZero()}
	if draft.ID.IsZero() {
		draft.ID = tx.NewID()
	}
	return append(list, draft), nil
}
