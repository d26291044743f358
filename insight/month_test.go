package insight

import (
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/insight/contrast"
	"github.com/evenkeel/evenkeel/insight/diary"
	"github.com/evenkeel/evenkeel/internal/locale"
	"github.com/evenkeel/evenkeel/journal"
)

var zone = time.FixedZone("", -5*3600)

type writer struct {
	f journal.Fold
	n int
}

// at is an hour of a day, counted from the first.
func at(day, hour int) time.Time { return time.Date(2026, 1, 5+day, hour, 0, 0, 0, zone) }

func (w *writer) add(when time.Time, p journal.Payload) journal.ID {
	w.n++
	id := journal.ID{13: byte(w.n >> 8), 14: byte(w.n), 15: 1}
	e := journal.Event{At: when, Body: p}
	e.Stamp(when)
	w.f.Apply(id, e)
	return id
}

func (w *writer) month(day int) Month { return Of(w.f.Journal(), at(day, 12)) }

func find(t *testing.T, m Month, k Kind, id string) Item {
	t.Helper()
	for _, i := range m.Items {
		if i.Kind == k && i.ID == id {
			return i
		}
	}
	t.Fatalf("no %s %s", k, id)
	return Item{}
}

func arg(p journal.Phrase, name string) any {
	for i := 0; i+1 < len(p.Args); i += 2 {
		if p.Args[i] == name {
			return p.Args[i+1]
		}
	}
	return nil
}

func TestNothingWritten(t *testing.T) {
	var w writer
	m := w.month(3)
	if m.Days != 0 || len(m.Said()) != 0 {
		t.Errorf("%+v", m)
	}
}

// 41 of 90: 46 %, and by Wilson's formula 35.7 to 55.8.
func TestWilson(t *testing.T) {
	if low, high := wilson(41, 90); math.Abs(low-0.357) > 0.001 || math.Abs(high-0.558) > 0.001 {
		t.Errorf("%v to %v", low, high)
	}
}

func TestReasonsWaitAndThenCount(t *testing.T) {
	var w writer
	add := func(i int, r ...journal.Reason) {
		w.add(at(i/4, 8+i%4), &journal.Dose{Amount: 3, Unit: "g", Reasons: r})
	}
	for i := range 19 {
		add(i, []journal.Reason{"pain", "pain", "mood"}[i%3])
	}
	if i := find(t, w.month(5), Relief, "reason"); i.State != Waits || arg(i.Says, "n") != 1 {
		t.Errorf("%+v", i)
	}
	add(19)
	if i := find(t, w.month(5), Relief, "reason"); i.State != Waits {
		t.Errorf("a dose without a reason counts: %+v", i)
	}
	add(20, "energy")
	// Pain is 13 of the 20 with a reason, of 21 doses on six days; day six is today.
	if i := find(t, w.month(6), Relief, "reason"); i.State != Says || arg(i.Says, "count") != 13 || arg(i.Says, "n") != 20 || arg(i.Says, "doses") != 21 || len(i.Days) != 6 {
		t.Errorf("%+v", i)
	}
}

// Doses that double each week from the first, over eight weeks of five known days,
// go from 1 to 128: by 12,700 %. Over seven, one more week is wanted.
// Who took none on the last day that is known is not told how many doses are
// missing; who took some, or wrote nothing, is.
func TestNobodyIsShortOfDosesAfterADayWithout(t *testing.T) {
	var w writer
	for day := range 6 {
		w.add(at(day, 8), &journal.Dose{Amount: 3, Unit: "g"})
	}
	short := func(m Month) (n int) {
		for _, i := range m.Waiting() {
			if slices.Contains(ofDoses, i.Kind) {
				n++
			}
		}
		return n
	}
	if n := short(w.month(8)); n == 0 {
		t.Error("after days that nobody knows of nothing waits for doses")
	}
	w.add(at(6, 20), &journal.None{})
	m := w.month(8)
	if n := short(m); n != 0 || len(m.Waiting()) == 0 {
		t.Errorf("%d wait for doses, of %d", n, len(m.Waiting()))
	}
	w.add(at(7, 8), &journal.Dose{Amount: 1, Unit: "g"})
	if n := short(w.month(8)); n == 0 {
		t.Error("after a dose nothing waits for doses")
	}
}

func TestCreep(t *testing.T) {
	var w writer
	product := w.add(at(0, 1), &journal.Product{Name: "leaf", Form: journal.LeafPowder, Units: []journal.Unit{{Name: "g", Grams: 1}}})
	for day := range 56 {
		if day%7 < 5 {
			w.add(at(day, 8), &journal.Dose{Product: product, Amount: math.Exp2(float64(day / 7)), Unit: "g"})
		}
		if day == 48 {
			if i := find(t, w.month(49), Creep, "all"); i.State != Waits || arg(i.Says, "n") != 1 {
				t.Errorf("%+v", i)
			}
		}
	}
	m := w.month(56)
	i := find(t, m, Creep, "grams")
	if i.State != Says || i.Says.Key != "insight.creep.up.grams" || math.Abs(i.Size-127) > 1e-6 || arg(i.Says, "n") != 8 || arg(i.Says, "days") != 40 {
		t.Errorf("%+v", i)
	}
	if i := find(t, m, Creep, "doses"); i.State != Silent {
		t.Errorf("one dose a day is said to change: %+v", i)
	}
}

// Of forty weeks of five days the last 26 are looked at: 130 days.
func TestCreepRestsOnTheWeeksThatAreLookedAt(t *testing.T) {
	var w writer
	for day := range 280 {
		if day%7 < 5 {
			w.add(at(day, 8), &journal.Dose{Amount: math.Exp2(float64(day/7) / 4), Unit: "g"})
		}
	}
	i := find(t, w.month(280), Creep, "grams")
	if i.State != Says || arg(i.Says, "n") != 26 || arg(i.Says, "days") != 130 || len(i.Days) != 130 || i.Days[0] != journal.DateOf(at(14*7, 0)) {
		t.Errorf("%+v", i)
	}
}

// Somebody whose amount rose for sixteen weeks and who then took none for four is
// not told that it rises.
func TestCreepIsSilentAfterTheEnd(t *testing.T) {
	var w writer
	for day := range 140 {
		if day < 112 {
			for i := range 1 + day/14 {
				w.add(at(day, 8+10*i/(1+day/14)), &journal.Dose{Amount: 3, Unit: "g"})
			}
		} else {
			w.add(at(day, 22), &journal.None{})
		}
	}
	for _, id := range []string{"grams", "gap"} {
		if i := find(t, w.month(112), Creep, id); i.State != Says {
			t.Errorf("before the end: %+v", i)
		}
	}
	if i := find(t, w.month(112), Creep, "doses"); arg(i.Says, "from") != 1.4 {
		t.Errorf("two figures: %v", arg(i.Says, "from"))
	}
	for _, i := range w.month(140).Items {
		if i.Kind == Creep && i.State != Silent {
			t.Errorf("after the end: %+v", i)
		}
	}
}

// A measure that lacks weeks says how many: gaps within the day are known for six.
func TestEachMeasureLacksItsOwnWeeks(t *testing.T) {
	var w writer
	for day := range 56 {
		w.add(at(day, 8), &journal.Dose{Amount: 3, Unit: "g"})
		if day >= 14 {
			w.add(at(day, 12), &journal.Dose{Amount: 3, Unit: "g"})
		}
	}
	if i := find(t, w.month(56), Creep, "gap"); i.State != Waits || arg(i.Says, "n") != 2 {
		t.Errorf("%+v", i)
	}
}

// The same of ratings: thirds of those 26 weeks are nine, nine and eight.
func TestFadeCountsTheWeeksThatAreLookedAt(t *testing.T) {
	var w writer
	for day := range 280 {
		helped := 4
		if day%7 < (day/7-14)/4 {
			helped = 1
		}
		w.add(at(day, 8), &journal.Dose{Amount: 3, Unit: "g", Reasons: []journal.Reason{"pain"}, Helped: &helped})
	}
	i := find(t, w.month(280), Fade, "pain")
	if i.State != Says || arg(i.Says, "n") != 26 || arg(i.Says, "from") != 4.0 || arg(i.Says, "first") != 63 || arg(i.Says, "last") != 56 || len(i.Days) != 182 {
		t.Errorf("%+v", i)
	}
}

// Half the amount from the seventh week on, and a calm that stays at 5: about as
// before. Two weeks after the change are left out.
func TestSteadierAfterACut(t *testing.T) {
	var w writer
	five := 5
	for day := range 84 {
		grams := 8.0
		if day >= 42 {
			grams = 4
		}
		w.add(at(day, 8), &journal.Dose{Amount: grams, Unit: "g"})
		w.add(at(day, 10), &journal.CheckIn{Calm: &five})
	}
	i := find(t, w.month(84), Steadier, "calm")
	if i.State != Says || i.Says.Key != "insight.steadier.as_before" || arg(i.Says, "share") != 50.0 || i.Size != 0 || len(i.Days) != 42+28 || i.Plot.Across != 5 {
		t.Errorf("%+v", i)
	}
	if i := find(t, w.month(80), Steadier, "all"); i.State != Silent {
		t.Errorf("too early: %+v", i)
	}
}

// cutDown are twelve weeks of 8 g a day, of which the later ones are less: 2 g in
// week seven, and what rest writes from week eight on.
func cutDown(w *writer, days int, rest func(day int)) {
	five := 5
	for day := range days {
		switch {
		case day < 42:
			w.add(at(day, 8), &journal.Dose{Amount: 8, Unit: "g"})
		case day < 49:
			w.add(at(day, 8), &journal.Dose{Amount: 2, Unit: "g"})
		default:
			rest(day)
		}
		w.add(at(day, 10), &journal.CheckIn{Calm: &five})
	}
}

func TestStoppedSinceTheLastDose(t *testing.T) {
	var w writer
	cutDown(&w, 86, func(day int) { w.add(at(day, 22), &journal.None{}) })
	i := find(t, w.month(84), Steadier, "calm")
	if i.Says.Key != "insight.stopped.as_before" || arg(i.Says, "since") != journal.DateOf(at(49, 0)) {
		t.Errorf("the week of less has doses: %+v", i.Says)
	}
	// A slip of 8 g yesterday, in a week that is not over: 8 of 8*30 g.
	w.add(at(85, 12), &journal.Dose{Amount: 8, Unit: "g"})
	i = find(t, w.month(86), Steadier, "calm")
	if i.Says.Key != "insight.steadier.as_before" || arg(i.Says, "share") != 3.0 || arg(i.Says, "since") != journal.DateOf(at(42, 0)) {
		t.Errorf("after a slip: %+v", i.Says)
	}
}

// Leaf that becomes less while 7-OH comes in its place is no cut.
func TestSevenOHInPlaceOfLeafIsNoCut(t *testing.T) {
	var w writer
	tablet := w.add(at(0, 1), &journal.Product{Name: "blue", Form: journal.SevenOH, Units: []journal.Unit{{Name: "tablet", SevenOH: journal.Content{Basis: journal.Label, Mg: 15}}}})
	cutDown(&w, 84, func(day int) {
		w.add(at(day, 8), &journal.Dose{Amount: 2, Unit: "g"})
		w.add(at(day, 9), &journal.Dose{Product: tablet, Amount: 4, Unit: "tablet"})
	})
	for _, i := range w.month(84).Items {
		if i.Kind == Steadier && i.State != Silent {
			t.Errorf("%+v", i)
		}
	}
}

// Of doses that are stronger than any before, one in ten is not what chance makes.
func TestStrongerDosesAreNotSaidToBeOneInTen(t *testing.T) {
	var w writer
	tablet := w.add(at(0, 1), &journal.Product{Name: "blue", Form: journal.SevenOH, Units: []journal.Unit{{Name: "tablet", SevenOH: journal.Content{Basis: journal.Label, Mg: 15}}}})
	for day := range 42 {
		amount := 1.0
		if day >= 28 {
			amount = 2
		}
		w.add(at(day, 8), &journal.Dose{Product: tablet, Amount: amount, Unit: "tablet"})
	}
	m := w.month(42)
	if i := find(t, m, Signs, "stronger"); i.Size != 14 || i.Cannot.Key != "insight.cannot.stronger" {
		t.Errorf("%+v", i)
	}
	if i := find(t, m, Signs, "amount"); i.Cannot.Key != "insight.cannot.sign" {
		t.Errorf("%+v", i)
	}
}

// Four times better and four times worse: neither is told as what was written.
func TestATieIsNotChosenFrom(t *testing.T) {
	var w writer
	for i := range 20 {
		w.add(at(i/4, 8+i%4), &journal.Dose{Amount: 3, Unit: "g", Reasons: []journal.Reason{[]journal.Reason{"pain", "mood"}[i%2]}})
		if i < 8 {
			w.add(at(i/4, 8+i%4), &journal.Life{Area: "work", Effect: []string{"worse", "better"}[i%2]})
		}
	}
	m := w.month(6)
	for _, i := range []Item{find(t, m, Relief, "reason"), find(t, m, Life, "work")} {
		if i.State != Silent {
			t.Errorf("%+v", i)
		}
	}
	w.add(at(5, 8), &journal.Life{Area: "work", Effect: "worse"})
	if i := find(t, w.month(6), Life, "work"); i.State != Says || arg(i.Says, "effect") != journal.Option("effect.worse") || arg(i.Says, "count") != 5 {
		t.Errorf("%+v", i)
	}
}

// What is kept of a month while a day is written rests on this.
func TestTodayDoesNotChangeTheMonth(t *testing.T) {
	var w writer
	for day := range 30 {
		w.add(at(day, 8), &journal.Dose{Amount: 3, Unit: "g", Reasons: []journal.Reason{"pain"}})
	}
	before := w.month(30)
	three := 3
	w.add(at(30, 8), &journal.Dose{Amount: 9, Unit: "g", Helped: &three, Reasons: []journal.Reason{"mood"}})
	w.add(at(30, 9), &journal.CheckIn{Calm: &three})
	w.add(at(30, 10), &journal.Spending{Amount: 20, Currency: "USD"})
	w.add(at(30, 10), &journal.Life{Area: "work", Effect: "worse"})
	w.add(at(30, 11), &journal.BodyChange{Change: "hair_shedding", Since: journal.DateOf(at(20, 0))})
	after := w.month(30)
	// As text, since an open figure is not equal to itself.
	if a, b := fmt.Sprintf("%+v", before), fmt.Sprintf("%+v", after); a != b {
		t.Errorf("today changes it:\n%s\n%s", a, b)
	}
}

func TestMoneyAndBody(t *testing.T) {
	var w writer
	for day := range 170 {
		grams := 2.0
		if day >= 84 {
			grams = 4
		}
		if day%7 != 0 {
			w.add(at(day, 8), &journal.Dose{Amount: grams, Unit: "g"})
		}
	}
	w.add(at(165, 9), &journal.Spending{Amount: 20, Currency: "USD"})
	w.add(at(10, 9), &journal.Spending{Amount: 500, Currency: "USD"})
	w.add(at(168, 10), &journal.BodyChange{Change: "hair_shedding", Since: journal.DateOf(at(168, 0))})
	m := w.month(170)
	// Of days 140 to 169, five are Mondays without an entry: 140, 147, 154, 161, 168.
	if i := find(t, m, Money, "spent"); i.State != Says || i.Size != 20 || arg(i.Says, "n") != 30 || arg(i.Says, "known") != 25 {
		t.Errorf("%+v", i)
	}
	// 72 known days on either side, of 4 g and 2 g.
	if i := find(t, m, Body, "hair_shedding"); i.Size != 2 || arg(i.Says, "n") != 144 || len(i.Days) != 144 || i.Cannot.Key != "insight.cannot.hair" {
		t.Errorf("%+v", i)
	}
	w.add(at(169, 9), &journal.Spending{Amount: 5, Currency: "EUR"})
	if i := find(t, w.month(170), Money, "spent"); i.State != Silent {
		t.Errorf("two currencies in one sum: %+v", i)
	}
}

func TestAMonthHasAtMostFiveSentencesOfDifferentKinds(t *testing.T) {
	m := Month{}
	for _, k := range Kinds {
		for _, id := range []string{"a", "b"} {
			i := item(k, id)
			i.State = Says
			m.Items = append(m.Items, i)
		}
	}
	said := m.Said()
	if len(said) != Most {
		t.Fatalf("%d sentences", len(said))
	}
	for n, i := range said {
		if i.Kind != Kinds[n] || i.ID != "a" {
			t.Errorf("sentence %d: %s %s", n, i.Kind, i.ID)
		}
	}
	if len(m.More()) != 2*len(Kinds)-Most {
		t.Errorf("%d more", len(m.More()))
	}
}

// A difference is told to half points, but one that has become smaller than that
// is not rounded up: 0.3 stays 0.3, 1.2 is about 1.
func TestSizesAreNotRoundedUp(t *testing.T) {
	for size, want := range map[float64]float64{0.3: 0.3, 0.5: 0.5, 1.2: 1, -1.3: 1.5} {
		_, args := sized(contrast.Finding{Size: size, Low: size - 0.1, High: size + 0.1})
		if got := arg(journal.Phrase{Args: args}, "size"); got != want {
			t.Errorf("%v is told as %v", size, got)
		}
	}
}

// Whatever a question finds, there are words for it in every language, and they
// are told all that they say.
func TestEveryFindingHasWords(t *testing.T) {
	texts, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	check := func(p journal.Phrase) {
		for _, c := range texts.All() {
			if !c.Has(p.Key) {
				t.Errorf("%s has no %s", c.Tag(), p.Key)
			}
			if s := c.Phrase(p, at(0, 0)); slices.Contains([]byte(s), '{') {
				t.Errorf("%s: not all told: %s", c.Tag(), s)
			}
		}
	}
	for _, q := range contrast.List {
		for _, size := range []float64{-1, 1} {
			for _, open := range []bool{false, true} {
				for _, state := range []contrast.State{contrast.Shows, contrast.Withdrawn, contrast.Even, contrast.Waiting} {
					f := contrast.Finding{Question: q, State: state, Size: size, Low: size - 0.5, High: size + 0.5, Need: 3, Days: []journal.Date{"2026-01-05"}}
					if open {
						f.Low, f.High = size-0.5, math.Inf(1)
						if size < 0 {
							f.Low, f.High = math.Inf(-1), size+0.5
						}
					}
					l := &look{j: new(journal.Fold).Journal(), found: []contrast.Finding{f}, days: []diary.Day{}}
					for _, of := range []func(*look) []Item{with, gaps, nextDay, varies} {
						for _, i := range of(l) {
							if i.Says.Key != "" {
								check(i.Says)
							}
							if i.Cannot.Key != "" {
								check(i.Cannot)
							}
						}
					}
				}
			}
		}
	}
}

// BenchmarkFiveYears is a whole month read from five years of four doses and
// three check-ins a day.
func BenchmarkFiveYears(b *testing.B) {
	var w writer
	v := 5
	for day := range 5 * 365 {
		for i := range 4 {
			w.add(at(day, 8+4*i), &journal.Dose{Amount: 3, Unit: "g", Helped: &i, Reasons: []journal.Reason{"pain"}})
		}
		for _, hour := range []int{7, 13, 22} {
			w.add(at(day, hour), &journal.CheckIn{Mood: &v, Calm: &v, Energy: &v, Rough: &v})
		}
	}
	j := w.f.Journal()
	for b.Loop() {
		if Of(j, at(5*365, 12)).Days == 0 {
			b.Fatal("no days")
		}
	}
}
