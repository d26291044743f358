package markup

import "bytes"

// lineStart masks what a line of Markdown begins with: a heading, a bullet, a
// quotation, a rule, a fence. It gives 0 where the line begins with none, or
// where more must be seen.
func (r *Reader) lineStart(b []byte, i int, final bool) int {
	rest := b[i:]
	end := bytes.IndexByte(rest, '\n')
	if end < 0 {
		if !final && len(rest) < far {
			return 0
		}
		end = len(rest)
	}
	line := rest[:end]
	n := 0
	for n < len(line) && (line[n] == ' ' || line[n] == '\t') {
		n++
	}
	body := line[n:]
	r.state.lineHead = false
	if fence := fenceOf(body); fence != 0 && (r.state.fence == 0 || r.state.fence == fence) {
		if r.state.fence == 0 {
			r.state.fence = fence
		} else {
			r.state.fence = 0
		}
		blank(line)
		if len(line) > 0 {
			line[0] = Break
		}
		return len(line)
	}
	if r.state.fence != 0 || len(body) == 0 {
		return 0
	}
	sign := signs(body)
	if sign == 0 {
		return 0
	}
	blank(line[:n+sign])
	line[0] = Break
	return n + sign
}

func fenceOf(line []byte) byte {
	for _, c := range []byte("`~") {
		if bytes.HasPrefix(line, []byte{c, c, c}) {
			return c
		}
	}
	return 0
}

// signs is how many bytes a block's sign takes, 0 for none.
func signs(line []byte) int {
	n := 0
	for n < len(line) && line[n] == '#' {
		n++
	}
	if n > 0 {
		return n
	}
	if rule := bytes.Trim(line, "-=*_ \t\r|:"); len(rule) == 0 && len(line) >= 3 {
		return len(line)
	}
	for n < len(line) && (line[n] == '>' || line[n] == ' ') {
		n++
	}
	if n > 0 && line[0] == '>' {
		return n
	}
	if len(line) > 1 && bytes.IndexByte([]byte("-*+|"), line[0]) >= 0 && (line[1] == ' ' || line[0] == '|') {
		return 1
	}
	n = 0
	for n < len(line) && line[n] >= '0' && line[n] <= '9' {
		n++
	}
	if n > 0 && n < 4 && n+1 < len(line) && (line[n] == '.' || line[n] == ')') && line[n+1] == ' ' {
		return n + 1
	}
	return 0
}

// inline masks emphasis, code marks, links and the bars of a table.
func inline(b []byte, i int, final bool) int {
	c := b[i]
	switch c {
	case '*', '`', '~':
		b[i] = Nothing
	case '_':
		if i > 0 && i+1 < len(b) && letter(b[i-1]) && letter(b[i+1]) {
			return 1
		}
		b[i] = Nothing
	case '|':
		b[i] = Break
	case '[':
		b[i] = Nothing
	case '!':
		if i+1 < len(b) && b[i+1] == '[' {
			b[i] = Nothing
		}
	case ']':
		if i+1 == len(b) && !final {
			return 0
		}
		n := 1
		if i+1 < len(b) && b[i+1] == '(' {
			rest := b[i:min(len(b), i+far)]
			end, line := bytes.IndexByte(rest, ')'), bytes.IndexByte(rest, '\n')
			if end < 0 && line < 0 && !final && len(rest) < far {
				return 0
			}
			if end > 0 && (line < 0 || end < line) {
				n = end + 1
			}
		}
		blank(b[i : i+n])
		return n
	}
	return 1
}
