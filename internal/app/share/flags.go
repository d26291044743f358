package share

import (
	"cmp"
	"slices"
	"time"

	"github.com/evenkeel/evenkeel/care"
	"github.com/evenkeel/evenkeel/internal/app/screen"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/safety"
	"github.com/evenkeel/evenkeel/safety/rule"
)

// flags are the numbered red flags of the consent's days, each sign once a day, with
// no word of what was written. Words about somebody else, or about long ago, are
// none.
func (v *view) flags() []care.Flag {
	list := []care.Flag{}
	seen := map[care.Flag]bool{}
	met := func(day journal.Date, findings []safety.Finding) {
		for _, f := range findings {
			r, ok := rule.Of(f.Sign)
			if flag := (care.Flag{Rule: r.ID, Sign: string(f.Sign), Day: day}); ok && f.About == safety.Self && !seen[flag] {
				seen[flag] = true
				flag.Said = v.T("share.flag." + flag.Sign)
				list = append(list, flag)
			}
		}
	}
	var last time.Time // when the last dose before an entry was taken
	for _, e := range v.j.All() {
		before := last
		if e.Dose() != nil {
			last = e.At
		}
		day := journal.DateOf(e.At)
		if day < v.from() || e.At.After(v.now.Add(ahead)) {
			continue
		}
		for _, text := range e.Texts() {
			met(day, safety.Scan(text))
		}
		met(day, rule.Written(&e.Event, v.around(e, before)))
	}
	for _, s := range screen.Since(v.j, v.from()) {
		met(journal.DateOf(s.At), screen.Dangers(s.Instrument, s.Answers))
	}
	slices.SortStableFunc(list, func(a, b care.Flag) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Sign, b.Sign))
	})
	return list
}

// around are the entries that a rule looks at beside one, where the last dose before
// it was at last.
func (v *view) around(e *journal.Entry, last time.Time) []*journal.Entry {
	switch e.Kind {
	case journal.KindDose, journal.KindSubstance, journal.KindMedicine:
		return v.j.Between(rule.From(&e.Event, last), e.At.Add(rule.Back()))
	}
	return nil
}
