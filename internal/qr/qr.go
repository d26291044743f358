// Package qr draws a text as a picture for a camera: a QR code with error
// correction M or better where it costs no room, with the quiet margin of four
// modules that readers need (ISO/IEC 18004).
package qr

import (
	"fmt"
	"strings"

	coder "github.com/piglig/go-qr"

	"github.com/evenkeel/evenkeel/internal/fault"
)

// quiet is the empty margin, in modules.
const quiet = 4

// code is a QR code with its margin: dark(x, y) for 0 <= x, y < size.
type code struct {
	*coder.QrCode
	size int
}

func encode(text string) (code, error) {
	q, err := coder.EncodeText(text, coder.Medium)
	if err != nil {
		return code{}, fault.Wrap(err, fault.Invalid, "qr.too_long")
	}
	return code{q, q.Size() + 2*quiet}, nil
}

// dark tells the colour of a module; outside of the code all is light.
func (c code) dark(x, y int) bool {
	x, y = x-quiet, y-quiet
	return x >= 0 && y >= 0 && x < c.Size() && y < c.Size() && c.Module(x, y)
}

// SVG is the picture for a page, black on white in every colour scheme and as large
// as its place. It says nothing to a screen reader: the text itself stands beside
// it. Text that no QR code holds, above some 2,300 bytes, is fault.Invalid.
func SVG(text string) (string, error) {
	c, err := encode(text)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" shape-rendering="crispEdges" aria-hidden="true"><path fill="#fff" d="M0 0h%dv%dH0z"/><path d="`, c.size, c.size, c.size, c.size)
	for y := range c.size {
		for x := 0; x < c.size; x++ {
			from := x
			for c.dark(x, y) {
				x++
			}
			if x > from {
				fmt.Fprintf(&b, "M%d %dh%dv1H%dz", from, y, x-from, from)
			}
		}
	}
	b.WriteString(`"/></svg>`)
	return b.String(), nil
}

// Terminal is the picture in half blocks, two rows of modules a line, with its own
// colours so that a dark terminal shows it black on white too. Errors as SVG.
func Terminal(text string) (string, error) {
	c, err := encode(text)
	if err != nil {
		return "", err
	}
	blocks := map[[2]bool]string{{false, false}: " ", {true, false}: "▀", {false, true}: "▄", {true, true}: "█"}
	var b strings.Builder
	for y := 0; y < c.size; y += 2 {
		b.WriteString("\x1b[30;107m")
		for x := range c.size {
			b.WriteString(blocks[[2]bool{c.dark(x, y), c.dark(x, y+1)}])
		}
		b.WriteString("\x1b[0m\n")
	}
	return b.String(), nil
}
