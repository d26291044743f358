package journal

import (
	"encoding/json"
	"slices"
)

// Kind says what an event is about. The text form is part of the export
// format.
type Kind string

// Descriptor is all that the house needs to know of a kind: how it is read,
// checked, asked for on a form, written into a table, searched and said. Each
// kind describes itself in its own file; docs/add-a-kind.md walks
// through one.
type Descriptor struct {
	Kind Kind
	// New makes an empty payload, a pointer.
	New func() Payload
	// Upgrades turn a payload of one version into the next: the first takes
	// version 1 to 2. The present version is one more than there are.
	Upgrades []func(json.RawMessage) (json.RawMessage, error)
	// Order among the kinds that stand in the journal as entries of their own,
	// in forms and filters, from 1; 0 for what is no entry.
	Order int
	// Apart entries are asked for on pages of their own: no generic form, no
	// line of quick entry and no columns of a table have them.
	Apart bool
	// Fields in the order of a form.
	Fields []Field
	// Check refuses what the fields alone cannot tell; nil for nothing.
	Check func(Payload) error
	// Title says the fields that belong into one phrase, such as amount and
	// product; nil where the first part that has something to say is the title.
	Title func(Payload) Phrase
	// Quick are the words, by language, that a line of quick entry may begin with
	// to give the kind's fields in order. Kinds with a grammar of their own in
	// journal/quick have none.
	Quick map[string][]string

	// fast reads the payload without encoding/json; nil leaves it to that.
	fast func(*reader) Payload
}

// Version is the version of the kind's payload that this release writes.
func (d *Descriptor) Version() int { return len(d.Upgrades) + 1 }

// Entry reports whether the kind stands in the journal as entries of its own.
func (d *Descriptor) Entry() bool { return d.Order > 0 }

// Field finds a field by its name; false when the kind has none of it.
func (d *Descriptor) Field(name string) (Field, bool) {
	i := slices.IndexFunc(d.Fields, func(f Field) bool { return f.Name == name })
	if i < 0 {
		return Field{}, false
	}
	return d.Fields[i], true
}

// check refuses a payload that cannot be right; the error is a *FieldError.
func (d *Descriptor) check(p Payload) error {
	for i := range d.Fields {
		if err := d.Fields[i].check(p); err != nil {
			return within(d.Kind, err)
		}
	}
	if d.Check == nil {
		return nil
	}
	return within(d.Kind, d.Check(p))
}

// kinds are all descriptors. They register from their own files.
var kinds []*Descriptor

func register(d Descriptor) *Descriptor {
	kinds = append(kinds, &d)
	return &d
}

// Describe finds the descriptor of a kind; nil when this release has none.
func Describe(k Kind) *Descriptor {
	for _, d := range kinds {
		if d.Kind == k {
			return d
		}
	}
	return nil
}

// EntryKinds are the kinds that stand in the journal as entries of their own and
// have a form, in the order in which forms and filters offer them.
func EntryKinds() []Kind {
	return kindsWhere(func(d *Descriptor) bool { return d.Entry() && !d.Apart })
}

// ListedKinds are all kinds that stand in the journal as entries of their own,
// in the order of filters.
func ListedKinds() []Kind { return kindsWhere((*Descriptor).Entry) }

func kindsWhere(in func(*Descriptor) bool) []Kind {
	var list []*Descriptor
	for _, d := range kinds {
		if in(d) {
			list = append(list, d)
		}
	}
	slices.SortFunc(list, func(a, b *Descriptor) int { return a.Order - b.Order })
	out := make([]Kind, len(list))
	for i, d := range list {
		out[i] = d.Kind
	}
	return out
}
