package journal

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var zone = time.FixedZone("", -5*3600)

func at(s string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", s, zone)
	if err != nil {
		panic(err)
	}
	return t
}

func id(n byte) ID { return ID{15: n} }

func dose(when string, grams float64) Event {
	e := Event{At: at(when), Body: &Dose{Amount: grams, Unit: "g"}}
	e.Stamp(at(when))
	return e
}

func deletion(of ID, forgotten bool) Event {
	e := Event{Replaces: of, Rev: 1, Body: &Deletion{Forgotten: forgotten}}
	e.Stamp(at("2026-11-22 12:00"))
	return e
}

func correction(of ID, rev int, when string, grams float64) Event {
	e := dose(when, grams)
	e.Replaces, e.Rev = of, rev
	return e
}

func TestCorrectionReplacesAndKeepsTheID(t *testing.T) {
	var j Fold
	j.Apply(id(1), dose("2026-11-22 08:00", 3))
	j.Apply(id(2), correction(id(1), 1, "2026-11-22 07:30", 2))
	all := j.Journal().All()
	if len(all) != 1 || all[0].ID != id(1) || all[0].Dose().Amount != 2 || !all[0].Corrected {
		t.Fatalf("got %+v", all)
	}
}

// A clock that jumped back must not bring an older version back.
func TestCorrectionWinsAfterTheClockJumpedBack(t *testing.T) {
	var j Fold
	first := dose("2026-11-22 08:00", 3)
	first.Recorded = at("2030-01-01 00:00")
	j.Apply(id(1), first)
	j.Apply(id(2), correction(id(1), 1, "2026-11-22 08:00", 2))
	if e, _ := j.Entry(id(1)); e.Dose().Amount != 2 {
		t.Errorf("shows %v g", e.Dose().Amount)
	}
}

func TestDeletionIsFinalInAnyOrder(t *testing.T) {
	for _, order := range [][]int{{0, 1, 2}, {2, 1, 0}, {1, 2, 0}} {
		var j Fold
		ids := []ID{id(1), id(2), id(3)}
		events := []Event{dose("2026-11-22 08:00", 3), correction(id(1), 1, "2026-11-22 08:00", 2), deletion(id(1), false)}
		for _, i := range order {
			j.Apply(ids[i], events[i])
		}
		if len(j.Journal().All()) != 0 {
			t.Errorf("order %v: still there", order)
		}
		if e, ok := j.Deleted(id(1)); !ok || e.Dose().Amount != 2 {
			t.Errorf("order %v: the deleted entry cannot be brought back", order)
		}
	}
}

// What is to be forgotten stays listed until the store has done it: a store
// that was held up is asked again.
func TestForgottenVersionsAreListedUntilTheyAreGone(t *testing.T) {
	var j Fold
	j.Apply(id(3), deletion(id(1), true))
	j.Apply(id(1), dose("2026-11-22 08:00", 3)) // came back from another device
	for range 2 {
		if got := j.ToForget(); !slices.Equal(got, []ID{id(1)}) {
			t.Errorf("got %v", got)
		}
	}
	// What another device brought while the store was at it stays to be removed.
	asked := j.ToForget()
	j.Apply(id(4), correction(id(1), 1, "2026-11-22 08:00", 4))
	j.Forgotten(asked)
	if got := j.ToForget(); !slices.Equal(got, []ID{id(4)}) {
		t.Errorf("left of what came later: %v", got)
	}
	j.Forgotten(j.ToForget())
	if got := j.ToForget(); len(got) != 0 {
		t.Errorf("given after they were gone: %v", got)
	}
	if _, ok := j.Deleted(id(1)); ok {
		t.Error("a forgotten entry can be brought back")
	}
}

// A version that a newer release wrote holds the person's words as well: it is
// forgotten with its entry, whichever was met first.
func TestForgettingTakesWhatANewerReleaseWrote(t *testing.T) {
	newer := &UnreadableError{Newer: true, Of: id(1), Cause: errors.New("v")}
	for _, late := range []bool{false, true} {
		var j Fold
		j.Apply(id(1), dose("2026-11-22 08:00", 3))
		if !late {
			j.Unreadable(id(2), newer)
		}
		j.Apply(id(3), deletion(id(1), true))
		if late {
			j.Forgotten(j.ToForget())
			j.Unreadable(id(2), newer)
		}
		if got := j.ToForget(); !slices.Contains(got, id(2)) {
			t.Errorf("late %v: to forget are %v", late, got)
		}
		j.Forgotten(j.ToForget())
		if got := j.ToForget(); len(got) != 0 || j.Journal().Newer() != 0 {
			t.Errorf("late %v: left to forget are %v", late, got)
		}
	}
}

// Days are lived at each entry's own offset: flying west or setting the clock
// back neither moves nor doubles an entry.
func TestDaysKeepTheirOffset(t *testing.T) {
	var j Fold
	add := func(n byte, s string) {
		when, err := time.Parse(time.RFC3339, s)
		if err != nil {
			t.Fatal(err)
		}
		e := Event{At: when, Body: &Dose{Amount: 1, Unit: "g"}}
		e.Stamp(when)
		j.Apply(id(n), e)
	}
	add(1, "2026-11-01T01:30:00-04:00") // before the clocks went back
	add(2, "2026-11-01T01:30:00-05:00") // the same wall clock an hour later
	add(3, "2026-11-01T23:30:00-05:00") // already 2 November in UTC
	add(4, "2026-11-01T00:10:00+14:00") // still 31 October in UTC
	add(5, "2026-10-31T23:50:00-12:00") // already 1 November in UTC
	d := j.Journal().Day("2026-11-01")
	if len(d.Entries) != 4 || d.State != DayDoses {
		t.Fatalf("%d entries on 1 November, want 4", len(d.Entries))
	}
	if n := len(j.Journal().Day("2026-10-31").Entries); n != 1 {
		t.Errorf("%d entries on 31 October, want 1", n)
	}
}

func TestMissingIsNotZero(t *testing.T) {
	var j Fold
	if s := j.Journal().Day("2026-11-22").State; s != DayUnknown {
		t.Errorf("an empty day is %v", s)
	}
	none := Event{At: at("2026-11-22 21:00"), Body: &None{}}
	none.Stamp(none.At)
	j.Apply(id(1), none)
	if s := j.Journal().Day("2026-11-22").State; s != DayNone {
		t.Errorf("a day with none today is %v", s)
	}
	j.Apply(id(2), dose("2026-11-22 23:00", 1))
	if s := j.Journal().Day("2026-11-22").State; s != DayDoses {
		t.Errorf("a dose after none today is %v", s)
	}
}

func TestBackDated(t *testing.T) {
	for _, c := range []struct {
		minutes int
		want    bool
	}{{0, false}, {20, false}, {60, false}, {61, true}, {-10, false}} {
		e := Event{At: at("2026-11-22 08:00"), Body: &Note{Text: "x"}}
		e.Stamp(e.At.Add(time.Duration(c.minutes) * time.Minute))
		if e.BackDated() != c.want {
			t.Errorf("%d minutes later: %v", c.minutes, e.BackDated())
		}
	}
}

func TestUsualsCountTheLastMonthOnly(t *testing.T) {
	var j Fold
	n := byte(0)
	add := func(when string, grams float64) { n++; j.Apply(id(n), dose(when, grams)) }
	for range 5 {
		add("2026-09-01 08:00", 9)
	}
	add("2026-11-20 08:00", 2)
	add("2026-11-21 08:00", 3)
	add("2026-11-22 08:00", 3)
	got := j.Journal().Usuals(at("2026-11-22 12:00"), 4)
	if len(got) != 2 || got[0].Amount != 3 || got[0].Times != 2 || got[1].Amount != 2 {
		t.Errorf("got %+v", got)
	}
}

func TestSettingsLayOverOneAnother(t *testing.T) {
	var j Fold
	set := func(n byte, when string, s Settings) {
		e := Event{At: at(when), Body: &s}
		e.Stamp(e.At)
		j.Apply(id(n), e)
	}
	yes, no, en := true, false, "en"
	set(2, "2026-11-22 09:00", Settings{HideCurve: &no})
	set(1, "2026-11-22 08:00", Settings{HideCurve: &yes, Language: &en})
	s := j.Journal().Settings()
	if Or(s.HideCurve, true) || Or(s.Language, "") != "en" || s.Goal != nil {
		t.Errorf("got %+v", s)
	}
}

// A clock that jumped back must not bring an older choice back.
func TestSettingsAfterTheClockJumpedBack(t *testing.T) {
	var j Fold
	es, en := "es", "en"
	for n, c := range []struct {
		when string
		lang *string
	}{{"2030-01-01 00:00", &es}, {"2026-11-22 08:00", &en}} {
		e := Event{At: at(c.when), Rev: j.NextSettingsRev(), Body: &Settings{Language: c.lang}}
		e.Stamp(e.At)
		if err := e.Validate(); err != nil {
			t.Fatal(err)
		}
		j.Apply(id(byte(n+1)), e)
	}
	if got := Or(j.Journal().Settings().Language, ""); got != "en" {
		t.Errorf("the language is %q", got)
	}
}

// genEvent draws an event about one of a few entries.
func genEvent(t *rapid.T) Event {
	when := at("2026-11-01 00:00").Add(time.Duration(rapid.IntRange(0, 40000).Draw(t, "minutes")) * time.Minute)
	e := Event{At: when}
	switch rapid.IntRange(0, 5).Draw(t, "kind") {
	case 0:
		rough := rapid.IntRange(0, 10).Draw(t, "rough")
		e.Body = &CheckIn{Rough: &rough}
	case 1:
		e.Body = &None{}
	case 2:
		hide := rapid.Bool().Draw(t, "hide")
		e.Body = &Settings{HideCurve: &hide}
		e.Rev = rapid.IntRange(0, 3).Draw(t, "settings rev")
	case 3:
		e.Body = &Product{Name: rapid.StringMatching(`[a-z]{1,8}`).Draw(t, "name"), Form: LeafPowder}
	case 4:
		e.Replaces, e.Rev = id(byte(rapid.IntRange(1, 6).Draw(t, "of"))), 1
		e.Body = &Deletion{Forgotten: rapid.Bool().Draw(t, "forget")}
	default:
		e.Body = &Dose{Amount: float64(rapid.IntRange(1, 90).Draw(t, "tenths")) / 10, Unit: "g"}
	}
	if e.Dose() != nil && rapid.Bool().Draw(t, "imported") {
		e.Origin = &Origin{Batch: id(9), Row: id(byte(rapid.IntRange(0, 3).Draw(t, "row"))), Read: id(byte(rapid.IntRange(0, 3).Draw(t, "read")))}
	}
	if e.Settings() == nil && e.Deletion() == nil && rapid.Bool().Draw(t, "corrects") {
		e.Replaces, e.Rev = id(byte(rapid.IntRange(1, 6).Draw(t, "of"))), rapid.IntRange(1, 3).Draw(t, "rev")
	}
	e.Stamp(when.Add(time.Duration(rapid.IntRange(-100, 100).Draw(t, "late")) * time.Minute))
	return e
}

func pointers(list []Entry) []*Entry {
	out := make([]*Entry, len(list))
	for i := range list {
		out[i] = &list[i]
	}
	return out
}

func (f *Fold) picture() string { return f.Journal().picture() }

func (j *Journal) picture() string {
	var b []byte
	for _, e := range append(j.All(), pointers(j.Products())...) {
		p, _ := json.Marshal(e.Event)
		b = fmt.Appendf(b, "%s %s\n", e.ID, p)
	}
	p, _ := json.Marshal(j.Settings())
	return string(append(b, p...))
}

// Two devices that hold the same records show the same journal, whatever the
// order, and however often a record comes.
func TestFoldDoesNotMindTheOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		events := rapid.SliceOfN(rapid.Custom(genEvent), 1, 20).Draw(t, "events")
		order := rapid.Permutation(indices(len(events))).Draw(t, "order")
		var a, b Fold
		for i, e := range events {
			a.Apply(id(byte(i+1)), e)
			_ = a.Journal() // reading in between must not matter
		}
		for _, i := range append(order, order...) {
			b.Apply(id(byte(i+1)), events[i])
		}
		if a.picture() != b.picture() {
			t.Fatalf("first\n%s\nthen\n%s", a.picture(), b.picture())
		}
	})
}

func indices(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i
	}
	return list
}

// What Encode writes, Decode reads back the same.
func TestEventsSurviveTheirText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := genEvent(t)
		plain, err := e.Encode()
		if err != nil {
			t.Fatal(err)
		}
		back, err := Decode(plain)
		if err != nil {
			t.Fatal(err)
		}
		again, err := back.Encode()
		if err != nil || string(again) != string(plain) {
			t.Fatalf("%s became %s (%v)", plain, again, err)
		}
	})
}

// A reading does not change with what is applied after it.
func TestAReadingStaysAsItWas(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		events := rapid.SliceOfN(rapid.Custom(genEvent), 2, 20).Draw(t, "events")
		at := rapid.IntRange(1, len(events)-1).Draw(t, "read after")
		var f Fold
		for i, e := range events[:at] {
			f.Apply(id(byte(i+1)), e)
		}
		j := f.Journal()
		before := j.picture()
		for i, e := range events[at:] {
			f.Apply(id(byte(at+i+1)), e)
			_ = f.Journal()
		}
		if after := j.picture(); after != before {
			t.Fatalf("was\n%s\nis\n%s", before, after)
		}
	})
}

// A list that is kept in order while entries of the same few minutes come, are
// corrected and deleted is the one that is put in order once, and what lies
// between two moments is a part of it.
func TestOrderIsKept(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		near := rapid.Custom(func(t *rapid.T) Event {
			e := genEvent(t)
			e.At = at("2026-11-01 00:00").Add(time.Duration(rapid.IntRange(0, 3).Draw(t, "minute")) * time.Minute)
			return e
		})
		var kept, once Fold
		for i, e := range rapid.SliceOfN(near, 1, 30).Draw(t, "events") {
			kept.Apply(id(byte(i+1)), e)
			once.Apply(id(byte(i+1)), e)
			if rapid.Bool().Draw(t, "read") {
				_ = kept.Journal()
			}
		}
		if kept.picture() != once.picture() {
			t.Fatalf("kept\n%s\nonce\n%s", kept.picture(), once.picture())
		}
		from, to := at("2026-11-01 00:01"), at("2026-11-01 00:03")
		want := slices.DeleteFunc(once.Journal().All(), func(e *Entry) bool { return e.At.Before(from) || !e.At.Before(to) })
		last := time.Time{}
		for _, e := range once.Journal().All() {
			if e.Kind == KindDose && e.At.Before(to) {
				last = e.At
			}
		}
		if at := kept.DoseBefore(to); !at.Equal(last) {
			t.Fatalf("the last dose before was at %v, want %v", at, last)
		}
		got := kept.Between(from, to)
		if !slices.EqualFunc(got, want, func(a, b *Entry) bool { return a.ID == b.ID && a.At.Equal(b.At) }) {
			t.Fatalf("%d entries between, want %d", len(got), len(want))
		}
	})
}

// After any writes, corrections and deletions, read in between or not, each list is
// what the events say by themselves: the best version of each entry that nobody
// deleted, in order; and each entry stands on the one day that its own offset gives.
func TestListsAreWhatTheEventsSay(t *testing.T) {
	abroad := rapid.Custom(func(t *rapid.T) Event {
		e := genEvent(t)
		if rapid.IntRange(0, 9).Draw(t, "imports") == 0 && e.Deletion() == nil {
			e.Body = &Import{}
		}
		e.At = at("2026-11-01 00:00").Add(time.Duration(rapid.IntRange(0, 3000).Draw(t, "minute")) * time.Minute).In(time.FixedZone("", 1800*rapid.IntRange(-24, 28).Draw(t, "half hours")))
		e.Stamp(e.At)
		return e
	})
	rapid.Check(t, func(t *rapid.T) {
		var f Fold
		best, deleted := map[ID]ID{}, map[ID]bool{}
		events := rapid.SliceOfN(abroad, 1, 40).Draw(t, "events")
		for i, e := range events {
			f.Apply(id(byte(i+1)), e)
			root := id(byte(i + 1))
			if !e.Replaces.IsZero() {
				root = e.Replaces
			}
			was, met := best[root]
			switch {
			case e.Settings() != nil:
			case e.Deletion() != nil:
				deleted[root] = true
			case !met || supersedes(&e, id(byte(i+1)), &events[was[15]-1], was):
				best[root] = id(byte(i + 1))
			}
			if i+1 < len(events) && rapid.Bool().Draw(t, "unread") {
				continue
			}
			want := map[Kind][]*Entry{}
			for root, version := range best {
				one := &Entry{ID: root, Event: events[version[15]-1], Corrected: version != root}
				list := KindDose // stands for all that is one list
				if one.Kind == KindProduct || one.Kind == KindImport {
					list = one.Kind
				}
				if !deleted[root] {
					want[list] = append(want[list], one)
				}
			}
			j := f.Journal()
			for list, got := range map[Kind][]*Entry{KindDose: j.All(), KindProduct: f.products, KindImport: j.imports} {
				slices.SortFunc(want[list], inTime)
				if !slices.EqualFunc(got, want[list], func(a, b *Entry) bool { return reflect.DeepEqual(*a, *b) }) {
					t.Fatalf("after %d events the list of %s is not what they say: %d entries, want %d", i+1, list, len(got), len(want[list]))
				}
			}
			days := 0
			for d := Date("2026-10-30"); d <= "2026-11-06"; d = d.Add(1) {
				days += len(j.On(d))
			}
			if days != len(want[KindDose]) {
				t.Fatalf("the days hold %d of %d entries", days, len(want[KindDose]))
			}
		}
	})
}

// A file can say that an entry was corrected a million times; the person can
// correct it again all the same, and change their settings.
func TestTheHighestRevFreezesNothing(t *testing.T) {
	var f Fold
	f.Apply(id(1), dose("2026-11-22 08:00", 3))
	f.Apply(id(2), correction(id(1), MaxRev, "2026-11-22 08:00", 9))
	old, _ := f.Entry(id(1))
	mended := correction(id(1), NextRev(old.Rev), "2026-11-22 08:00", 2)
	mended.Recorded = at("2026-11-23 08:00")
	if err := mended.Validate(); err != nil {
		t.Fatal(err)
	}
	f.Apply(id(3), mended)
	if e, _ := f.Entry(id(1)); e.Dose().Amount != 2 {
		t.Errorf("shows %v g", e.Dose().Amount)
	}
	en, es := "en", "es"
	for n, s := range []Settings{{Language: &en}, {Language: &es}} {
		e := Event{At: at("2026-11-22 08:00"), Rev: MaxRev, Body: &s}
		if n == 1 {
			e.Rev = f.NextSettingsRev()
		}
		e.Stamp(at("2026-11-22 08:00").Add(time.Duration(n) * time.Hour))
		if err := e.Validate(); err != nil {
			t.Fatal(err)
		}
		f.Apply(id(byte(10+n)), e)
	}
	if got := Or(f.Journal().Settings().Language, ""); got != "es" {
		t.Errorf("the language is %q", got)
	}
}
