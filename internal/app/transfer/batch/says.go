package batch

import (
	"slices"

	"github.com/evenkeel/evenkeel/internal/app/transfer/columns"
	"github.com/evenkeel/evenkeel/internal/app/transfer/incoming"
	"github.com/evenkeel/evenkeel/journal"
)

// Sentence is a key of the catalogue with its arguments. What is in Parts is
// said as one enumeration, under the argument "list"; so are Names, which are
// the file's own words.
type Sentence struct {
	Key   string
	Args  []any
	Parts []Sentence
	Names []string
}

// Says is a preview in sentences, as pages and commands say it.
func (p *Preview) Says() []Sentence {
	list := []Sentence{{Key: "batch.rows", Args: []any{"n", p.Rows}}}
	if gives := counts(p.Add); len(gives) > 0 {
		list = append(list, Sentence{Key: "batch.gives", Parts: gives})
	} else {
		list = append(list, Sentence{Key: "batch.gives_nothing"})
	}
	if p.First != nil {
		list = append(list, Sentence{Key: "batch.between", Args: []any{"first", journal.DateOf(*p.First), "last", journal.DateOf(*p.Last)}})
	}
	list = append(list, p.reading()...)
	return append(list, p.aside()...)
}

// reading says how dates and numbers are read.
func (p *Preview) reading() (list []Sentence) {
	if p.Plan == nil {
		return nil
	}
	switch {
	case p.Plan.OrderOpen:
	case p.Plan.Order == columns.DayFirst:
		list = append(list, Sentence{Key: "batch.day_first"})
	case p.Plan.Order == columns.MonthFirst:
		list = append(list, Sentence{Key: "batch.month_first"})
	}
	if p.Plan.Year != 0 {
		list = append(list, Sentence{Key: "batch.year", Args: []any{"year", p.Plan.Year}})
	}
	return list
}

// aside says what is not added, and why; and what is begun.
func (p *Preview) aside() (list []Sentence) {
	if len(p.Begun) > 0 {
		list = append(list, Sentence{Key: "batch.products", Names: p.Begun})
	}
	if len(p.LeftOut) > 0 {
		list = append(list, Sentence{Key: "batch.left_out", Names: p.LeftOut})
	}
	for _, why := range []incoming.Passed{incoming.NotKnown, incoming.Total, incoming.Other, incoming.Waiting} {
		if n := p.Passed[why]; n > 0 {
			list = append(list, Sentence{Key: "batch.passed." + string(why), Args: []any{"n", n}})
		}
	}
	for _, c := range []struct {
		key string
		n   int
	}{{"batch.known", p.Known}, {"batch.changed", p.Changed}, {"batch.doubles", p.Doubles}, {"batch.odd", p.Odd}, {"batch.bad", p.Bad}} {
		if c.n > 0 {
			list = append(list, Sentence{Key: c.key, Args: []any{"n", c.n}})
		}
	}
	return list
}

// Says is what was done, in sentences.
func (d *Done) Says() []Sentence {
	if d.Batch.IsZero() {
		return append([]Sentence{{Key: "batch.nothing_new"}}, d.aside()...)
	}
	list := []Sentence{{Key: "batch.added", Args: []any{"n", d.Added}}}
	if gives := counts(d.Add); len(gives) > 0 {
		list[0] = Sentence{Key: "batch.added_list", Parts: gives}
	}
	for _, s := range d.aside() {
		if s.Key != "batch.bad" && s.Key != "batch.odd" {
			list = append(list, s)
		}
	}
	if d.Kept > 0 {
		list = append(list, Sentence{Key: "batch.kept", Args: []any{"n", d.Kept}})
	}
	if d.Dropped > 0 {
		list = append(list, Sentence{Key: "batch.dropped", Args: []any{"n", d.Dropped}})
	}
	return list
}

// counts are the entries by kind, in the order of forms.
func counts(add map[journal.Kind]int) (list []Sentence) {
	for _, k := range journal.EntryKinds() {
		if n := add[k]; n > 0 {
			list = append(list, Sentence{Key: "batch.n." + string(k), Args: []any{"n", n}})
		}
	}
	return list
}

// Say puts a sentence into words with a catalogue's T.
func (s Sentence) Say(t func(key string, args ...any) string, join func([]string) string) string {
	names := slices.Clone(s.Names)
	for _, part := range s.Parts {
		names = append(names, part.Say(t, join))
	}
	args := s.Args
	if len(names) > 0 {
		args = append(slices.Clone(args), "list", join(names))
	}
	return t(s.Key, args...)
}
