package outlook

import (
	"slices"
	"time"

	"github.com/evenkeel/evenkeel/insight"
	"github.com/evenkeel/evenkeel/journal"
)

// month is a Month with what it was made from: the reading, the day, and the
// entries and products of it. Entries of today do not change it, but for a mix
// across midnight, so that it holds while a day is written.
type month struct {
	of       *journal.Journal
	day      journal.Date
	entries  []*journal.Entry
	products []journal.Payload
	what     insight.Month
}

// Month is what the journal says up to yesterday, kept until the day is over or
// something of it changes.
func (r *Reader) Month(j *journal.Journal, now time.Time) insight.Month {
	r.mu.Lock()
	last := r.month
	r.mu.Unlock()
	next := month{of: j, day: journal.DateOf(now)}
	if last.of == j && last.day == next.day {
		return last.what
	}
	next.entries = upTo(j, next.day)
	for _, p := range j.Products() {
		next.products = append(next.products, p.Body)
	}
	if last.day == next.day && slices.Equal(last.entries, next.entries) && slices.Equal(last.products, next.products) {
		next.what = last.what
	} else {
		next.what = insight.Of(j, now)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.open() {
		r.month = next
	}
	return next.what
}

// upTo lists the entries of the days before one.
func upTo(j *journal.Journal, day journal.Date) []*journal.Entry {
	list := j.All()
	// As far as any offset from UTC goes, what is earlier is of a day before.
	surely, _ := slices.BinarySearchFunc(list, day.Time().Add(-27*time.Hour), func(e *journal.Entry, t time.Time) int { return e.At.Compare(t) })
	rest := slices.DeleteFunc(list[surely:], func(e *journal.Entry) bool { return journal.DateOf(e.At) >= day })
	return list[:surely+len(rest)]
}
