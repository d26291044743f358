package chart

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// The box that shapes are drawn in. The page stretches it, so its units are
// shares of the width and height.
const (
	boxWidth, boxHeight = 1000, 100
	// lineRoom is what a line of labels below a box takes, in CSS pixels, and
	// footLine where the first stands.
	lineRoom, footLine = 18, 17
	// letter is about how wide a letter of a label is, in CSS pixels.
	letter = 6.6
	// sideRoom is the space beside the labels of the side.
	sideRoom = 10
	// thin is the least part of its time that a bar leaves free.
	thin = 0.18
)

func (p *Plot) base() int { return p.Above + p.Height }

// full is the height of the picture with its labels.
func (p *Plot) full() int {
	n := p.base() + 4
	if len(p.X.Ticks) > 0 {
		n += lineRoom
	}
	if len(p.X.Dates) > 0 {
		n += lineRoom
	}
	return n
}

// side is the room that the labels of the side take; 0 when they stand inside.
func (p *Plot) side() int {
	if p.Inside || len(p.Steps) == 0 {
		return 0
	}
	most := 0
	for _, s := range p.Steps {
		most = max(most, utf8.RuneCountInString(s.Label))
	}
	return int(letter*float64(most)) + sideRoom
}

// labelWide is about how wide a label inside the picture is with its ground.
func labelWide(text string) int { return int(0.85*letter*float64(utf8.RuneCountInString(text))) + 8 }

// line is the path of a series in the box.
func (p *Plot) line(s Series) string {
	var path strings.Builder
	for i, one := range s.Points {
		p.to(&path, i == 0 || one.Broken, one.At, one.Value)
	}
	return path.String()
}

// area is the path around a band: its upper edge, and back along the lower, for
// each unbroken part.
func (p *Plot) area(b Band) string {
	var path strings.Builder
	for from := 0; from < len(b.Spans); {
		to := from + 1
		for to < len(b.Spans) && !b.Spans[to].Broken {
			to++
		}
		for i := from; i < to; i++ {
			p.to(&path, i == from, b.Spans[i].At, b.Spans[i].High)
		}
		for i := to - 1; i >= from; i-- {
			p.to(&path, false, b.Spans[i].At, b.Spans[i].Low)
		}
		path.WriteByte('Z')
		from = to
	}
	return path.String()
}

func (p *Plot) to(path *strings.Builder, begin bool, at time.Time, value float64) {
	if begin {
		path.WriteByte('M')
	} else {
		path.WriteByte('L')
	}
	path.WriteString(strconv.FormatFloat(boxWidth*p.X.Along(at), 'f', 1, 64))
	path.WriteByte(' ')
	path.WriteString(strconv.FormatFloat(boxHeight*(1-p.Y.Up(value)), 'f', 1, 64))
}

// down is how far down from the top of the box a value lies.
func (p *Plot) down(value float64) string { return percent(1 - p.Y.Up(value)) }

// fromTop is the same in CSS pixels from the top of the picture.
func (p *Plot) fromTop(value float64) string {
	return strconv.FormatFloat(float64(p.Above)+float64(p.Height)*(1-p.Y.Up(value)), 'f', 1, 64)
}

// wide is the width of a time, as a share of the whole.
func (p *Plot) wide(from, to time.Time) string { return percent(p.X.Along(to) - p.X.Along(from)) }

// left and across are where a bar begins and how wide it is: some of its time
// stays free on both sides.
func (p *Plot) left(b Bar) string {
	x, w := p.X.Along(b.From), p.X.Along(b.To)-p.X.Along(b.From)
	return percent(x + w*thin/2)
}

func (p *Plot) across(b Bar) string {
	return percent((p.X.Along(b.To) - p.X.Along(b.From)) * (1 - thin))
}

func (p *Plot) middle(b Bar) string {
	return percent((p.X.Along(b.From) + p.X.Along(b.To)) / 2)
}

// tall is the height of a value above the bottom.
func (p *Plot) tall(value float64) string { return percent(p.Y.Up(value)) }

func px(n int) string { return strconv.Itoa(n) }

// together is how near two marks of a kind may come, as a share of the width,
// before they share one.
const together = 0.022

// placed is a mark at its place, with how many it stands for.
type placed struct {
	Mark
	x float64
	n int
}

// placed are the marks in their places; what lies outside the axis is left out.
func (p *Plot) placed() []placed {
	var list []placed
	last := map[string]int{}
	for _, m := range p.Marks {
		x := p.X.Along(m.At)
		if x < 0 || x > 1 {
			continue
		}
		if i, ok := last[m.Class]; ok && x-list[i].x < together {
			list[i].n++
			continue
		}
		last[m.Class] = len(list)
		list = append(list, placed{m, x, 1})
	}
	return list
}
