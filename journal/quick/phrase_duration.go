package quick

import (
	"strconv"
)

// duration is a length of time in the units of the line.
type duration struct {
	seconds float64
	days    int
	months  float64
	vague   bool
	whole   bool // of today, in parts
}

// duration reads "20 min", "an hour and a half", "1h 20m", "1h20", "3 days".
func (p *reader) duration(i int) (duration, int) {
	var d duration
	j := p.skip(i, wAbout, wAround, wRoughly, wLike, wTilde)
	start := j
	for j < len(p.toks) {
		k := j
		if j > start {
			k = p.skip(j, wAnd, wComma)
		}
		n, ok := p.plainNumber(k)
		if !ok && j == start && p.is(k, roleSpan) && len(p.toks[k].text) >= len("hour") { // "hour and a half ago"
			if span, _ := p.match(k, roleSpan); span == "3600" {
				n, ok = quantity{val: 1, end: k}, true
			}
		}
		if !ok || n.flaw == garbledAmount || n.flaw == eitherAmount {
			break
		}
		k = p.skip(n.end, wMore, wOf, wDash, wWhole)
		if p.word(k, wA) && p.word(n.end-1, wHalf) {
			k++
		}
		span, m := p.match(k, roleSpan)
		if m == 0 {
			// The minutes of "1h20".
			if d.seconds >= 3600 && p.number(j) && p.toks[j].glued && n.val < 60 {
				d.seconds += n.val * 60
				j = n.end
			}
			break
		}
		if n.flaw == vagueAmount {
			d.vague = true
		}
		value := n.val
		j = k + m
		if p.word(j, wAnd) {
			half := quantity{val: value, end: j}
			p.andAHalf(&half)
			value, j = half.val, half.end
		}
		d.add(value, span)
	}
	if j == start {
		return d, i
	}
	return d, j
}

func (d *duration) add(n float64, span string) {
	switch span[0] {
	case 'd':
		days, _ := strconv.Atoi(span[1:])
		d.days += int(min(n*float64(days), 1e6))
	case 'm':
		months, _ := strconv.Atoi(span[1:])
		d.months += n * float64(months)
	default:
		s, _ := strconv.Atoi(span)
		d.seconds += min(n*float64(s), 1e12)
	}
}

// calendarDays is the length in days, at the mean length of a month.
func (d *duration) calendarDays() float64 {
	return float64(d.days) + d.months*365.25/12 + d.seconds/86400
}
