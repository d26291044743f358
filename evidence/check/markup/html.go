package markup

import (
	"bytes"
	"html"
	"slices"
	"strings"
)

// hiding are the elements whose content nobody reads.
var hiding = []string{"script", "style", "template", "noscript", "svg", "iframe", "object", "select", "textarea"}

// flowing are the elements that stand inside a sentence; every other one ends
// it.
var flowing = []string{"a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img", "ins", "kbd", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"}

// tag masks a tag, a comment or a declaration that begins at i; a sign that
// begins none of them stays.
func (r *Reader) tag(b []byte, i int, final bool) int {
	rest := b[i:]
	if len(rest) < len("<!--") && !final {
		return 0
	}
	switch {
	case bytes.HasPrefix(rest, []byte("<!--")):
		r.state.skip = "!"
		blank(rest[:4])
		return 4
	case len(rest) < 2 || !(rest[1] == '/' || rest[1] == '!' || rest[1] == '?' || rest[1]|0x20 >= 'a' && rest[1]|0x20 <= 'z'):
		return 1
	}
	n := closing(rest)
	if n == 0 {
		if !final && len(rest) < far {
			return 0
		}
		return 1
	}
	name := tagName(rest[:n])
	blank(rest[:n])
	if !slices.Contains(flowing, name) {
		rest[0] = Break
	}
	if rest[1] = Nothing; slices.Contains(hiding, name) && b[i] == Break {
		r.state.skip = name
	}
	return n
}

// closing is the length of the tag that b begins with, 0 where it is not
// closed. A sign inside quotes closes nothing.
func closing(b []byte) int {
	b = b[:min(len(b), far)]
	if bytes.IndexByte(b, '>') < 0 {
		return 0 // soon seen, so that a text of nothing but open tags takes no longer than others
	}
	var quote byte
	for i, c := range b {
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case (c == '"' || c == '\'') && i > 0 && b[i-1] == '=':
			quote = c
		case c == '>':
			return i + 1
		}
	}
	return 0
}

// tagName is the element's name in small letters, with its slash taken off
// only when it does not open: "/script" hides nothing.
func tagName(tag []byte) string {
	s := tag[1:]
	end := false
	if len(s) > 0 && s[0] == '/' {
		s, end = s[1:], true
	}
	n := 0
	for n < len(s) && letter(s[n]) {
		n++
	}
	name := strings.ToLower(string(s[:n]))
	if end && slices.Contains(hiding, name) || bytes.HasSuffix(tag, []byte("/>")) && slices.Contains(hiding, name) {
		return "/" + name
	}
	return name
}

// hidden masks up to the end of a comment or of an element that hides.
func (r *Reader) hidden(b []byte, i int, final bool) int {
	rest := b[i:]
	end := "</" + r.state.skip
	if r.state.skip == "!" {
		end = "-->"
	}
	if len(rest) < len(end) && !final {
		return 0
	}
	if len(rest) >= len(end) && strings.EqualFold(string(rest[:len(end)]), end) {
		if end == "-->" {
			blank(rest[:len(end)])
			r.state.skip = ""
			return len(end)
		}
		n := closing(rest)
		if n == 0 && !final && len(rest) < far {
			return 0
		}
		r.state.skip = ""
		n = max(n, len(end))
		blank(rest[:n])
		rest[0] = Break
		return n
	}
	rest[0] = Nothing
	return 1
}

// entity puts a character in the place of its name.
func entity(b []byte, i int, final bool) int {
	rest := b[i:min(len(b), i+33)]
	n := bytes.IndexByte(rest, ';')
	if n < 0 {
		if !final && len(rest) < 33 && !bytes.ContainsAny(rest, " \n<") {
			return 0
		}
		return 1
	}
	name := string(rest[:n+1])
	char := html.UnescapeString(name)
	if char == name || len(char) > len(name) {
		return 1
	}
	blank(rest[:n+1])
	copy(rest, char)
	return n + 1
}
