package journal

import (
	"bytes"
	"errors"
	"slices"
	"time"
)

// Entry is the present version of something recorded. Entries are shared
// between readings and never change.
type Entry struct {
	// ID is the id of the entry's first event: the entry keeps it through
	// every correction.
	ID ID
	Event
	// Corrected is true when this is not the first version.
	Corrected bool
}

// thread is every version of one entry that the log holds.
type thread struct {
	entry    *Entry // the present version; nil while only a deletion was seen
	version  ID     // the record of the present version
	deleted  bool
	forget   bool
	versions []ID // the records of all versions, the deletion left out
}

// Fold is what a log of events folds into. The zero value is an empty log. It
// is not safe for use by several goroutines at once; the Journal that it gives
// is.
type Fold struct {
	threads  map[ID]*thread
	entries  []*Entry // every live entry but products, imports and what is shared, by time, then by when it was recorded
	products []*Entry // every live product, likewise
	imports  []*Entry // every live import, likewise
	shared   []*Entry // every live share, end of one and disclosure, likewise
	late     []*Entry // came since these lists were put in order
	gone     bool     // something of the lists or of late was deleted or replaced since
	settings []settled
	unread   map[ID]unread
	// toForget are the entries of which versions with their bytes were met after
	// or before the wish to forget them.
	toForget []ID
	reading  *Journal // made of the present state; nil when it changed since
}

// Apply folds one event in. The order of calls does not matter, and a record
// applied twice counts once.
func (f *Fold) Apply(id ID, e Event) {
	f.reading = nil
	if s := e.Settings(); s != nil {
		f.applySettings(id, &e, s)
		return
	}
	root := id
	if !e.Replaces.IsZero() {
		root = e.Replaces
	}
	if f.threads == nil {
		f.threads = make(map[ID]*thread)
	}
	t := f.threads[root]
	if t == nil {
		t = &thread{}
		f.threads[root] = t
	}
	if d := e.Deletion(); d != nil {
		t.deleted = true
		if d.Forgotten {
			t.forget = true
			f.toForget = append(f.toForget, root)
		}
		f.gone = true
		return
	}
	if slices.Contains(t.versions, id) {
		return
	}
	t.versions = append(t.versions, id)
	if t.forget {
		f.toForget = append(f.toForget, root)
	}
	if t.entry != nil && !supersedes(&e, id, &t.entry.Event, t.version) {
		return
	}
	f.gone = f.gone || t.entry != nil
	t.entry = &Entry{ID: root, Event: e, Corrected: id != root}
	t.version = id
	if !t.deleted {
		f.late = append(f.late, t.entry)
	}
}

// supersedes decides between two versions of one entry: the higher rev, then
// the later recorded, then the greater id, so that every device that holds
// the same records shows the same version.
func supersedes(e *Event, id ID, old *Event, oldID ID) bool {
	if e.Rev != old.Rev {
		return e.Rev > old.Rev
	}
	if c := e.Recorded.Compare(old.Recorded); c != 0 {
		return c > 0
	}
	return bytes.Compare(id[:], oldID[:]) > 0
}

func (f *Fold) applySettings(id ID, e *Event, s *Settings) {
	for _, o := range f.settings {
		if o.id == id {
			return
		}
	}
	f.settings = append(f.settings, settled{e.Rev, e.Recorded, id, *s})
	slices.SortFunc(f.settings, settled.before)
}

// NextSettingsRev is the rev of the next change of settings. Once the highest
// rev was reached, time decides between changes.
func (f *Fold) NextSettingsRev() int {
	if len(f.settings) == 0 {
		return 0
	}
	return NextRev(f.settings[len(f.settings)-1].rev)
}

// NextRev is the rev of the version after one of that rev. It stops at MaxRev,
// where the time of recording decides, so that no file can freeze an entry.
func NextRev(rev int) int { return min(rev+1, MaxRev) }

// Unreadable counts in a record that this release cannot read, for the reason
// that Decode gave. It is kept and shown as such.
func (f *Fold) Unreadable(id ID, why error) {
	f.reading = nil
	if f.unread == nil {
		f.unread = map[ID]unread{}
	}
	u := unread{of: id}
	if e := (*UnreadableError)(nil); errors.As(why, &e) {
		u.newer = e.Newer
		if !e.Of.IsZero() {
			u.of = e.Of
		}
	}
	f.unread[id] = u
	if t := f.threads[u.of]; t != nil && t.forget {
		f.toForget = append(f.toForget, u.of)
	}
}

// Journal is the state as it stands now, for reading. Later events do not
// change it.
func (f *Fold) Journal() *Journal {
	if f.reading != nil {
		return f.reading
	}
	f.sort()
	j := &Journal{entries: f.entries[:len(f.entries):len(f.entries)], products: make(map[ID]*Entry, len(f.products)), imports: f.imports[:len(f.imports):len(f.imports)], shared: f.shared[:len(f.shared):len(f.shared)]}
	for _, e := range f.products {
		j.products[e.ID] = e
		j.shelf = append(j.shelf, *e)
	}
	arrange(j.shelf)
	for _, s := range f.settings {
		j.settings.merge(s.what)
	}
	for _, u := range f.unread {
		switch t := f.threads[u.of]; {
		case t != nil && t.deleted:
		case u.newer:
			j.newer++
		default:
			j.damaged++
		}
	}
	f.reading = j
	return j
}

// Between lists the live entries with from <= At < to in order of time, products
// and imports left out.
func (f *Fold) Between(from, to time.Time) []*Entry {
	f.sort()
	return spanOf(f.entries, from, to)
}

// DoseBefore is when the last dose before a moment was taken; zero for none.
func (f *Fold) DoseBefore(at time.Time) time.Time {
	f.sort()
	for _, e := range slices.Backward(f.entries[:firstFrom(f.entries, at)]) {
		if e.Kind == KindDose {
			return e.At
		}
	}
	return time.Time{}
}

// Entry finds a live entry by the id of its first event.
func (f *Fold) Entry(id ID) (Entry, bool) {
	t := f.threads[id]
	if t == nil || t.entry == nil || t.deleted {
		return Entry{}, false
	}
	return *t.entry, true
}
