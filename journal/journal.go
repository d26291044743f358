package journal

import (
	"slices"
	"strings"
	"time"
)

// Journal is a reading of the log: the entries, products and choices as they
// stood at one moment. It never changes and may be read by several goroutines
// at once. Its entries are its own: read, do not change.
type Journal struct {
	entries        []*Entry // live, by time, then by when it was recorded
	products       map[ID]*Entry
	shelf          []Entry
	imports        []*Entry
	shared         []*Entry // what is shared, by time
	settings       Settings
	newer, damaged int
}

// Newer counts the records that a newer release wrote. They are kept.
func (j *Journal) Newer() int { return j.newer }

// Damaged counts the records that cannot be read by any release. They are
// kept.
func (j *Journal) Damaged() int { return j.damaged }

// Settings are the person's choices, all events laid over one another.
func (j *Journal) Settings() Settings { return j.settings }

// Entry finds a live entry or product by the id of its first event.
func (j *Journal) Entry(id ID) (Entry, bool) {
	if e := j.products[id]; e != nil {
		return *e, true
	}
	for i := len(j.entries) - 1; i >= 0; i-- {
		if j.entries[i].ID == id {
			return *j.entries[i], true
		}
	}
	return Entry{}, false
}

// Len counts the live entries, products left out.
func (j *Journal) Len() int { return len(j.entries) }

// All lists every live entry in order of time, products left out.
func (j *Journal) All() []*Entry { return slices.Clone(j.entries) }

// Between lists the live entries with from <= At < to in order of time,
// products left out.
func (j *Journal) Between(from, to time.Time) []*Entry { return spanOf(j.entries, from, to) }

// On lists the entries of a calendar day as the person lived it: the day at
// each entry's own UTC offset, so that travel and clock changes neither move
// nor double an entry.
func (j *Journal) On(day Date) []*Entry {
	noon := day.Time()
	// Offsets run from -12 to +14 hours, so a local day lies within 26 hours
	// of its noon UTC.
	near := j.Between(noon.Add(-27*time.Hour), noon.Add(27*time.Hour))
	return slices.DeleteFunc(near, func(e *Entry) bool { return DateOf(e.At) != day })
}

// arrange puts the last added first and put away products at the end.
func arrange(shelf []Entry) {
	slices.Reverse(shelf)
	slices.SortStableFunc(shelf, func(a, b Entry) int {
		switch a, b := a.Product().PutAway, b.Product().PutAway; {
		case a == b:
			return 0
		case a:
			return 1
		}
		return -1
	})
}

// Products lists the products, the last added first, put away ones at the end.
func (j *Journal) Products() []Entry { return slices.Clone(j.shelf) }

// ProductByName finds a product by its name, letter case aside; one that is
// in use before one that was put away.
func (j *Journal) ProductByName(name string) (Entry, bool) {
	for _, e := range j.shelf {
		if strings.EqualFold(e.Product().Name, strings.TrimSpace(name)) {
			return e, true
		}
	}
	return Entry{}, false
}

// Product finds the product of a dose; false when it was deleted or none was
// named.
func (j *Journal) Product(id ID) (*Product, bool) {
	e := j.products[id]
	if e == nil {
		return nil, false
	}
	return e.Product(), true
}

// LastDose is the latest dose at or before now; false when there is none.
func (j *Journal) LastDose(now time.Time) (*Entry, bool) {
	for i := len(j.entries) - 1; i >= 0; i-- {
		if e := j.entries[i]; e.Kind == KindDose && !e.At.After(now) {
			return e, true
		}
	}
	return nil, false
}
