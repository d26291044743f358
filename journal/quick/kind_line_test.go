package quick

import (
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/journal"
)

// The fields of any kind can be given in order behind its word. The kinds that
// there are have grammars of their own, so their descriptors stand in here for
// one that has none.
func TestFieldsInOrder(t *testing.T) {
	c := &Context{Now: time.Date(2026, 11, 22, 20, 0, 0, 0, time.UTC), Language: "en"}
	d := journal.Describe(journal.KindLife)
	r := fieldsInOrder(d, "life work worse late again", "work worse late again", c)
	if len(r.Entries) != 1 || len(r.Asks) != 0 {
		t.Fatalf("%+v", r)
	}
	if l := r.Entries[0].Event.Life(); l == nil || l.Area != "work" || l.Effect != "worse" || l.Note != "late again" {
		t.Errorf("%+v", l)
	}
	if r := fieldsInOrder(d, "life", "", c); len(r.Entries) != 0 || len(r.Asks) != 1 || r.Asks[0].Key != "quick.ask.field" {
		t.Errorf("what is missing is not asked: %+v", r)
	}
	check := journal.Describe(journal.KindCheckIn)
	r = fieldsInOrder(check, "x 6 8", "6 8", c)
	if len(r.Entries) != 1 {
		t.Fatalf("%+v", r)
	}
	if k := r.Entries[0].Event.CheckIn(); *k.Rough != 6 || *k.Craving != 8 || k.Mood != nil {
		t.Errorf("%+v", k)
	}
	if r := fieldsInOrder(check, "x 60", "60", c); len(r.Entries) != 0 || len(r.Asks) != 1 {
		t.Errorf("60 of 10 was taken: %+v", r)
	}
	es := &Context{Now: c.Now, Language: "es"}
	if r := fieldsInOrder(journal.Describe(journal.KindSpending), "x 1,500", "1,500", es); len(r.Entries) != 0 || len(r.Asks) != 1 || r.Asks[0].Key != "number.ambiguous" {
		t.Errorf("1,500 in Spanish without a country: %+v", r)
	}
}

// No kind that has a grammar is taken over.
func TestOtherLinesAreLeftAlone(t *testing.T) {
	for _, line := range []string{"", "  ", "3 g green leaf", "note: slept well", "life was hard at work today"} {
		if _, ok := kindLine(line, &Context{Language: "en"}); ok {
			t.Errorf("%q was read as fields in order", line)
		}
	}
}
