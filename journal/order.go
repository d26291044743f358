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

// sort puts the live entries in order of time. The slices are made anew, for
// readings share the old ones.
func (f *Fold) sort() {
	if f.sorted {
		return
	}
	f.entries, f.products, f.imports = make([]*Entry, 0, len(f.threads)+64), nil, nil
	for _, t := range f.threads {
		switch {
		case t.entry == nil || t.deleted:
		case t.entry.Kind == KindProduct:
			f.products = append(f.products, t.entry)
		case t.entry.Kind == KindImport:
			f.imports = append(f.imports, t.entry)
		default:
			f.entries = append(f.entries, t.entry)
		}
	}
	slices.SortFunc(f.entries, inTime)
	slices.SortFunc(f.products, inTime)
	slices.SortFunc(f.imports, inTime)
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
