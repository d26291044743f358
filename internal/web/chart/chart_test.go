package chart

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var zone = time.FixedZone("", -5*3600)

// at is a time on 22 November 2026, a Sunday.
func at(day, hour, minute int) time.Time { return time.Date(2026, 11, day, hour, minute, 0, 0, zone) }

func TestLinear(t *testing.T) {
	for _, c := range []struct {
		Linear
		value, want float64
	}{
		{Linear{0, 64}, 16, 0.25}, {Linear{0, 64}, 64, 1}, {Linear{0, 64}, 0, 0}, {Linear{0, 64}, 80, 1}, {Linear{0, 64}, -1, 0},
		{Linear{10, 20}, 15, 0.5}, {Linear{0, 0}, 5, 0}, {Linear{5, 1}, 3, 0}, {Linear{0, 1}, math.NaN(), 0}, {Linear{0, 1}, math.Inf(1), 1}, {Linear{0, math.NaN()}, 1, 0},
	} {
		if got := c.Up(c.value); got != c.want {
			t.Errorf("%v at %v: %v, want %v", c.value, c.Linear, got, c.want)
		}
	}
}

func TestTime(t *testing.T) {
	day := Time{From: at(22, 0, 0), To: at(22, 20, 0)}
	for _, c := range []struct {
		Time
		at   time.Time
		want float64
	}{
		{day, at(22, 5, 0), 0.25}, {day, at(22, 0, 0), 0}, {day, at(22, 20, 0), 1}, {day, at(23, 1, 0), 1.25},
		{Time{From: day.From, To: day.To, Left: 0.1, Right: 0.9}, at(22, 10, 0), 0.5},
		{Time{From: day.From, To: day.From}, at(22, 10, 0), 0},
		// The same moment elsewhere lies at the same place.
		{day, at(22, 5, 0).UTC(), 0.25},
	} {
		if got := c.Along(c.at); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%v: %v, want %v", c.at, got, c.want)
		}
	}
}

func TestCeiling(t *testing.T) {
	for _, c := range []struct{ f, want float64 }{
		{1, 1}, {1.01, 1.5}, {1.6, 2}, {2.5, 3}, {3.1, 4}, {4.2, 5}, {5.5, 6}, {7, 8}, {8.1, 10}, {0.031, 0.04}, {0.3, 0.3}, {0.27, 0.3}, {347, 400}, {99, 100}, {1e6, 1e6},
		{0, 0}, {-3, 0}, {math.NaN(), 0}, {math.Inf(1), 0},
	} {
		if got := Ceiling(c.f); got != c.want {
			t.Errorf("above %v: %v, want %v", c.f, got, c.want)
		}
	}
}

func TestCeilingIsAboveAndNear(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := rapid.Float64Range(1e-6, 1e9).Draw(t, "f")
		if top := Ceiling(f); top < f || top > 2*f {
			t.Fatalf("%v above %v", top, f)
		}
	})
}

func hour(t time.Time) string { return strconv.Itoa(t.Hour()) }

func labels(ticks []Tick) []string {
	var list []string
	for _, t := range ticks {
		s := t.Label
		if t.Minor {
			s += " minor"
		}
		if t.First {
			s += " first"
		}
		list = append(list, s)
	}
	return list
}

func TestHours(t *testing.T) {
	for _, c := range []struct {
		name string
		Time
		upTo float64
		want []string
	}{
		{"a day, every third", Time{From: at(22, 0, 0), To: at(22, 20, 0)}, 1, []string{"3", "6 minor", "9", "12 minor", "15", "18 minor"}},
		{"a short line, every second", Time{From: at(22, 1, 30), To: at(22, 9, 0)}, 1, []string{"2", "4 minor", "6", "8 minor"}},
		{"a day and a half, every sixth", Time{From: at(21, 8, 0), To: at(22, 20, 0)}, 1, []string{"12", "18 minor", "0", "6 minor", "12", "18 minor"}},
		{"room kept at the end", Time{From: at(22, 0, 0), To: at(22, 20, 0)}, 0.8, []string{"3", "6 minor", "9", "12 minor", "15"}},
		{"beside the tick at the start", Time{From: at(22, 2, 20), To: at(22, 20, 0)}, 1, []string{"3 first", "6 minor", "9", "12 minor", "15", "18 minor"}},
		{"no time at all", Time{From: at(22, 2, 0), To: at(22, 2, 0)}, 1, nil},
	} {
		if got := labels(Hours(c.Time, c.upTo, hour)); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestDays(t *testing.T) {
	week := Time{From: at(22, 18, 0), To: at(25, 18, 0)} // three days from Sunday evening
	name := func(t time.Time) string { return t.Weekday().String()[:3] }
	if got, want := labels(Days(week, name)), []string{"Mon", "Tue minor", "Wed"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	var got []string
	for _, x := range Midnights(week) {
		got = append(got, percent(x))
	}
	if want := []string{"8.33%", "41.67%", "75.00%"}; !slices.Equal(got, want) {
		t.Errorf("midnights at %q, want %q", got, want)
	}
	if got, want := labels(Half([]Tick{{Label: "a"}, {Label: "b"}, {Label: "c"}, {Label: "d"}, {Label: "e"}})), []string{"a", "c minor", "e"}; !slices.Equal(got, want) {
		t.Errorf("half: %q, want %q", got, want)
	}
	weeks := Time{From: at(1, 0, 0), To: at(29, 12, 0)}
	if got, want := labels(Back(weeks, func(i int) string { return []string{"4 weeks", "2 weeks"}[i] }, 28, 14)), []string{"4 weeks first", "2 weeks"}; !slices.Equal(got, want) {
		t.Errorf("back: %q, want %q", got, want)
	}
}

func plot() *Plot {
	line := Series{"median", []Point{{at(22, 0, 0), 0}, {at(22, 5, 0), 2}, {at(22, 10, 0), 1}}}
	return &Plot{Class: "drawn", Height: 100, X: Axis{Time: Time{From: at(22, 0, 0), To: at(22, 10, 0)}}, Y: Linear{0, 2}, Lines: []Series{line}}
}

func TestPaths(t *testing.T) {
	p := plot()
	if got, want := p.line(p.Lines[0]), "M0 100.0L500 0.0L1000 50.0"; got != want {
		t.Errorf("the line is %s, want %s", got, want)
	}
	band := Band{"band", []Span{{at(22, 0, 0), 0, 1}, {at(22, 10, 0), 0.5, 3}}}
	if got, want := p.area(band), "M0 50.0L1000 0.0L1000 75.0L0 100.0Z"; got != want {
		t.Errorf("the band is %s, want %s", got, want)
	}
	if got, want := p.area(p.Lines[0].Under("under", p.Y)), "M0 100.0L500 0.0L1000 50.0L1000 100.0L500 100.0L0 100.0Z"; got != want {
		t.Errorf("the room below is %s, want %s", got, want)
	}
	if p.area(Band{}) != "" || p.line(Series{}) != "" {
		t.Error("nothing is drawn as something")
	}
	past, ahead := p.Lines[0].Split(1, "ahead")
	if p.line(past) != "M0 100.0L500 0.0" || p.line(ahead) != "M500 0.0L1000 50.0" || ahead.Class != "ahead" {
		t.Errorf("split into %s and %s", p.line(past), p.line(ahead))
	}
	if band.Wide() != true || (Band{Spans: []Span{{at(22, 0, 0), 2, 2}}}).Wide() {
		t.Error("a band is wide where its ends differ")
	}
}

func TestMarksShareAPlace(t *testing.T) {
	s := Strip{X: Time{From: at(22, 0, 0), To: at(22, 20, 0), Left: 0, Right: 0.9}, Marks: []Mark{
		{at(21, 23, 0), Stem},                                                                                           // before the line
		{at(22, 5, 0), Stem}, {at(22, 5, 10), Stem}, {at(22, 5, 10), Dot}, {at(22, 8, 0), Stem}, {at(22, 20, 1), Small}, // past the end
	}}
	var got []string
	for _, p := range s.placed() {
		got = append(got, string(p.Shape)+" "+percent(p.x)+" "+strconv.Itoa(p.n))
	}
	if want := []string{"dose 22.50% 2", "check 23.25% 1", "dose 36.00% 1", "other 90.00% 1"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestSample(t *testing.T) {
	times := []time.Time{at(22, 0, 0), at(22, 0, 40), at(22, 1, 20), at(22, 2, 0), at(22, 2, 40), at(22, 3, 20), at(22, 4, 40)}
	if got, want := Sample(times, 2*time.Hour, -1), []int{0, 3, 6}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	// The moment that counts is among them, and the next lies as far from it.
	if got, want := Sample(times, 2*time.Hour, 2), []int{0, 2, 5}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if got := Sample(nil, time.Hour, 0); got != nil {
		t.Errorf("%v from nothing", got)
	}
}

func drawn(t *testing.T, render func(b *strings.Builder) error) string {
	t.Helper()
	var b strings.Builder
	if err := render(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestWhatIsDrawn(t *testing.T) {
	p := plot()
	p.Above, p.Top, p.Across, p.Now = 4, "2 nM", []Rule{{1, "1 <nM>"}}, &Now{at(22, 5, 0), 2}
	p.X.Ticks, p.X.Down = []Tick{{At: 0.25, Label: "3 AM", Minor: true}}, []float64{0.5}
	p.Bands = []Band{p.Lines[0].Under("band", p.Y)}
	svg := drawn(t, func(b *strings.Builder) error { return p.Draw().Render(t.Context(), b) })
	for _, want := range []string{
		`<svg class="drawn" width="100%" height="126"`, ` aria-hidden="true"`,
		`<path class="median" d="M0 100.0L500 0.0L1000 50.0" vector-effect="non-scaling-stroke">`,
		`<text class="top-label" x="4" y="50.00%" dy="-4">1 &lt;nM&gt;</text>`, `<text class="top-label" x="4" y="16">2 nM</text>`,
		`<text class="tick-label minor" x="25.00%" y="121">3 AM</text>`, `<circle class="now" cx="50.00%" cy="0.00%"`, `<line class="midnight" x1="50.00%"`,
	} {
		if !strings.Contains(svg, want) {
			t.Errorf("%s is not in\n%s", want, svg)
		}
	}
	p.Said = `at most 2 "nM"`
	if svg := drawn(t, func(b *strings.Builder) error { return p.Draw().Render(t.Context(), b) }); !strings.Contains(svg, `role="img"`) || !strings.Contains(svg, `aria-label="at most 2 &#34;nM&#34;"`) || strings.Contains(svg, "aria-hidden") {
		t.Errorf("a picture with words is hidden: %.200s", svg)
	}
	table := Table{Title: "As a table", Head: []string{"Time", "Level"}, Rows: []Row{{When: "3 AM", Cells: []string{"1"}}, {When: "5 AM", Note: "now", Cells: []string{"2"}}}}
	html := drawn(t, func(b *strings.Builder) error { return table.Show().Render(t.Context(), b) })
	for _, want := range []string{"<summary>As a table</summary>", `<th scope="col">Level</th>`, "<td>1</td>", `<tr class="is-now">`, "(now)"} {
		if !strings.Contains(html, want) {
			t.Errorf("%s is not in\n%s", want, html)
		}
	}
}

// Whatever is drawn stays within the box and holds no figure that is none.
func TestPathsStayInTheBox(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := Plot{X: Axis{Time: Time{From: at(22, 0, 0), To: at(23, 0, 0)}}, Y: Linear{0, rapid.Float64().Draw(t, "top")}}
		s := Series{Points: []Point{{at(22, 0, 0), rapid.Float64().Draw(t, "a")}, {at(22, rapid.IntRange(0, 23).Draw(t, "h"), 0), rapid.Float64().Draw(t, "b")}}}
		for _, part := range strings.FieldsFunc(p.line(s), func(r rune) bool { return r == 'M' || r == 'L' }) {
			x, y, _ := strings.Cut(part, " ")
			for _, v := range []struct {
				text string
				most float64
			}{{x, 1000}, {y, 100}} {
				if f, err := strconv.ParseFloat(v.text, 64); err != nil || !(f >= 0 && f <= v.most) {
					t.Fatalf("%s lies outside", part)
				}
			}
		}
	})
}
