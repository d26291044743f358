package main

import (
	"fmt"
	"math"
	"strings"
)

const style = `<style>
text{font:11px system-ui,sans-serif;fill:#333}.bar{fill:#5b7f95}.band{fill:#00000012}.line{stroke:#888;fill:none}.same{fill:#5b7f95}.other{fill:#b5763a}
@media (prefers-color-scheme:dark){text{fill:#ddd}.bar,.same{fill:#8fb3c9}.band{fill:#ffffff1c}.other{fill:#dba56d}}
</style>
`

func open(b *strings.Builder, w, h float64, title, text string) {
	fmt.Fprintf(b, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %g %g\" role=\"img\" aria-labelledby=\"t d\">\n<title id=\"t\">%s</title>\n<desc id=\"d\">%s</desc>\n%s", w, h, title, text, style)
}

// ranksFigure is a small histogram per quantity, with the range that 99 % of
// the bars of a uniform would keep to.
func ranksFigure(rs []*result) string {
	const columns, w, h = 4, 190.0, 92.0
	names := calibrated()
	rows := (len(names) + columns - 1) / columns
	var b strings.Builder
	open(&b, columns*w, float64(rows)*h+8, "Ranks of the truth among the draws", "One histogram per quantity. Flat within the grey band means calibrated.")
	e := float64(len(rs)) / bins
	wide := 2.576 * math.Sqrt(e*(1-1.0/bins))
	scale := 46 / (2 * e)
	for i, name := range names {
		x, y := float64(i%columns)*w+10, float64(i/columns)*h+6
		c, _, p := ranksOf(rs, name)
		base := y + 18 + 2*e*scale + 8
		fmt.Fprintf(&b, "<text x=\"%.1f\" y=\"%.1f\">%s (p %.2f)</text>\n", x, y+11, name, p)
		for k, n := range c {
			tall := math.Min(float64(n)*scale, 56)
			fmt.Fprintf(&b, "<rect class=\"bar\" x=\"%.1f\" y=\"%.1f\" width=\"7.6\" height=\"%.1f\"/>\n", x+float64(k)*8.4, base-tall, tall)
		}
		fmt.Fprintf(&b, "<rect class=\"band\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>\n", x-2, base-(e+wide)*scale, 8.4*bins+3, 2*wide*scale)
	}
	b.WriteString("</svg>\n")
	return b.String()
}

// coverageFigure shows how often bands held the truth, against how often they
// should have.
func coverageFigure(all [][]*result) string {
	const left, width, row = 120.0, 560.0, 20.0
	var b strings.Builder
	n := float64(len(whatIfs) * len(horizons))
	open(&b, left+width+20, n*row+50, "How often the bands held what was felt", "Per what-if and horizon, the share of people within the 50, 80 and 95 percent band, for people made by the model and by other bodies. Vertical lines are what it should be.")
	at := func(percent float64) float64 { return left + width*(percent-30)/70 }
	for _, p := range []float64{50, 80, 95} {
		fmt.Fprintf(&b, "<path class=\"line\" d=\"M%.1f 20V%.1f\"/><text x=\"%.1f\" y=\"14\" text-anchor=\"middle\">%g %%</text>\n", at(p), 26+n*row, at(p), p)
	}
	y := 36.0
	for _, w := range whatIfs {
		for _, h := range horizons {
			fmt.Fprintf(&b, "<text x=\"8\" y=\"%.1f\">%s, +%g h</text>\n", y+4, w.name, h)
			for i, rs := range all {
				for _, share := range coverOf(rs, feltKey(w.name, h)).share {
					x := math.Max(at(30), at(share))
					if i == 0 {
						fmt.Fprintf(&b, "<circle class=\"same\" cx=\"%.1f\" cy=\"%.1f\" r=\"4.5\"/>\n", x, y-3)
					} else {
						fmt.Fprintf(&b, "<path class=\"other\" d=\"M%.1f %.1fl5 8h-10z\"/>\n", x, y)
					}
				}
			}
			y += row
		}
	}
	fmt.Fprintf(&b, "<circle class=\"same\" cx=\"%.1f\" cy=\"%.1f\" r=\"4.5\"/><text x=\"%.1f\" y=\"%.1f\">made by the model</text><path class=\"other\" d=\"M%.1f %.1fl5 8h-10z\"/><text x=\"%.1f\" y=\"%.1f\">made by other bodies</text>\n",
		left, y, left+10, y+4, left+150, y-4, left+160, y+4)
	b.WriteString("</svg>\n")
	return b.String()
}
