package contrast

import (
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/evenkeel/evenkeel/insight/diary"
	"github.com/evenkeel/evenkeel/journal"
)

func TestSharesSumToOneInFive(t *testing.T) {
	sum := 0.0
	ids := map[string]bool{}
	for _, q := range List {
		sum += q.Share
		if ids[q.ID()] {
			t.Errorf("%s is asked twice", q.ID())
		}
		ids[q.ID()] = true
	}
	if math.Abs(sum-0.20) > 1e-12 {
		t.Errorf("the shares sum to %v", sum)
	}
}

// The quick way of fitting is the same as solving the normal equations of the
// days' deviations by elimination.
func TestTwoWaysOfFittingAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var u usual
		var rows [][bins + 1]float64
		var ys []float64
		for range rapid.IntRange(1, 12).Draw(t, "days") {
			var list []seen
			for range rapid.IntRange(2, 6).Draw(t, "checks") {
				list = append(list, seen{rapid.Float64Range(0, 10).Draw(t, "y"), float64(rapid.IntRange(0, 1).Draw(t, "x")), rapid.IntRange(0, bins-1).Draw(t, "bin")})
			}
			u.day(list, false)
			var mean [bins + 1]float64
			my := 0.0
			for _, s := range list {
				mean[s.bin] += 1 / float64(len(list))
				mean[bins] += s.x / float64(len(list))
				my += s.y / float64(len(list))
			}
			for _, s := range list {
				var row [bins + 1]float64
				row[s.bin], row[bins] = 1, s.x
				for i := range row {
					row[i] -= mean[i]
				}
				rows, ys = append(rows, row), append(ys, s.y-my)
			}
		}
		y, x := u.fit()
		wantY := eliminate(rows, ys, bins+1)
		xs := make([]float64, len(rows))
		for i := range rows {
			xs[i] = rows[i][bins]
		}
		wantX := eliminate(rows, xs, bins)
		for i := range bins {
			if math.Abs(y[i]-wantY[i]) > 1e-8 || math.Abs(x[i]-wantX[i]) > 1e-8 {
				t.Fatalf("bin %d: %v and %v, want %v and %v", i, y[i], x[i], wantY[i], wantX[i])
			}
		}
	})
}

// eliminate solves the ridge regression of y on the first n columns.
func eliminate(rows [][bins + 1]float64, y []float64, n int) []float64 {
	m := make([][]float64, n)
	for i := range m {
		m[i] = make([]float64, n+1)
		m[i][i] = ridge
		for r := range rows {
			for j := range n {
				m[i][j] += rows[r][i] * rows[r][j]
			}
			m[i][n] += rows[r][i] * y[r]
		}
	}
	for i := range n {
		for k := i + 1; k < n; k++ {
			f := m[k][i] / m[i][i]
			for j := i; j <= n; j++ {
				m[k][j] -= f * m[i][j]
			}
		}
	}
	b := make([]float64, n)
	for i := n - 1; i >= 0; i-- {
		b[i] = m[i][n]
		for k := i + 1; k < n; k++ {
			b[i] -= m[i][k] * b[k]
		}
		b[i] /= m[i][i]
	}
	return b
}

// written is a journal of some days, an event a line.
type written struct {
	id journal.ID
	e  journal.Event
}

func write(seed uint64, days int) []written {
	r := rand.New(rand.NewPCG(seed, 1))
	zone := time.FixedZone("", -5*3600)
	var list []written
	add := func(at time.Time, p journal.Payload) {
		n := len(list) + 1
		e := journal.Event{At: at, Body: p}
		e.Stamp(at)
		list = append(list, written{journal.ID{13: byte(n >> 8), 14: byte(n), 15: 1}, e})
	}
	product := [2]journal.ID{{0: 1}, {0: 2}}
	for d := range days {
		if r.Float64() < 0.1 {
			continue
		}
		midnight := time.Date(2026, 1, 5+d, 0, 0, 0, 0, zone)
		for _, h := range []int{8, 12, 16, 20} {
			helped := r.IntN(5)
			add(midnight.Add(time.Duration(h*60+r.IntN(90))*time.Minute), &journal.Dose{Product: product[r.IntN(2)], Amount: 3, Unit: "g", Helped: &helped, Reasons: []journal.Reason{journal.Reasons[r.IntN(5)]}})
		}
		for range 4 {
			v := [6]int{r.IntN(11), r.IntN(11), r.IntN(11), r.IntN(11), r.IntN(11), r.IntN(11)}
			hours := 5 + 0.5*float64(r.IntN(8))
			add(midnight.Add(time.Duration(6*60+r.IntN(17*60))*time.Minute), &journal.CheckIn{Mood: &v[0], Calm: &v[1], Energy: &v[2], Pain: &v[3], Rough: &v[4], Craving: &v[5], SleepHours: &hours})
		}
		if r.IntN(3) == 0 {
			add(midnight.Add(22*time.Hour), &journal.Substance{Class: "alcohol"})
		}
	}
	return list
}

func fold(list []written) *journal.Journal {
	var f journal.Fold
	for _, w := range list {
		f.Apply(w.id, w.e)
	}
	return f.Journal()
}

func later(days int) time.Time {
	return time.Date(2026, 1, 5+days, 12, 0, 0, 0, time.FixedZone("", -5*3600))
}

// What is said does not hang on the order in which records come, nor on whether
// days came one by one; and an entry that was deleted or corrected is as if it
// had never been, or had always been so.
func TestReplayOrderAndCorrection(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const days = 45
		list := write(rapid.Uint64().Draw(t, "seed"), days)
		want := Over(diary.Read(fold(list), later(days))).Findings()

		stream := New()
		for n := 1; n <= days; n++ {
			if read := diary.Read(fold(list), later(n)); len(read) > stream.Days {
				for _, d := range read[stream.Days:] {
					stream.Take(&d)
				}
			}
		}
		if got := stream.Findings(); !reflect.DeepEqual(got, want) {
			t.Fatal("days one by one say something else than all days again")
		}

		shuffled := slices.Clone(list)
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "order"), 2))
		r.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		extra := written{journal.ID{15: 9}, journal.Event{At: later(20), Body: list[0].e.Body}}
		extra.e.Stamp(later(20))
		gone := written{journal.ID{15: 10}, journal.Event{Replaces: extra.id, Rev: 1, Body: &journal.Deletion{}}}
		gone.e.Stamp(later(21))
		at := r.IntN(len(shuffled))
		shuffled = slices.Insert(shuffled, at, gone)
		shuffled = append(shuffled, extra)
		if got := Over(diary.Read(fold(shuffled), later(days))).Findings(); !reflect.DeepEqual(got, want) {
			t.Fatal("another order, or an entry that was deleted, says something else")
		}

		i := r.IntN(len(list))
		moved := list[i].e
		moved.At = moved.At.Add(-10 * time.Minute)
		corrected := moved
		corrected.Replaces, corrected.Rev = list[i].id, 1
		always := slices.Clone(list)
		always[i].e = moved
		a := Over(diary.Read(fold(append(slices.Clone(list), written{journal.ID{15: 11}, corrected})), later(days))).Findings()
		if b := Over(diary.Read(fold(always), later(days))).Findings(); !reflect.DeepEqual(a, b) {
			t.Fatal("a corrected entry says something else than one that was right from the start")
		}
	})
}

func BenchmarkFiveYears(b *testing.B) {
	const days = 5 * 365
	j := fold(write(1, days))
	now := later(days)
	b.ReportAllocs()
	for b.Loop() {
		if len(Over(diary.Read(j, now)).Findings()) != len(List) {
			b.Fatal("questions are missing")
		}
	}
}

func BenchmarkOneMoreDay(b *testing.B) {
	const days = 5 * 365
	list := diary.Read(fold(write(1, days)), later(days))
	m := Over(list)
	b.ReportAllocs()
	for b.Loop() {
		m.Take(&list[len(list)-1])
		m.Findings()
	}
}
