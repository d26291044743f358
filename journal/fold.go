package journal

import (
	"bytes"
	"slices"
	"strings"
	"time"
)

// Entry is the present version of something recorded.
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
	entry    Entry
	version  ID   // the record of the present version
	has      bool // a version other than a deletion was seen
	deleted  bool
	forget   bool
	versions []ID // the records of all versions, the deletion left out
}

// Journal is the state that a log of events folds into. The zero value is an
// empty journal. It is not safe for use by several goroutines at once.
type Journal struct {
	threads  map[ID]*thread
	entries  []*Entry // every live entry, by time, then by when it was recorded
	sorted   bool
	settings []settled
	unread   []ID
	// toForget are the entries of which versions with their bytes were met after
	// or before the wish to forget them.
	toForget []ID
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
func (j *Journal) Apply(id ID, e Event) {
	if e.Kind == KindSettings {
		j.applySettings(id, e)
		return
	}
	root := id
	if !e.Replaces.IsZero() {
		root = e.Replaces
	}
	if j.threads == nil {
		j.threads = make(map[ID]*thread)
	}
	t := j.threads[root]
	if t == nil {
		t = &thread{}
		j.threads[root] = t
	}
	if e.Kind == KindDeletion {
		t.deleted = true
		if e.Deletion.Forgotten {
			t.forget = true
			j.toForget = append(j.toForget, root)
		}
		j.sorted = false
		return
	}
	if slices.Contains(t.versions, id) {
		return
	}
	t.versions = append(t.versions, id)
	if t.forget {
		j.toForget = append(j.toForget, root)
	}
	if t.has && !supersedes(&e, id, &t.entry.Event, t.version) {
		return
	}
	inOrder := !t.has && j.sorted && !t.deleted && j.last(e.At)
	t.entry = Entry{ID: root, Event: e, Corrected: id != root}
	t.version, t.has = id, true
	if inOrder {
		j.entries = append(j.entries, &t.entry)
		return
	}
	j.sorted = false
}

// last reports whether an entry of that time would stand at the end.
func (j *Journal) last(at time.Time) bool {
	return len(j.entries) == 0 || j.entries[len(j.entries)-1].At.Before(at)
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

func (j *Journal) applySettings(id ID, e Event) {
	for _, s := range j.settings {
		if s.id == id {
			return
		}
	}
	j.settings = append(j.settings, settled{e.Rev, e.Recorded, id, *e.Settings})
	slices.SortFunc(j.settings, settled.before)
}

// NextSettingsRev is the rev of the next change of settings.
func (j *Journal) NextSettingsRev() int {
	if len(j.settings) == 0 {
		return 0
	}
	return j.settings[len(j.settings)-1].rev + 1
}

// Unreadable counts in a record that this release cannot read. It is kept and
// shown as such.
func (j *Journal) Unreadable(id ID) {
	if !slices.Contains(j.unread, id) {
		j.unread = append(j.unread, id)
	}
}

// UnreadableIDs are the records that could not be read.
func (j *Journal) UnreadableIDs() []ID { return j.unread }

// Settings are the person's choices, all events laid over one another.
func (j *Journal) Settings() Settings {
	var s Settings
	for _, e := range j.settings {
		s.merge(e.what)
	}
	return s
}

// all is every live entry, products too, by time.
func (j *Journal) all() []*Entry {
	if !j.sorted {
		j.entries = j.entries[:0]
		for _, t := range j.threads {
			if t.has && !t.deleted {
				j.entries = append(j.entries, &t.entry)
			}
		}
		slices.SortFunc(j.entries, func(a, b *Entry) int {
			if c := a.At.Compare(b.At); c != 0 {
				return c
			}
			if c := a.Recorded.Compare(b.Recorded); c != 0 {
				return c
			}
			return bytes.Compare(a.ID[:], b.ID[:])
		})
		j.sorted = true
	}
	return j.entries
}

// Entry finds a live entry by the id of its first event.
func (j *Journal) Entry(id ID) (Entry, bool) {
	t := j.threads[id]
	if t == nil || !t.has || t.deleted {
		return Entry{}, false
	}
	return t.entry, true
}

// Deleted finds the last version of an entry that was deleted and not
// forgotten.
func (j *Journal) Deleted(id ID) (Event, bool) {
	t := j.threads[id]
	if t == nil || !t.has || !t.deleted || t.forget {
		return Event{}, false
	}
	return t.entry.Event, true
}

// Versions are the ids of all records that hold some version of the entry,
// also when it was deleted.
func (j *Journal) Versions(id ID) []ID {
	if t := j.threads[id]; t != nil {
		return slices.Clone(t.versions)
	}
	return nil
}

// TakeForgotten gives the records whose bytes the person asked to be removed
// and that this fold met with their bytes still there, and takes them off the
// list: a crash may have come between the deletion and the removal, or the
// record came back from another device.
func (j *Journal) TakeForgotten() []ID {
	var ids []ID
	for _, root := range j.toForget {
		t := j.threads[root]
		ids = append(ids, t.versions...)
		t.versions = nil
		t.entry, t.has = Entry{}, false
	}
	j.toForget = nil
	return ids
}

// Len counts the live entries, products left out.
func (j *Journal) Len() int {
	n := 0
	for _, e := range j.all() {
		if e.Kind != KindProduct {
			n++
		}
	}
	return n
}

// Between lists the live entries with from <= At < to in order of time,
// products left out. The entries are the journal's own: read, do not change.
func (j *Journal) Between(from, to time.Time) []*Entry {
	all := j.all()
	lo, _ := slices.BinarySearchFunc(all, from, func(e *Entry, t time.Time) int { return e.At.Compare(t) })
	hi, _ := slices.BinarySearchFunc(all, to, func(e *Entry, t time.Time) int { return e.At.Compare(t) })
	if hi < lo {
		hi = lo
	}
	out := make([]*Entry, 0, hi-lo)
	for _, e := range all[lo:hi] {
		if e.Kind != KindProduct {
			out = append(out, e)
		}
	}
	return out
}

// All lists every live entry in order of time, products left out. The entries
// are the journal's own: read, do not change.
func (j *Journal) All() []*Entry {
	all := j.all()
	out := make([]*Entry, 0, len(all))
	for _, e := range all {
		if e.Kind != KindProduct {
			out = append(out, e)
		}
	}
	return out
}

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

// Products lists the products, the last added first, put away ones at the end.
func (j *Journal) Products() []Entry {
	var out []Entry
	for _, e := range j.all() {
		if e.Kind == KindProduct {
			out = append(out, *e)
		}
	}
	slices.Reverse(out)
	slices.SortStableFunc(out, func(a, b Entry) int {
		switch {
		case a.Product.PutAway == b.Product.PutAway:
			return 0
		case a.Product.PutAway:
			return 1
		}
		return -1
	})
	return out
}

// ProductByName finds a product by its name, letter case aside; one that is
// in use before one that was put away.
func (j *Journal) ProductByName(name string) (Entry, bool) {
	for _, e := range j.Products() {
		if strings.EqualFold(e.Product.Name, strings.TrimSpace(name)) {
			return e, true
		}
	}
	return Entry{}, false
}

// Product finds the product of a dose; false when it was deleted or none was
// named.
func (j *Journal) Product(id ID) (*Product, bool) {
	e, ok := j.Entry(id)
	if !ok || e.Product == nil {
		return nil, false
	}
	return e.Product, true
}

// LastDose is the latest dose at or before now; false when there is none.
func (j *Journal) LastDose(now time.Time) (*Entry, bool) {
	all := j.all()
	for i := len(all) - 1; i >= 0; i-- {
		if all[i].Kind == KindDose && !all[i].At.After(now) {
			return all[i], true
		}
	}
	return nil, false
}
