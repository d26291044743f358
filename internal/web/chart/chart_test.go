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
		want []string
	}{
		{"a day, every third", Time{From: at(22, 0, 0), To: at(22, 20, 0)}, []string{"0 first", "3", "6", "9", "12", "15", "18"}},
		{"a short line, every second", Time{From: at(22, 1, 30), To: at(22, 9, 0)}, []string{"2", "4", "6", "8"}},
		{"a day and a half, every sixth", Time{From: at(21, 8, 0), To: at(22, 20, 0)}, []string{"12", "18", "0", "6", "12", "18"}},
		{"no time at all", Time{From: at(22, 2, 0), To: at(22, 2, 0)}, []string{"2 first"}},
	} {
		if got := labels(Hours(c.Time, hour)); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// Labels as wide as people read them: on 208 px, with 6.6 px a letter and 8
// between two. Around noon 12 PM is 26 px wide and six hours are 35: every
// second has its room.
func TestLabelsNeverRunIntoOneAnother(t *testing.T) {
	clock := func(t time.Time) string { return t.Format("3 PM") }
	got := labels(Hours(Time{From: at(21, 19, 40), To: at(23, 7, 40)}, clock))
	if want := []string{"12 AM", "6 AM minor", "12 PM", "6 PM minor", "12 AM", "6 AM minor"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	rapid.Check(t, func(t *rapid.T) {
		list := Fit(rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Tick {
			return Tick{At: rapid.Float64Range(0, 1).Draw(t, "at"), Label: rapid.StringN(0, 14, -1).Draw(t, "label"), Keep: rapid.Bool().Draw(t, "keep")}
		}), 0, 12).Draw(t, "ticks"))
		for i := range list {
			for _, width := range []float64{narrow, wideEnough} {
				if width == narrow && list[i].Minor {
					continue
				}
				from, to := list[i].extent(width)
				if from < -1 || to > width+1 {
					t.Fatalf("%+v is cut off at %v", list[i], width)
				}
				for k := range list[:i] {
					if width == narrow && list[k].Minor {
						continue
					}
					if f, e := list[k].extent(width); from < e && f < to {
						t.Fatalf("%+v runs into %+v at %v", list[i], list[k], width)
					}
				}
			}
		}
	})
}

func TestDays(t *testing.T) {
	days := Time{From: at(22, 18, 0), To: at(25, 18, 0)} // three days from Sunday evening
	name := func(t time.Time) string { return t.Format("Mon, Jan 2") }
	short := func(t time.Time) string { return t.Format("Mon 2") }
	// 208 px: 17 for Sunday, 69 for each whole day, 52 for Wednesday.
	if got, want := labels(Days(days, name, short)), []string{"Mon 23", "Tue 24", "Wed 25"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	var got []string
	for _, x := range Midnights(days) {
		got = append(got, percent(x))
	}
	if want := []string{"8.33%", "41.67%", "75.00%"}; !slices.Equal(got, want) {
		t.Errorf("midnights at %q, want %q", got, want)
	}
}

// Where a day has no midnight, the days after it keep their names.
func TestDaysWithoutMidnight(t *testing.T) {
	zone, err := time.LoadLocation("America/Santiago")
	if err != nil {
		t.Fatal(err)
	}
	days := Time{From: time.Date(2026, 9, 5, 0, 0, 0, 0, zone), To: time.Date(2026, 9, 9, 0, 0, 0, 0, zone)}
	name := func(t time.Time) string { return t.Format("2 15h") }
	want := []string{"5 00h", "6 01h", "7 00h", "8 00h"}
	if got := labels(Days(days, name, name)); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// Dates stand evenly: "Nov 24" is 40 px with 8 beside it. On 208 px a fortnight
// has room for every fourth day, on 430 for every second; a month for every
// seventh on both, 4 weeks back from today.
func TestDates(t *testing.T) {
	date := func(t time.Time) string { return t.Format("Jan 2") }
	got := labels(Dates(Time{From: at(22, 18, 0), To: at(36, 18, 0)}, false, date))
	if want := []string{"Nov 25 minor", "Nov 27", "Nov 29 minor", "Dec 1", "Dec 3 minor", "Dec 5"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	got = labels(Dates(Time{From: at(-7, 18, 0), To: at(22, 18, 0)}, true, date))
	if want := []string{"Nov 15", "Nov 8", "Nov 1"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func plot() *Plot {
	line := Series{Class: "median", Points: []Point{{At: at(22, 0, 0)}, {At: at(22, 5, 0), Value: 2}, {At: at(22, 10, 0), Value: 1}}}
	return &Plot{Class: "drawn", Height: 100, X: Axis{Time: Time{From: at(22, 0, 0), To: at(22, 10, 0)}}, Y: Linear{0, 2}, Lines: []Series{line}}
}

func TestPaths(t *testing.T) {
	p := plot()
	if got, want := p.line(p.Lines[0]), "M0.0 100.0L500.0 0.0L1000.0 50.0"; got != want {
		t.Errorf("the line is %s, want %s", got, want)
	}
	band := Band{"band", []Span{{At: at(22, 0, 0), High: 1}, {At: at(22, 10, 0), Low: 0.5, High: 3}}}
	if got, want := p.area(band), "M0.0 50.0L1000.0 0.0L1000.0 75.0L0.0 100.0Z"; got != want {
		t.Errorf("the band is %s, want %s", got, want)
	}
	if got, want := p.area(p.Lines[0].Under("under", p.Y)), "M0.0 100.0L500.0 0.0L1000.0 50.0L1000.0 100.0L500.0 100.0L0.0 100.0Z"; got != want {
		t.Errorf("the room below is %s, want %s", got, want)
	}
	if p.area(Band{}) != "" || p.line(Series{}) != "" {
		t.Error("nothing is drawn as something")
	}
	past, ahead := p.Lines[0].Split(1, "ahead")
	if p.line(past) != "M0.0 100.0L500.0 0.0" || p.line(ahead) != "M500.0 0.0L1000.0 50.0" || ahead.Class != "ahead" {
		t.Errorf("split into %s and %s", p.line(past), p.line(ahead))
	}
	if band.Wide() != true || (Band{Spans: []Span{{At: at(22, 0, 0), Low: 2, High: 2}}}).Wide() {
		t.Error("a band is wide where its ends differ")
	}
}

// Where nothing is known the line stops and begins anew.
func TestBrokenLines(t *testing.T) {
	p := plot()
	p.Lines[0].Points[2].Broken = true
	if got, want := p.line(p.Lines[0]), "M0.0 100.0L500.0 0.0M1000.0 50.0"; got != want {
		t.Errorf("the line is %s, want %s", got, want)
	}
	if got, want := p.area(Band{Spans: []Span{{At: at(22, 0, 0), High: 1}, {At: at(22, 5, 0), High: 2}, {At: at(22, 10, 0), High: 2, Broken: true}}}),
		"M0.0 50.0L500.0 0.0L500.0 100.0L0.0 100.0ZM1000.0 0.0L1000.0 100.0Z"; got != want {
		t.Errorf("the band is %s, want %s", got, want)
	}
}

func TestMarksShareAPlace(t *testing.T) {
	p := Plot{X: Axis{Time: Time{From: at(22, 0, 0), To: at(22, 20, 0)}}, Marks: []Mark{
		{at(21, 23, 0), "dose"},                                                                                                    // before the picture
		{at(22, 5, 0), "dose"}, {at(22, 5, 10), "dose"}, {at(22, 5, 10), "check"}, {at(22, 8, 0), "dose"}, {at(22, 20, 1), "dose"}, // past its end
	}}
	var got []string
	for _, m := range p.placed() {
		got = append(got, m.Class+" "+percent(m.x)+" "+strconv.Itoa(m.n))
	}
	if want := []string{"dose 25.00% 2", "check 25.83% 1", "dose 40.00% 1"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// A bar of nothing is seen, and a day of which nothing is known has none.
func TestBars(t *testing.T) {
	p := plot()
	p.Lines = nil
	p.Bars = []Bar{{Class: "dose", From: at(22, 0, 0), To: at(22, 5, 0), Value: 1, Low: 0.5, High: 2}, {Class: "none", From: at(22, 5, 0), To: at(22, 10, 0)}}
	p.Blanks = []Blank{{at(22, 5, 0), at(22, 10, 0)}}
	svg := drawn(t, func(b *strings.Builder) error { return p.Draw().Render(t.Context(), b) })
	for _, want := range []string{`<rect class="bar dose" x="4.50%" width="41.00%" y="50.00%" height="50.00%">`, `<line class="whisker" x1="25.00%" x2="25.00%" y1="0.00%" y2="75.00%">`,
		`<rect class="bar zero none" x="54.50%" width="41.00%" y="100%" height="3"`, `<rect class="blank" x="50.00%" y="0" width="50.00%" height="100">`} {
		if !strings.Contains(svg, want) {
			t.Errorf("%s is not in\n%s", want, svg)
		}
	}
	if strings.Count(svg, "whisker") != 1 {
		t.Error("a bar without a range has a whisker")
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
	p.Above, p.Steps, p.Across, p.Now = 4, []Rule{{0, "0"}, {2, "2"}}, []Rule{{1, "1 <nM>"}}, &Now{At: at(22, 5, 0), Value: 2, Label: "now"}
	p.X.Ticks, p.X.Down = []Tick{{At: 0.25, Label: "3 AM", Minor: true}}, []float64{0.5}
	p.Bands = []Band{p.Lines[0].Under("band", p.Y)}
	p.Probe = &Probe{Label: "level", Start: 1, Moments: []Moment{{at(22, 0, 0), 0, "12 AM: none"}, {at(22, 5, 0), 2, `5 AM: "2"`}}}
	svg := drawn(t, func(b *strings.Builder) error { return p.Draw().Render(t.Context(), b) })
	for _, want := range []string{
		`<svg class="picture" width="100%" height="126"`, ` aria-hidden="true"`, `<svg class="side" width="16" height="126"`,
		`<path class="median" d="M0.0 100.0L500.0 0.0L1000.0 50.0" vector-effect="non-scaling-stroke">`,
		`<text class="top-label" x="4" y="50.00%" dy="-4">1 &lt;nM&gt;</text>`, `<text class="step-label" x="11" y="4.0" dy="4">2</text>`, `<text class="step-label" x="11" y="104.0" dy="4">0</text>`,
		`<text class="tick-label minor" x="25.00%" dx="0" y="121">3 AM</text>`, `<circle class="now" cx="50.00%" cy="0.00%"`, `<line class="midnight" x1="50.00%"`,
		`data-moments="[[0,1000,&#34;12 AM: none&#34;],[500,0,&#34;5 AM: \&#34;2\&#34;&#34;]]"`, `max="1" value="1" aria-label="level" aria-valuetext="5 AM: &#34;2&#34;"`,
	} {
		if !strings.Contains(svg, want) {
			t.Errorf("%s is not in\n%s", want, svg)
		}
	}
	p.Said, p.Steps = `at most 2 "nM"`, nil
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
		s := Series{Points: []Point{{At: at(22, 0, 0), Value: rapid.Float64().Draw(t, "a")}, {At: at(22, rapid.IntRange(0, 23).Draw(t, "h"), 0), Value: rapid.Float64().Draw(t, "b")}}}
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
