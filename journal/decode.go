package journal

import (
	"bytes"
	"math"
	"strconv"
	"unicode/utf8"
)

// Opening a journal decodes every record, and nearly all are doses, check-ins
// and days without. decodeFast reads those in the form that Encode writes, some
// five times faster than encoding/json; whatever it does not expect, down to an
// escape in a string, it leaves to encoding/json. A property test and a fuzz
// test hold the two together.
func decodeFast(plain []byte) (Event, bool) {
	var e Event
	r := reader{b: plain}
	v := 0
	r.object(func(key []byte) {
		switch string(key) {
		case "v":
			v = r.int()
		case "kind":
			e.Kind = kindOf(r.string())
		case "at":
			r.fail(e.At.UnmarshalText(r.string()) != nil)
		case "recorded":
			r.fail(e.Recorded.UnmarshalText(r.string()) != nil)
		case "replaces":
			r.fail(e.Replaces.UnmarshalText(r.string()) != nil)
		case "rev":
			e.Rev = r.int()
		case "origin":
			e.Origin = r.origin()
		default:
			d := Describe(kindOf(key))
			if d == nil || d.fast == nil || e.Body != nil || v != d.Version() {
				r.fail(true)
				return
			}
			e.Body = d.fast(&r)
		}
	})
	ok := !r.bad && r.i == len(r.b) && e.Validate() == nil
	return e, ok
}

// kindOf keeps a known kind from being allocated anew for every record.
func kindOf(s []byte) Kind {
	for _, d := range kinds {
		if string(d.Kind) == string(s) {
			return d.Kind
		}
	}
	return Kind(s)
}

// reader walks compact JSON. Once something is unexpected it is bad and stays
// so.
type reader struct {
	b   []byte
	i   int
	bad bool
}

func (r *reader) fail(is bool) { r.bad = r.bad || is }

// take steps over the byte c if it is next.
func (r *reader) take(c byte) bool {
	if r.i < len(r.b) && r.b[r.i] == c {
		r.i++
		return true
	}
	return false
}

// object calls field with each key; field reads the value. A key that comes
// twice is left to encoding/json, which merges.
func (r *reader) object(field func(key []byte)) {
	r.fail(!r.take('{'))
	if r.bad || r.take('}') {
		return
	}
	var seen [24][]byte
	for n := 0; !r.bad; n++ {
		key := r.string()
		r.fail(!r.take(':') || n == len(seen))
		for i := 0; i < n && !r.bad; i++ {
			r.fail(bytes.Equal(seen[i], key))
		}
		if r.bad {
			return
		}
		seen[n] = key
		field(key)
		if r.take('}') {
			return
		}
		r.fail(!r.take(','))
	}
}

func (r *reader) list(item func()) {
	r.fail(!r.take('['))
	if r.take(']') {
		r.bad = true // an empty list is not what Encode writes
	}
	for !r.bad {
		item()
		if r.take(']') {
			return
		}
		r.fail(!r.take(','))
	}
}

// string gives the bytes between the quotes of a string without escapes.
func (r *reader) string() []byte {
	if !r.take('"') {
		r.bad = true
		return nil
	}
	start, ascii := r.i, true
	for ; r.i < len(r.b); r.i++ {
		switch c := r.b[r.i]; {
		case c == '"':
			s := r.b[start:r.i]
			r.i++
			r.fail(!ascii && !utf8.Valid(s))
			return s
		case c == '\\' || c < ' ':
			r.bad = true
			return nil
		case c >= utf8.RuneSelf:
			ascii = false
		}
	}
	r.bad = true
	return nil
}

func (r *reader) float() float64 {
	start := r.i
	for r.i < len(r.b) && (r.b[r.i]-'0' < 10 || r.b[r.i] == '.') {
		r.i++
	}
	s := r.b[start:r.i]
	// Leading zeros and bare points are not JSON; exponents and signs are rare.
	if len(s) == 0 || s[0] == '.' || s[len(s)-1] == '.' || s[0] == '0' && len(s) > 1 && s[1] != '.' {
		r.bad = true
		return 0
	}
	v, err := strconv.ParseFloat(string(s), 64)
	r.fail(err != nil)
	return v
}

func (r *reader) int() int {
	v := r.float()
	r.fail(v != math.Trunc(v) || v > 1e9)
	return int(v)
}

func (r *reader) intp() *int {
	v := r.int()
	return &v
}
