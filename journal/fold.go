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
	entries  []*Entry // every live entry but products, by time, then by when it was recorded
	products []*Entry // every live product, likewise
	sorted   bool
	settings []settled
	unread   map[ID]unread
	// toForget are the entries of which versions with their bytes were met after
	// or before the wish to forget them.
	toForget []ID
	reading  *Journal // made of the present state; nil when it changed since
}

// unread is a record that this release cannot read.
type unread struct {
	newer bool
	of    ID // the entry it belongs to
}

// settled is a settings event with what orders it.
type settled struct {
	rev  int
	at   time.Time
	id   ID
	what Settings
}

// before orders settings: by rev, which a clock that jumps cannot upset, then
// by time, then by id.
func (s settled) before(o settled) int {
	if c := s.rev - o.rev; c != 0 {
		return c
	}
	if c := s.at.Compare(o.at); c != 0 {
		return c
	}
	return bytes.Compare(s.id[:], o.id[:])
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
		f.sorted = false
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
	fresh := t.entry == nil
	t.entry = &Entry{ID: root, Event: e, Corrected: id != root}
	t.version = id
	list := &f.entries
	if e.Kind == KindProduct {
		list = &f.products
	}
	if fresh && f.sorted && !t.deleted && (len(*list) == 0 || (*list)[len(*list)-1].At.Before(e.At)) {
		*list = append(*list, t.entry)
		return
	}
	f.sorted = false
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

// sort puts the live entries in order of time. The slices are made anew, for
// readings share the old ones.
func (f *Fold) sort() {
	if f.sorted {
		return
	}
	f.entries, f.products = make([]*Entry, 0, len(f.threads)+64), nil
	for _, t := range f.threads {
		switch {
		case t.entry == nil || t.deleted:
		case t.entry.Kind == KindProduct:
			f.products = append(f.products, t.entry)
		default:
			f.entries = append(f.entries, t.entry)
		}
	}
	slices.SortFunc(f.entries, inTime)
	slices.SortFunc(f.products, inTime)
	f.sorted = true
}

func inTime(a, b *Entry) int {
	if c := a.At.Compare(b.At); c != 0 {
		return c
	}
	if c := a.Recorded.Compare(b.Recorded); c != 0 {
		return c
	}
	return bytes.Compare(a.ID[:], b.ID[:])
}

// Journal is the state as it stands now, for reading. Later events do not
// change it.
func (f *Fold) Journal() *Journal {
	if f.reading != nil {
		return f.reading
	}
	f.sort()
	j := &Journal{entries: f.entries[:len(f.entries):len(f.entries)], products: make(map[ID]*Entry, len(f.products))}
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

// Entry finds a live entry by the id of its first event.
func (f *Fold) Entry(id ID) (Entry, bool) {
	t := f.threads[id]
	if t == nil || t.entry == nil || t.deleted {
		return Entry{}, false
	}
	return *t.entry, true
}

// Has tells that the record of that id was folded in, as an entry's first
// event or as a version of the entry that it replaces.
func (f *Fold) Has(id, replaces ID) bool {
	root := id
	if !replaces.IsZero() {
		root = replaces
	}
	if t := f.threads[root]; t != nil && (root == id || slices.Contains(t.versions, id)) {
		return true
	}
	return slices.ContainsFunc(f.settings, func(s settled) bool { return s.id == id })
}

// Deleted finds the last version of an entry that was deleted and not
// forgotten.
func (f *Fold) Deleted(id ID) (Event, bool) {
	t := f.threads[id]
	if t == nil || t.entry == nil || !t.deleted || t.forget {
		return Event{}, false
	}
	return t.entry.Event, true
}

// ToForget are the records whose bytes the person asked to be removed and that
// this fold met with their bytes still there: a crash may have come between
// the deletion and the removal, or the record came back from another device.
// Versions that a newer release wrote belong to them. They stay listed until
// Forgotten says that they are gone.
func (f *Fold) ToForget() []ID {
	if len(f.toForget) == 0 {
		return nil
	}
	roots := map[ID]bool{}
	var ids []ID
	for _, root := range f.toForget {
		if !roots[root] {
			roots[root] = true
			ids = append(ids, f.threads[root].versions...)
		}
	}
	for id, u := range f.unread {
		if roots[u.of] && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// Forgotten drops records that ToForget listed: the store removed their bytes.
// What was listed since stays listed.
func (f *Fold) Forgotten(ids []ID) {
	gone := make(map[ID]bool, len(ids))
	for _, id := range ids {
		gone[id] = true
		delete(f.unread, id)
	}
	for _, root := range f.toForget {
		t := f.threads[root]
		t.versions = slices.DeleteFunc(t.versions, func(id ID) bool { return gone[id] })
		t.entry = nil
	}
	f.reading = nil
	f.toForget = slices.DeleteFunc(f.toForget, func(root ID) bool {
		if len(f.threads[root].versions) > 0 {
			return false
		}
		for _, u := range f.unread {
			if u.of == root {
				return false
			}
		}
		return true
	})
}
