package print

import (
	"encoding/binary"
	"sync"

	"golang.org/x/image/font/gofont/goregular"
)

// charset are the characters that a font has: a bit for each of the first 65,536.
type charset [1 << 16 / 64]uint64

func (c *charset) has(r rune) bool { return r >= 0 && r < 1<<16 && c[r/64]>>(r%64)&1 == 1 }

var letters = sync.OnceValue(func() *charset { return charsetOf(goregular.TTF) })

// charsetOf reads the table of characters of a TrueType font that is built in:
// OpenType 1.9.1, "cmap", format 4. Of another font it is empty, and
// TestLettersOfTheFont fails.
func charsetOf(font []byte) *charset {
	c := new(charset)
	at := func(b []byte, i int) int { return int(binary.BigEndian.Uint16(b[i:])) }
	long := func(b []byte, i int) int { return int(binary.BigEndian.Uint32(b[i:])) }
	for i := range at(font, 4) {
		entry := font[12+16*i:]
		if string(entry[:4]) != "cmap" {
			continue
		}
		cmap := font[long(entry, 8):]
		for k := range at(cmap, 2) {
			if table := cmap[long(cmap, 8+8*k):]; at(table, 0) == 4 {
				c.add(table, at)
			}
		}
	}
	return c
}

// add takes the characters of a table in segments that have a glyph.
func (c *charset) add(table []byte, at func([]byte, int) int) {
	size := at(table, 6) // of each list, in bytes
	ends, starts, deltas, offsets := 14, 16+size, 16+2*size, 16+3*size
	for s := 0; s < size; s += 2 {
		first, delta, offset := at(table, starts+s), at(table, deltas+s), at(table, offsets+s)
		for r := first; r <= at(table, ends+s); r++ {
			glyph := r
			if offset != 0 {
				glyph = at(table, offsets+s+offset+2*(r-first))
			}
			if offset != 0 && glyph == 0 || (glyph+delta)&0xffff == 0 {
				continue
			}
			c[r/64] |= 1 << (r % 64)
		}
	}
}
