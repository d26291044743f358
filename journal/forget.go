package journal

import (
	"slices"
)

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
