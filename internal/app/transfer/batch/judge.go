package batch

import (
	"time"

	"github.com/evenkeel/evenkeel/internal/app/transfer/incoming"
	"github.com/evenkeel/evenkeel/journal"
)

// verdict is what a draft is to the journal.
type verdict int

const (
	fresh   verdict = iota // not there yet
	known                  // read the same before
	changed                // there, and read differently now
	double                 // like an entry that did not come from this source
)

// judge tells what a draft is to the journal, and the entry it is compared with.
func (ix *index) judge(r *incoming.Row, k int) (verdict, *journal.Entry) {
	d := &r.Drafts[k]
	if !ix.empty() {
		read := readOf(ix.source, d)
		if ix.left[read] > 0 {
			ix.left[read]--
			return known, nil
		}
		if b := ix.byID[d.ID]; b != nil && !d.ID.IsZero() && !b.undone {
			switch {
			case !b.stands:
				return known, nil // the person deleted it, and it stays so
			case ix.same(d, b.entry):
				return known, nil
			}
			b.claimed = true
			return changed, b.entry
		}
		for _, list := range [][]*brought{
			ix.byRow[rowOf(ix.source, r, k)], ix.byMeaning[meaningOf(&d.Event, d.Product)], ix.byTime[timeOf(&d.Event)],
		} {
			for _, b := range list {
				if b.stands && !b.claimed && b.entry.Kind == d.Event.Kind {
					b.claimed = true
					return changed, b.entry
				}
			}
		}
	}
	if e := ix.double(d); e != nil {
		return double, e
	}
	return fresh, nil
}

// same tells that an entry says what a draft says.
func (ix *index) same(d *incoming.Draft, e *journal.Entry) bool {
	return d.Event.At.Equal(e.At) && d.Event.Kind == e.Kind && meaningOf(&d.Event, d.Product) == meaningOf(&e.Event, ix.productOf(&e.Event)) && bodyText(d.Event.Body) == bodyText(e.Body)
}

// nearby is how far apart two people-made times of one dose may lie: a hand
// rounds.
const nearby = 30 * time.Minute

// double is an entry from elsewhere that says the same as a dose or a day
// without: the same amount near the same time, and of the same product where
// both name one.
func (ix *index) double(d *incoming.Draft) *journal.Entry {
	dose := d.Event.Dose()
	if dose == nil && d.Event.None() == nil {
		return nil
	}
	var list []*journal.Entry
	if d.AllDay || dose == nil {
		list = ix.journal.On(journal.DateOf(d.Event.At))
	} else {
		list = ix.journal.Between(d.Event.At.Add(-nearby), d.Event.At.Add(nearby+time.Second))
	}
	for _, e := range list {
		if e.Kind != d.Event.Kind || ix.doubled[e.ID] || e.Origin != nil && ix.sources[e.Origin.Batch] == ix.source {
			continue
		}
		if dose != nil {
			o := e.Dose()
			name := ix.productOf(&e.Event)
			if o.Amount != dose.Amount || o.Unit != dose.Unit || name != "" && d.Product != "" && !equalNames(name, d.Product) {
				continue
			}
		}
		ix.doubled[e.ID] = true
		return e
	}
	return nil
}
