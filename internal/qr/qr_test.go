package qr_test

import (
	"image"
	"image/color"
	"image/draw"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
	"github.com/makiuchi-d/gozxing/qrcode/decoder"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/qr"
)

// scale is how many pixels of the test's picture a module takes.
const scale = 4

// read reads a picture of modules with a reader that is not of our library.
func read(t *testing.T, size int, dark func(x, y int) bool) *gozxing.Result {
	t.Helper()
	img := image.NewGray(image.Rect(0, 0, size*scale, size*scale))
	for y := range size {
		for x := range size {
			c := color.Gray{Y: 255}
			if dark(x, y) {
				c.Y = 0
			}
			draw.Draw(img, image.Rect(x*scale, y*scale, (x+1)*scale, (y+1)*scale), image.NewUniform(c), image.Point{}, draw.Src)
		}
	}
	bitmap, err := gozxing.NewBinaryBitmapFromImage(img)
	if err != nil {
		t.Fatal(err)
	}
	result, err := qrcode.NewQRCodeReader().Decode(bitmap, nil)
	if err != nil {
		t.Fatalf("a reader sees no code: %v", err)
	}
	return result
}

var (
	viewBox = regexp.MustCompile(`viewBox="0 0 (\d+) (\d+)"`)
	run     = regexp.MustCompile(`M(\d+) (\d+)h(\d+)v1H(\d+)z`)
)

func number(t *testing.T, s string) int {
	t.Helper()
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// fromSVG paints what the picture's path says.
func fromSVG(t *testing.T, svg string) *gozxing.Result {
	t.Helper()
	size := number(t, viewBox.FindStringSubmatch(svg)[1])
	black := map[image.Point]bool{}
	for _, m := range run.FindAllStringSubmatch(svg, -1) {
		for x := range number(t, m[3]) {
			black[image.Pt(number(t, m[1])+x, number(t, m[2]))] = true
		}
	}
	return read(t, size, func(x, y int) bool { return black[image.Pt(x, y)] })
}

// fromTerminal paints what a terminal would.
func fromTerminal(t *testing.T, text string) *gozxing.Result {
	t.Helper()
	var rows [][]rune
	for line := range strings.Lines(text) {
		line, ok := strings.CutPrefix(strings.TrimSuffix(line, "\x1b[0m\n"), "\x1b[30;107m")
		if !ok {
			t.Fatalf("a line without its colours: %q", line)
		}
		rows = append(rows, []rune(line))
	}
	return read(t, len(rows[0]), func(x, y int) bool {
		r := rows[y/2][x]
		return r == '█' || r == '▀' && y%2 == 0 || r == '▄' && y%2 == 1
	})
}

var texts = map[string]string{
	"digits":     "0123456789",
	"link":       "https://host.example/devices/join#" + strings.Repeat("aB3_-", 13),
	"health":     "https://viewer.example/#shlink:/" + strings.Repeat("eyJ1cmwiOiJodHRwczov", 15),
	"not ASCII":  "café, niño",
	"very long":  strings.Repeat("x", 2000),
	"one letter": "a",
}

func TestReadersReadIt(t *testing.T) {
	for name, text := range texts {
		t.Run(name, func(t *testing.T) {
			svg, err := qr.SVG(text)
			if err != nil {
				t.Fatal(err)
			}
			drawn, err := qr.Terminal(text)
			if err != nil {
				t.Fatal(err)
			}
			for how, r := range map[string]*gozxing.Result{"svg": fromSVG(t, svg), "terminal": fromTerminal(t, drawn)} {
				if r.GetText() != text {
					t.Errorf("%s reads %q, wrote %q", how, r.GetText(), text)
				}
				if level := r.GetResultMetadata()[gozxing.ResultMetadataType_ERROR_CORRECTION_LEVEL]; level == decoder.ErrorCorrectionLevel_L.String() {
					t.Errorf("%s: error correction %v", how, level)
				}
			}
		})
	}
}

// What no code holds is said, not cut.
func TestTooLong(t *testing.T) {
	for _, f := range []func(string) (string, error){qr.SVG, qr.Terminal} {
		if _, err := f(strings.Repeat("x", 3000)); !fault.Is(err, fault.Invalid) {
			t.Errorf("3,000 bytes: %v", err)
		}
	}
}
