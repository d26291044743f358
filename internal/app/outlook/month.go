package outlook

import (
	"slices"
	"time"

	"github.com/evenkeel/evenkeel/insight"
	"github.com/evenkeel/evenkeel/journal"
)

// month is a Month with what it was made from: the day, and the entries and
// products of it. Entries of today do not change it, but for a mix across midnight,
// so that it holds while a day is written.
type month struct {
	day      journal.Date
	entries  []*journal.Entry
	products []journal.Payload
	what     insight.Month
}

// Month is what the journal says up to yesterday, kept until the day is over or
// something of it changes.
func (r *Reader) Month(j *journal.Journal, now time.Time) insight.Month {
	next := month{day: journal.DateOf(now)}
	for _, e := range j.All() {
		if journal.DateOf(e.At) >= next.day {
			break
		}
		next.entries = append(next.entries, e)
	}
	for _, p := range j.Products() {
		next.products = append(next.products, p.Body)
	}
	r.mu.Lock()
	last := r.month
	r.mu.Unlock()
	if last.day == next.day && slices.Equal(last.entries, next.entries) && slices.Equal(last.products, next.products) {
		return last.what
	}
	next.what = insight.Of(j, now)
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.open() {
		r.month = next
	}
	return next.what
}
