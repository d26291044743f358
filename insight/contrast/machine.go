package contrast

import (
	"cmp"
	"math"
	"slices"
	"time"

	"github.com/evenkeel/evenkeel/insight/confseq"
	"github.com/evenkeel/evenkeel/insight/diary"
	"github.com/evenkeel/evenkeel/journal"
)

const (
	// waitWithin and waitDay are how many contributing days only set the scale.
	waitWithin, waitDay = 10, 14
	// mainAfter is how many doses of named products decide which one is the main.
	mainAfter = 20
	// overlap is how many check-ins of each side must lie at hours that both have.
	overlap = 5
	// shortBy is how much less than usual a short night is, in h, and nights how
	// many nights make a usual.
	shortBy, nights = 1, 7
)

// Machine takes in days in order, and knows after each what may be said. It is
// the same whether days come one by one or all again.
type Machine struct {
	asked []asked
	// Days taken in, and how many of them are known.
	Days, Known int

	main     journal.ID
	products map[journal.ID]int
	named    int
	sleep    []float64 // nights so far, sorted
	drinks   bool      // alcohol was ever written down
	before   struct{ alcohol, told bool }
	buffer   []seen
}

// asked is a question with what it has seen.
type asked struct {
	Question
	within usual
	lagged lagged
	seq    confseq.Sequence
	days   []journal.Date
	sides  [2][bins]int
	first  journal.Date // first shown
}

// New is a machine for the questions of the list.
func New() *Machine { return For(List) }

// For is a machine for some questions.
func For(questions []Question) *Machine {
	m := &Machine{products: map[journal.ID]int{}, asked: make([]asked, len(questions))}
	for i, q := range questions {
		a := &m.asked[i]
		a.Question, a.seq.Wait = q, waitWithin
		if q.Kind == Alcohol || q.Kind == Sleep {
			a.seq.Wait = waitDay
		}
		a.within.flat = q.Factor == Morning || q.Factor == Evening
	}
	return m
}

// Over is the machine after days.
func Over(days []diary.Day) *Machine {
	m := New()
	for i := range days {
		m.Take(&days[i])
	}
	return m
}

// Take takes in the next day.
func (m *Machine) Take(d *diary.Day) {
	m.Days++
	if d.Known {
		m.Known++
	}
	short := m.short(d.Sleep)
	drank := math.NaN()
	m.drinks = m.drinks || m.before.alcohol
	if m.before.told && m.drinks {
		drank = flag(m.before.alcohol)
	}
	weekday := d.Date.Time().Weekday()
	weekend := weekday == time.Saturday || weekday == time.Sunday
	for i := range m.asked {
		a := &m.asked[i]
		switch a.Kind {
		case Alcohol:
			a.next(d, drank, weekend)
		case Sleep:
			a.next(d, short, weekend)
		case Helped:
			m.buffer = a.doses(d, m.main, m.buffer[:0])
			a.same(d, m.buffer)
		default:
			m.buffer = a.checks(d, m.main, m.buffer[:0])
			a.same(d, m.buffer)
		}
	}
	m.before.alcohol, m.before.told = d.Alcohol, d.Known || d.Alcohol || len(d.Checks) > 0
	m.name(d)
}

// short tells a short night by the nights before it; NaN for unknown.
func (m *Machine) short(h float64) float64 {
	if math.IsNaN(h) {
		return h
	}
	x := math.NaN()
	if n := len(m.sleep); n >= nights {
		x = flag(h <= (m.sleep[(n-1)/2]+m.sleep[n/2])/2-shortBy)
	}
	at, _ := slices.BinarySearch(m.sleep, h)
	m.sleep = slices.Insert(m.sleep, at, h)
	return x
}

// name decides once which product is the main one.
func (m *Machine) name(d *diary.Day) {
	if m.named >= mainAfter {
		return
	}
	for i := range d.Doses {
		if id := d.Doses[i].Product; !id.IsZero() {
			m.products[id]++
			m.named++
		}
	}
	if m.named < mainAfter {
		return
	}
	for id, n := range m.products {
		if most := m.products[m.main]; n > most || n == most && cmp.Compare(id.String(), m.main.String()) < 0 {
			m.main = id
		}
	}
}

func (a *asked) next(d *diary.Day, x float64, weekend bool) {
	y := d.Mean(a.Score)
	r, by, ok := a.lagged.day(y, x, weekend)
	if ok {
		a.sides[int(x)][0]++
		a.add(d.Date, r, by)
	}
}

func (a *asked) same(d *diary.Day, list []seen) {
	if !bothSides(list) {
		return
	}
	for _, s := range list {
		a.sides[int(s.x)][s.bin]++
	}
	r, by := a.within.day(list, a.Watch)
	a.add(d.Date, r, by)
}

func bothSides(list []seen) bool {
	for _, s := range list {
		if s.x != list[0].x {
			return true
		}
	}
	return false
}

func (a *asked) add(day journal.Date, r, by float64) {
	a.seq.Add(r, by)
	a.days = append(a.days, day)
	if a.first == "" && a.shows() {
		a.first = day
	}
}

// shows reports whether what was asked shows now.
func (a *asked) shows() bool {
	return !a.Watch && a.seq.LogE(a.Side()) >= -math.Log(a.Share) && math.Abs(a.seq.Size()) >= Least && a.overlaps()
}

// overlaps reports that both sides were seen at the same parts of the day.
func (a *asked) overlaps() bool {
	n := [2]int{}
	for bin := range bins {
		if a.within.flat || a.sides[0][bin] > 0 && a.sides[1][bin] > 0 {
			n[0], n[1] = n[0]+a.sides[0][bin], n[1]+a.sides[1][bin]
		}
	}
	return n[0] >= overlap && n[1] >= overlap
}
