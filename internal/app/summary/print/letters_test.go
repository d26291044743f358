package print

import (
	"testing"
	"unicode"

	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"
)

func TestLettersOfTheFont(t *testing.T) {
	font, err := sfnt.Parse(goregular.TTF)
	if err != nil {
		t.Fatal(err)
	}
	var b sfnt.Buffer
	n := 0
	for r := rune(0); r <= unicode.MaxRune; r++ {
		i, err := font.GlyphIndex(&b, r)
		if want := err == nil && i != 0; letters().has(r) != want {
			t.Fatalf("%q: %v, want %v", r, !want, want)
		} else if want {
			n++
		}
	}
	if n < 500 || !letters().has('ñ') || letters().has('🌿') || letters().has(-1) {
		t.Errorf("%d letters", n)
	}
}
