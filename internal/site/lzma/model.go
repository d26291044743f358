package lzma

// What the coder has learned of the file so far.
type model struct {
	literal              [8 * 0x300]chance
	match                [states]chance // against a literal
	rep                  [states]chance // a distance of before, against a new one
	rep0, rep1, rep2     [states]chance // which
	rep0Long             [states]chance // against one byte from there
	newLength, repLength lengthModel
	slots                [4][64]chance // by the length
	near                 [128]chance   // low bits of short distances
	align                [16]chance    // of long ones
}

type lengthModel struct {
	beyondLow, beyondMid chance
	low, mid             [8]chance
	high                 [256]chance
}

const (
	states    = 12
	shortest  = 2
	longest   = 273
	firstNear = 4  // slots from here on have low bits
	firstFar  = 14 // and from here on plain bits before them
	alignBits = 4
)

func newModel() *model {
	m := new(model)
	for _, list := range [][]chance{m.literal[:], m.match[:], m.rep[:], m.rep0[:], m.rep1[:], m.rep2[:], m.rep0Long[:],
		m.slots[0][:], m.slots[1][:], m.slots[2][:], m.slots[3][:], m.near[:], m.align[:]} {
		for i := range list {
			list[i] = even
		}
	}
	for _, l := range []*lengthModel{&m.newLength, &m.repLength} {
		l.beyondLow, l.beyondMid = even, even
		for _, list := range [][]chance{l.low[:], l.mid[:], l.high[:]} {
			for i := range list {
				list[i] = even
			}
		}
	}
	return m
}

// A state says what the last steps were: 0 to 6 after a literal.
type state uint8

func (s state) afterLiteral() state {
	switch {
	case s < 4:
		return 0
	case s < 10:
		return s - 3
	}
	return s - 6
}

func (s state) after(literal, other state) state {
	if s < 7 {
		return literal
	}
	return other
}

func (s state) afterMatch() state { return s.after(7, 10) }
func (s state) afterRep() state   { return s.after(8, 11) }
func (s state) afterShort() state { return s.after(9, 11) }

// reps are the last four distances, the latest first. A distance is 0 for the
// byte before.
type reps [4]uint32

// moved is the list after the i-th was used.
func (r reps) moved(i int) reps {
	d := r[i]
	copy(r[1:i+1], r[:i])
	r[0] = d
	return r
}

func (r reps) with(d uint32) reps { return reps{d, r[0], r[1], r[2]} }

// A step is one thing of which a packed file is made.
type step struct {
	length int
	kind   int // literal, a rep, or match plus the distance
}

const (
	literal = -1
	match   = 4
)

// encoder writes steps.
type encoder struct {
	data  []byte
	at    int
	coder coder
	model *model
	state state
	reps  reps
}

func (e *encoder) write(s step) {
	m, c := e.model, &e.coder
	switch {
	case s.kind == literal:
		c.bit(&m.match[e.state], 0)
		e.literal()
		e.state = e.state.afterLiteral()
	case s.kind >= match:
		d := uint32(s.kind - match)
		c.bit(&m.match[e.state], 1)
		c.bit(&m.rep[e.state], 0)
		c.length(&m.newLength, s.length)
		e.distance(d, s.length)
		e.state, e.reps = e.state.afterMatch(), e.reps.with(d)
	default:
		c.bit(&m.match[e.state], 1)
		c.bit(&m.rep[e.state], 1)
		e.rep(s)
		e.reps = e.reps.moved(s.kind)
	}
	e.at += s.length
}

// before is the byte at a distance, which is there.
func before(data []byte, at int, d uint32) byte { return data[at-int(d)-1] }

// literalModel is chosen by the byte before.
func (m *model) literalModel(data []byte, at int) []chance {
	base := 0
	if at > 0 {
		base = 0x300 * int(data[at-1]>>5)
	}
	return m.literal[base : base+0x300]
}

func (e *encoder) literal() {
	p, v := e.model.literalModel(e.data, e.at), uint32(e.data[e.at])
	if e.state < 7 {
		e.coder.tree(p, v, 8)
		return
	}
	// After a match the byte that would go on with it is what this one is not.
	like, m, same := uint32(before(e.data, e.at, e.reps[0])), uint32(1), true
	for i := 7; i >= 0; i-- {
		b, want := v>>i&1, like>>i&1
		if same {
			e.coder.bit(&p[(1+want)<<8+m], b)
		} else {
			e.coder.bit(&p[m], b)
		}
		same = same && b == want
		m = m<<1 | b
	}
}

func (e *encoder) rep(s step) {
	m, c := e.model, &e.coder
	if s.kind == 0 {
		c.bit(&m.rep0[e.state], 0)
		if s.length == 1 {
			c.bit(&m.rep0Long[e.state], 0)
			e.state = e.state.afterShort()
			return
		}
		c.bit(&m.rep0Long[e.state], 1)
	} else {
		c.bit(&m.rep0[e.state], 1)
		if s.kind == 1 {
			c.bit(&m.rep1[e.state], 0)
		} else {
			c.bit(&m.rep1[e.state], 1)
			c.bit(&m.rep2[e.state], uint32(s.kind-2))
		}
	}
	c.length(&m.repLength, s.length)
	e.state = e.state.afterRep()
}

func (c *coder) length(m *lengthModel, n int) {
	v := uint32(n - shortest)
	if v < 8 {
		c.bit(&m.beyondLow, 0)
		c.tree(m.low[:], v, 3)
		return
	}
	c.bit(&m.beyondLow, 1)
	if v < 16 {
		c.bit(&m.beyondMid, 0)
		c.tree(m.mid[:], v-8, 3)
		return
	}
	c.bit(&m.beyondMid, 1)
	c.tree(m.high[:], v-16, 8)
}

// classOf is how a length bears on distances.
func classOf(length int) int { return min(length, 5) - shortest }

func (e *encoder) distance(d uint32, length int) {
	m, c, slot := e.model, &e.coder, slotOf(d)
	c.tree(m.slots[classOf(length)][:], slot, 6)
	if slot < firstNear {
		return
	}
	n := int(slot>>1) - 1
	high := (2 | slot&1) << n
	if slot < firstFar {
		c.back(m.near[high-slot:], d-high, n)
		return
	}
	c.plain((d-high)>>alignBits, n-alignBits)
	c.back(m.align[:], d&(1<<alignBits-1), alignBits)
}
