package main

import (
	"fmt"
	"math"
	"strings"
)

// plot draws one small chart as SVG. Colours come in two sets, for light and
// dark readers; every chart has a title and a description for those who do not
// see it.
type plot struct {
	title, desc   string
	x, y          axis
	body          strings.Builder
	legend        []string
	legendOf      []string
	width, height float64
	left, right   float64
	top, bottom   float64
}

type axis struct {
	label    string
	low, top float64
	log      bool
	ticks    []float64
	names    []string // instead of numbers
}

func newPlot(title, desc string, x, y axis) *plot {
	return &plot{title: title, desc: desc, x: x, y: y, width: 640, height: 340, left: 58, right: 14, top: 34, bottom: 46}
}

func (a *axis) at(v float64) float64 {
	if a.log {
		return (math.Log(math.Max(v, a.low)) - math.Log(a.low)) / (math.Log(a.top) - math.Log(a.low))
	}
	return (v - a.low) / (a.top - a.low)
}

func (p *plot) px(v float64) float64 {
	return p.left + math.Min(1, math.Max(0, p.x.at(v)))*(p.width-p.left-p.right)
}

func (p *plot) py(v float64) float64 {
	return p.height - p.bottom - math.Min(1, math.Max(0, p.y.at(v)))*(p.height-p.top-p.bottom)
}

func (p *plot) line(class, name string, x, y []float64) {
	fmt.Fprintf(&p.body, `<path class="line %s" d="`, class)
	for i := range x {
		fmt.Fprintf(&p.body, "%c%.1f %.1f", "ML"[min(i, 1)], p.px(x[i]), p.py(y[i]))
	}
	p.body.WriteString("\"/>\n")
	p.note(class, name)
}

func (p *plot) band(class string, x, low, high []float64) {
	fmt.Fprintf(&p.body, `<path class="band %s" d="`, class)
	for i := range x {
		fmt.Fprintf(&p.body, "%c%.1f %.1f", "ML"[min(i, 1)], p.px(x[i]), p.py(high[i]))
	}
	for i := len(x) - 1; i >= 0; i-- {
		fmt.Fprintf(&p.body, "L%.1f %.1f", p.px(x[i]), p.py(low[i]))
	}
	p.body.WriteString("Z\"/>\n")
}

// data is a published value with the range that passes, upright or level.
func (p *plot) data(x, xLow, xHigh, y, yLow, yHigh float64) {
	fmt.Fprintf(&p.body, `<path class="data" d="M%.1f %.1fV%.1fM%.1f %.1fH%.1f"/><circle class="dot" cx="%.1f" cy="%.1f" r="4"/>`+"\n",
		p.px(x), p.py(yLow), p.py(yHigh), p.px(xLow), p.py(y), p.px(xHigh), p.px(x), p.py(y))
}

func (p *plot) dot(class string, x, y float64) {
	fmt.Fprintf(&p.body, `<circle class="fill %s" cx="%.1f" cy="%.1f" r="4"/>`+"\n", class, p.px(x), p.py(y))
}

func (p *plot) stretch(class string, y, low, high float64) {
	fmt.Fprintf(&p.body, `<path class="stretch %s" d="M%.1f %.1fH%.1f"/>`+"\n", class, p.px(low), p.py(y), p.px(high))
}

func (p *plot) note(class, name string) {
	if name != "" {
		p.legendOf, p.legend = append(p.legendOf, class), append(p.legend, name)
	}
}

func escape(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(s)
}

func (p *plot) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %g %g" role="img" aria-labelledby="t d">
<title id="t">%s</title><desc id="d">%s</desc>
<style>
text{font:12px system-ui,sans-serif;fill:#222}.head{font-weight:600;font-size:14px}
.back{fill:#fff}.grid{stroke:#ddd;fill:none}.line{fill:none;stroke-width:2}.band{opacity:.18;stroke:none}
.data{stroke:#222;stroke-width:1.6;fill:none}.dot{fill:#222}.stretch{stroke-width:7;opacity:.35;fill:none}
.a{stroke:#0b6e6e}.b{stroke:#b3541e}.c{stroke:#5b4b9a}.fill.a,.band.a{fill:#0b6e6e;stroke:none}.fill.b,.band.b{fill:#b3541e;stroke:none}.fill.c,.band.c{fill:#5b4b9a;stroke:none}
@media (prefers-color-scheme:dark){text{fill:#e8e6e1}.back{fill:#1c1d1f}.grid{stroke:#3a3c40}.data{stroke:#e8e6e1}.dot{fill:#e8e6e1}
.a{stroke:#5cc4c0}.b{stroke:#f0a06a}.c{stroke:#b3a5f0}.fill.a,.band.a{fill:#5cc4c0}.fill.b,.band.b{fill:#f0a06a}.fill.c,.band.c{fill:#b3a5f0}}
</style>
<rect class="back" width="%g" height="%g"/>
<text class="head" x="%g" y="20">%s</text>
`, p.width, p.height, escape(p.title), escape(p.desc), p.width, p.height, p.left, escape(p.title))
	for i, t := range p.x.ticks {
		fmt.Fprintf(&b, `<path class="grid" d="M%.1f %.1fV%.1f"/><text x="%.1f" y="%.1f" text-anchor="middle">%s</text>`+"\n", p.px(t), p.top, p.height-p.bottom, p.px(t), p.height-p.bottom+16, p.x.name(i))
	}
	for i, t := range p.y.ticks {
		fmt.Fprintf(&b, `<path class="grid" d="M%.1f %.1fH%.1f"/><text x="%.1f" y="%.1f" text-anchor="end">%s</text>`+"\n", p.left, p.py(t), p.width-p.right, p.left-6, p.py(t)+4, escape(p.y.name(i)))
	}
	fmt.Fprintf(&b, `<text x="%.1f" y="%.1f" text-anchor="middle">%s</text>`+"\n", (p.left+p.width-p.right)/2, p.height-10, escape(p.x.label))
	if p.y.label != "" {
		fmt.Fprintf(&b, `<text transform="translate(14 %.1f) rotate(-90)" text-anchor="middle">%s</text>`+"\n", (p.top+p.height-p.bottom)/2, escape(p.y.label))
	}
	b.WriteString(p.body.String())
	for i, name := range p.legend {
		y := p.top + 16 + 17*float64(i)
		x := p.width - p.right - 230
		fmt.Fprintf(&b, `<path class="line %s" d="M%.1f %.1fh22"/><text x="%.1f" y="%.1f">%s</text>`+"\n", p.legendOf[i], x, y-4, x+28, y, escape(name))
	}
	b.WriteString("</svg>\n")
	return b.String()
}

func (a *axis) name(i int) string {
	if a.names != nil {
		return a.names[i]
	}
	return fmt.Sprintf("%g", a.ticks[i])
}
