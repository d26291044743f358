package journal

import (
	"bytes"
	"slices"
	"time"
)

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

// sort puts what came since into the lists, in order of time, and takes out what
// is gone. What readings share is not touched: it goes on behind their end, or
// the list is made anew.
func (f *Fold) sort() {
	if len(f.late) == 0 && !f.gone {
		return
	}
	var entries, products, imports, shared []*Entry
	for _, e := range f.late {
		switch {
		case e.Kind == KindProduct:
			products = append(products, e)
		case e.Kind == KindImport:
			imports = append(imports, e)
		case e.Kind.Shared():
			shared = append(shared, e)
		default:
			entries = append(entries, e)
		}
	}
	f.entries, f.products = f.merged(f.entries, entries), f.merged(f.products, products)
	f.imports, f.shared = f.merged(f.imports, imports), f.merged(f.shared, shared)
	f.late, f.gone = nil, false
}

// merged is a list in order with what came since.
func (f *Fold) merged(list, late []*Entry) []*Entry {
	slices.SortFunc(late, inTime)
	if !f.gone && (len(late) == 0 || len(list) == 0 || inTime(list[len(list)-1], late[0]) < 0) {
		return append(list, late...)
	}
	out := make([]*Entry, 0, len(list)+len(late)+64)
	for _, e := range late {
		i, _ := slices.BinarySearchFunc(list, e, inTime)
		out = append(append(out, list[:i]...), e)
		list = list[i:]
	}
	out = append(out, list...)
	if f.gone {
		out = slices.DeleteFunc(out, func(e *Entry) bool { return !f.stands(e) })
	}
	return out
}

// stands tells that an entry is the present version and not deleted.
func (f *Fold) stands(e *Entry) bool {
	t := f.threads[e.ID]
	return t.entry == e && !t.deleted
}

// spanOf is the part of a list in order with from <= At < to.
func spanOf(list []*Entry, from, to time.Time) []*Entry {
	lo, hi := firstFrom(list, from), firstFrom(list, to)
	return slices.Clone(list[lo:max(lo, hi)])
}

// firstFrom is the place of the first entry at or after a moment in a list in order,
// its length when there is none.
func firstFrom(list []*Entry, at time.Time) int {
	i, _ := slices.BinarySearchFunc(list, at, func(e *Entry, at time.Time) int { return e.At.Compare(at) })
	return i
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
