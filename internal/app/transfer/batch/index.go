package batch

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/transfer/incoming"
	"github.com/evenkeel/evenkeel/journal"
)

// index finds again what the same source brought before.
type index struct {
	source  string
	journal *journal.Journal
	// byRead, byRow, byMeaning and byTime find entries by what they were read as,
	// by their row, by what they mean now (time, product, amount), and by time and
	// kind alone, of tables with the same headings: another table has entries of
	// its own at the same time.
	byRead, byRow, byMeaning, byTime map[journal.ID][]*brought
	// byID are all entries, where the file has ids of Evenkeel.
	byID map[journal.ID]*brought
	// sources of the batches that stand.
	sources map[journal.ID]string
	// alike are the batches whose file had the same headings.
	alike map[journal.ID]bool
	// waiting are rows that are kept to be mended.
	waiting map[journal.ID]bool
	// left are the entries of byRead that rows of the file are still to be known
	// by.
	left map[journal.ID]int
	// doubled are entries by hand that a row was found to double.
	doubled map[journal.ID]bool
}

// brought is an entry that stands, or was deleted by itself.
type brought struct {
	entry  *journal.Entry
	stands bool
	// undone is one whose import was undone.
	undone  bool
	claimed bool
}

func newIndex(ctx context.Context, a *app.App, source string, headings []string, own bool) (*index, error) {
	ix := &index{
		source: source, alike: map[journal.ID]bool{}, byRead: map[journal.ID][]*brought{}, byRow: map[journal.ID][]*brought{}, byMeaning: map[journal.ID][]*brought{}, byTime: map[journal.ID][]*brought{},
		sources: map[journal.ID]string{}, left: map[journal.ID]int{}, doubled: map[journal.ID]bool{}, waiting: map[journal.ID]bool{},
	}
	if own {
		ix.byID = map[journal.ID]*brought{}
	}
	if a == nil {
		ix.journal = new(journal.Fold).Journal()
		return ix, nil
	}
	_, err := a.Write(ctx, func(tx *app.Tx) ([]app.Draft, error) {
		ix.journal = tx.Journal()
		for _, e := range ix.journal.Imports() {
			im := e.Import()
			ix.sources[e.ID] = im.Source
			ix.alike[e.ID] = slices.Equal(im.Columns, headings)
			for _, k := range im.Kept {
				if im.Source == source {
					ix.waiting[keptOf(k.Cells, k.Problem)] = true
				}
			}
		}
		replaced := map[journal.ID]bool{}
		for e, stands := range tx.Threads {
			if o := e.Origin; o != nil && stands && !o.Instead.IsZero() {
				replaced[o.Instead] = true
			}
		}
		for e, stands := range tx.Threads {
			if journal.Describe(e.Kind).Entry() && (stands || !replaced[e.ID]) {
				ix.add(e, stands)
			}
		}
		return nil, nil
	})
	return ix, err
}

func (ix *index) add(e *journal.Entry, stands bool) {
	b := &brought{entry: e, stands: stands}
	from, of := "", false
	if o := e.Origin; o != nil {
		from, of = ix.sources[o.Batch]
		b.undone = !of
	}
	if ix.byID != nil {
		ix.byID[e.ID] = b
	}
	if !of || from != ix.source {
		return
	}
	if !stands {
		ix.byRead[e.Origin.Read] = append(ix.byRead[e.Origin.Read], b)
		return
	}
	ix.byRead[e.Origin.Read] = append([]*brought{b}, ix.byRead[e.Origin.Read]...)
	ix.byRow[e.Origin.Row] = append(ix.byRow[e.Origin.Row], b)
	meaning, when := meaningOf(&e.Event, ix.productOf(&e.Event)), timeOf(&e.Event)
	ix.byMeaning[meaning] = append(ix.byMeaning[meaning], b)
	if ix.alike[e.Origin.Batch] {
		ix.byTime[when] = append(ix.byTime[when], b)
	}
}

// empty tells that the source brought nothing before.
func (ix *index) empty() bool { return len(ix.byRead) == 0 && ix.byID == nil }

// expect counts a draft of the file, so that exact matches are known before
// others are compared.
func (ix *index) expect(d *incoming.Draft) {
	read := readOf(ix.source, d)
	if n := ix.left[read]; n < len(ix.byRead[read]) {
		ix.left[read] = n + 1
		ix.byRead[read][n].claimed = true
	}
}

// productOf is the name of the product that an entry names.
func (ix *index) productOf(e *journal.Event) string {
	for _, f := range journal.Describe(e.Kind).Fields {
		switch f.Type {
		case journal.FieldProduct:
			if id, err := journal.ParseID(f.Get(e.Body)); err == nil {
				if p, ok := ix.journal.Product(id); ok {
					return p.Name
				}
			}
		case journal.FieldProductName:
			return f.Get(e.Body)
		}
	}
	return ""
}

// named is a hash in the form of an id.
func named(parts ...any) (id journal.ID) {
	var text []byte
	for _, p := range parts {
		text = fmt.Appendf(text, "%v\x00", p)
	}
	sum := sha256.Sum256(text)
	copy(id[:], sum[:])
	return id
}

// keptOf is a row that waits to be mended.
func keptOf(cells []string, problem string) journal.ID {
	parts := []any{"kept", problem}
	for _, c := range cells {
		parts = append(parts, cut(c, journal.MaxKeptCell))
	}
	return named(parts...)
}

// rowOf is what the source calls the k-th entry of a row.
func rowOf(source string, r *incoming.Row, k int) journal.ID { return named("row", source, r.Key, k) }

// readOf is all that a draft says.
func readOf(source string, d *incoming.Draft) journal.ID {
	return named("read", source, d.Event.At.UnixNano(), d.Event.Kind, bodyText(d.Event.Body), strings.ToLower(d.Product))
}

// meaningOf is when, of which product and how much.
func meaningOf(e *journal.Event, product string) journal.ID {
	if d := e.Dose(); d != nil {
		return named("dose", e.At.Unix(), strings.ToLower(product), d.Amount, d.Unit)
	}
	return named(e.Kind, e.At.Unix(), bodyText(e.Body))
}

func timeOf(e *journal.Event) journal.ID { return named(e.Kind, e.At.Unix()) }

// bodyText is a payload as text, without the product that it may name: a dose
// that was imported names one, and the file does not know its id.
func bodyText(p journal.Payload) string {
	if d, ok := p.(*journal.Dose); ok {
		bare := *d
		bare.Product, bare.ProductName = journal.ID{}, ""
		p = &bare
	}
	text, err := json.Marshal(p)
	if err != nil {
		return "" // every payload has a JSON form
	}
	return string(text)
}
