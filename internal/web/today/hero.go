package today

import (
	"net/http"
	"time"

	"github.com/evenkeel/evenkeel/exposure"
	"github.com/evenkeel/evenkeel/internal/app/outlook"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/web/chart"
	"github.com/evenkeel/evenkeel/internal/web/reading"
	"github.com/evenkeel/evenkeel/internal/web/shell"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/say"
)

// waterline is the picture at the top of Today: what acts on the body over the
// last day and the next half, with what was written down as marks. It has the
// same frame when nothing is known yet, and when the person hides the curve.
type waterline struct {
	plot *chart.Plot
	// note says why there is no curve; empty where there is one.
	note string
	// strength asks for what would bring it.
	strength bool
	table    *chart.Table
}

const (
	heroBack  = 24 * time.Hour
	heroAhead = 12 * time.Hour
	// leastTop leaves room over the usual peak, mostTop keeps one day far above it
	// from flattening every other.
	leastTop, mostTop = 1.3, 3
)

// heroKinds are the entries that are marked, by the class of their mark.
var heroKinds = map[journal.Kind]string{journal.KindDose: "dose", journal.KindCheckIn: "check"}

func waterlineOf(v *shell.Visit, t *outlook.Today) waterline {
	axis := reading.Hours(&v.View, t.Now.Add(-heroBack), t.Now.Add(heroAhead))
	w := waterline{plot: &chart.Plot{Class: "tide", Height: 80, Above: 16, X: axis, Y: chart.Linear{High: leastTop}, Inside: true,
		Marks: marks(v, t), Blanks: blanks(v, t.Now), Now: &chart.Now{At: t.Now, Label: v.T("today.now")}}}
	switch {
	case v.Hides():
		w.note, w.plot.Now.Dotless = v.T("body.hidden"), true
	case !t.Curve.Known() && t.Curve.Unknown > 0:
		w.note, w.strength = v.T("body.mostly_unknown", "n", t.Curve.Unknown, "of", t.Curve.Doses), true
	case guessed(t.Said):
		w.note, w.strength = v.T("body.mostly_guessed"), true
	case !t.Curve.Known():
		w.note = v.T("hero.nothing")
	default:
		w.draw(v, &t.Curve)
	}
	return w
}

// guessed reports that most of what acts is a guess, which no picture may make
// look like more.
func guessed(list []say.Said) bool {
	for _, s := range list {
		if s.Key == "say.strength.most" {
			return true
		}
	}
	return false
}

// draw puts the curve into the frame.
func (w *waterline) draw(v *shell.Visit, b *exposure.Curve) {
	line := chart.Series{Class: "past"}
	band := chart.Band{Class: "band"}
	probe := chart.Probe{Label: v.T("hero.along"), Start: b.Now}
	table := chart.Table{Title: v.T("body.table"), Head: []string{v.T("body.time"), v.T("hero.acting")}}
	high := leastTop
	times := make([]time.Time, len(b.Points))
	for i, p := range b.Points {
		times[i] = p.At
		line.Points = append(line.Points, chart.Point{At: p.At, Value: p.Acting.Mid})
		band.Spans = append(band.Spans, chart.Span{At: p.At, Low: p.Acting.Low, High: p.Acting.High})
		high = max(high, 1.15*p.Acting.Mid, p.Acting.High)
		text := v.T("plot.at", "time", reading.Moment(&v.View, p.At), "what", atMoment(v, b, i))
		if i == b.Now {
			text = v.T("plot.now", "what", atMoment(v, b, i))
		}
		probe.Moments = append(probe.Moments, chart.Moment{At: p.At, Value: p.Acting.Mid, Text: text})
	}
	for _, i := range chart.Sample(times, 2*time.Hour, b.Now) {
		row := chart.Row{When: v.When(times[i]), Cells: []string{atMoment(v, b, i)}}
		if i == b.Now {
			row.Note = v.T("today.now")
		}
		table.Rows = append(table.Rows, row)
	}
	p := w.plot
	p.Y.High = min(high, mostTop)
	past, coming := line.Split(b.Now, "ahead")
	water, swell := past.Under("water-past", p.Y), coming.Under("water-ahead", p.Y)
	p.Bands, p.Lines = []chart.Band{water, swell, band}, []chart.Series{past, coming}
	if b.UsualDays > 0 {
		p.Steps = []chart.Rule{{Value: 1, Label: v.T("hero.peak")}, {Value: 0.5, Label: v.T("hero.half")}}
	} else {
		p.Steps = []chart.Rule{{Value: 1, Label: v.T("hero.highest")}}
	}
	p.Now.Value = b.Points[b.Now].Acting.Mid
	p.Probe, w.table = &probe, &table
}

// atMoment says what may be said of a point.
func atMoment(v *shell.Visit, b *exposure.Curve, i int) string {
	m, s := say.Quantifiable()
	p := b.Points[i]
	return say.At(say.Moment{Low: p.Acting.Low, High: p.Acting.High, Usual: b.UsualDays > 0, Missing: p.Gap || b.Opioid,
		None: p.Mitragynine.High < m && p.SevenOH.High < s, Turn: turnAt(b, i)}).Text(v.T)
}

// turnAt says which way it goes on from a point; at the very end, half a day after
// any dose, it falls.
func turnAt(b *exposure.Curve, i int) say.Turn {
	at := func(i int) float64 { return b.Points[i].Acting.Mid }
	last := len(b.Points) - 1
	switch {
	case i < last && at(i+1) > at(i):
		return say.Rising
	case i > 0 && i < last && at(i-1) < at(i) && at(i+1) < at(i):
		return say.Top
	}
	return say.Falling
}

// marks are what was written down in the hours that are shown.
func marks(v *shell.Visit, t *outlook.Today) []chart.Mark {
	var list []chart.Mark
	if v.Reading == nil {
		return nil
	}
	for _, e := range v.Reading.Between(t.Now.Add(-heroBack), t.Now.Add(time.Minute)) {
		if class, ok := heroKinds[e.Kind]; ok {
			list = append(list, chart.Mark{At: e.At, Class: class})
		}
	}
	return list
}

// blanks are the days before today of which nothing is known: a line over them
// would pass for one of none.
func blanks(v *shell.Visit, now time.Time) []chart.Blank {
	if v.Reading == nil {
		return nil
	}
	var list []chart.Blank
	midnight := journal.StartOfDay(now, 0)
	from := now.Add(-heroBack)
	first := v.Reading.All()
	if yesterday := v.Today().Add(-1); len(first) > 0 && journal.DateOf(first[0].At) <= yesterday && from.Before(midnight) && v.Reading.Day(yesterday).State == journal.DayUnknown {
		list = append(list, chart.Blank{From: from, To: midnight})
	}
	return list
}

// heroPart is the picture alone, for a page that saved something in place.
func heroPart(v *shell.Visit) error {
	j, err := v.Read()
	if err != nil {
		return err
	}
	p := page{Today: v.Look.Today(j, v.Now), weakest: reading.WeakestOf(j, v.Now)}
	p.line = waterlineOf(v, &p.Today)
	return v.Show(http.StatusOK, hero(v, &p))
}

// readingPart is what may be said of the body, once it is worked out.
func readingPart(v *shell.Visit) error {
	j, err := v.Read()
	if err != nil {
		return err
	}
	p := page{weakest: reading.WeakestOf(j, v.Now)}
	if err := p.wait(v, j); err != nil {
		return err
	}
	return v.Show(http.StatusOK, said(v, &p))
}

// wait works out what may be said, however long it takes. What the model cannot
// use is said in its place; a journal that locked itself meanwhile is not.
func (p *page) wait(v *shell.Visit, j *journal.Journal) error {
	p.Said, p.failed = v.Look.Said(v.Ctx(), j, v.Now)
	if fault.Is(p.failed, fault.Locked) || v.Ctx().Err() != nil {
		return p.failed
	}
	return nil
}
