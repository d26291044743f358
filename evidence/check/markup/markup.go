// Package markup takes the markup out of a text without moving a byte: what a
// reader does not see becomes Nothing, what parts two blocks becomes Break, and
// everything else keeps its place. So an offset into the result is an offset
// into what was given. It reads a stream in pieces and holds little of it.
package markup

import (
	"bytes"
	"errors"
	"io"
	"slices"
)

// Bytes that stand for something else than themselves in a masked text.
const (
	Nothing = 0x00 // no character at all: words go on across it
	Break   = 0x1e // the end of a paragraph, a cell, a list item
)

// Kind is how a text is marked up.
type Kind string

const (
	Guess    Kind = ""         // told from the beginning of the text
	Plain    Kind = "text"     // no markup; addresses of pages are passed over
	HTML     Kind = "html"     // tags, entities, scripts and styles
	Markdown Kind = "markdown" // CommonMark as people write it, tags among it
)

const (
	piece = 64 << 10 // bytes read at a time
	far   = 16 << 10 // the longest tag, address or entity that is waited for
)

// Reader masks a stream.
type Reader struct {
	from  io.Reader
	kind  Kind
	raw   []byte // read, not yet masked
	out   []byte // the last piece, masked
	state state
	end   bool
}

// state is what a piece leaves for the next one.
type state struct {
	skip     string // inside this element, or "!" inside a comment: nothing is seen
	fence    byte   // inside a fence of this character
	lineHead bool   // at the beginning of a line
}

// NewReader masks what r has, as kind says or as its beginning looks.
func NewReader(r io.Reader, kind Kind) *Reader {
	return &Reader{from: r, kind: kind, state: state{lineHead: true}}
}

// Kind is how the text is read; it is known after the first Next.
func (r *Reader) Kind() Kind { return r.kind }

// Next gives the next masked bytes, which hold until the call after it. The
// pieces joined are as long as what was read. At the end it gives io.EOF; an
// error of the stream comes back as it is.
func (r *Reader) Next() ([]byte, error) {
	for {
		if !r.end && len(r.raw) < piece {
			if err := r.fill(); err != nil {
				return nil, err
			}
		}
		if r.kind == Guess {
			r.kind = Looks(r.raw)
		}
		if len(r.raw) == 0 {
			return nil, io.EOF
		}
		r.out = append(r.out[:0], r.raw...)
		n := r.mask(r.out, r.end || len(r.raw) >= piece+far)
		if n == 0 && !r.end {
			if err := r.fill(); err != nil {
				return nil, err
			}
			continue
		}
		r.raw = append(r.raw[:0], r.raw[n:]...)
		return r.out[:n], nil
	}
}

// fill reads a piece more.
func (r *Reader) fill() error {
	old := len(r.raw)
	r.raw = slices.Grow(r.raw, piece)[:old+piece]
	n, err := io.ReadFull(r.from, r.raw[old:])
	r.raw = r.raw[:old+n]
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		r.end = true
		return nil
	}
	return err
}

// mask works in place and says how many bytes are done. What begins near the
// end and is not closed waits for more, unless final is set.
func (r *Reader) mask(b []byte, final bool) int {
	i := 0
	for i < len(b) {
		n := r.step(b, i, final)
		if n == 0 {
			return i
		}
		i += n
	}
	return i
}

// step masks what begins at i and gives its length, 0 to wait for more.
func (r *Reader) step(b []byte, i int, final bool) int {
	c := b[i]
	if c == '\n' {
		r.state.lineHead = true
		if r.kind == HTML {
			b[i] = ' ' // there a line ends nothing
		}
		return 1
	}
	if r.kind != Plain {
		if r.state.skip != "" {
			return r.hidden(b, i, final)
		}
		if r.kind == Markdown && r.state.lineHead {
			if n := r.lineStart(b, i, final); n != 0 || !final && !bytes.ContainsRune(b[i:], '\n') && len(b)-i < far {
				return n
			}
		}
		r.state.lineHead = false
		if r.state.fence != 0 {
			b[i] = Nothing
			return 1
		}
		switch {
		case c == '<':
			return r.tag(b, i, final)
		case c == '&':
			return entity(b, i, final)
		case r.kind == Markdown && bytes.IndexByte([]byte("*_`[]()|!~"), c) >= 0:
			return inline(b, i, final)
		}
	}
	switch {
	case c == 'h' && (i == 0 || !letter(b[i-1])):
		return address(b, i, final)
	case c == Break:
		b[i] = ' '
	case c < ' ' && c != Nothing && c != '\t' && c != '\r' || c == 0x7f:
		b[i] = ' '
	}
	return 1
}

// address passes over an address of a page, whose words are nobody's sentence.
func address(b []byte, i int, final bool) int {
	rest := b[i:]
	if len(rest) < len("https://") && !final {
		return 0
	}
	if !bytes.HasPrefix(rest, []byte("http://")) && !bytes.HasPrefix(rest, []byte("https://")) {
		return 1
	}
	n := bytes.IndexAny(rest, " \t\r\n<>\"")
	if n < 0 {
		if n = len(rest); !final && n < far {
			return 0
		}
	}
	for n > 1 && bytes.IndexByte([]byte(".,;:!?)"), rest[n-1]) >= 0 {
		n--
	}
	blank(rest[:n])
	return n
}

func blank(b []byte) {
	for i := range b {
		b[i] = Nothing
	}
}

func letter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= 0x80 || c >= '0' && c <= '9' }
