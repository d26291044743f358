package lzma

import (
	"encoding/binary"
	"errors"
)

var errNotWhole = errors.New("not a whole file")

// unpacker reads what Pack writes, bit by bit as the specification says.
type unpacker struct {
	in          []byte
	width, code uint32
	model       *model
	out         []byte
	broken      bool
}

func (u *unpacker) more() {
	for u.width < 1<<24 {
		u.width <<= 8
		u.code <<= 8
		if len(u.in) == 0 {
			u.broken = true
			continue
		}
		u.code |= uint32(u.in[0])
		u.in = u.in[1:]
	}
}

func (u *unpacker) bit(p *chance) (b uint32) {
	bound := u.width >> 11 * uint32(*p)
	if u.code < bound {
		u.width = bound
		*p += (2048 - *p) >> moveBits
	} else {
		u.width -= bound
		u.code -= bound
		*p -= *p >> moveBits
		b = 1
	}
	u.more()
	return b
}

func (u *unpacker) tree(p []chance, n int) uint32 {
	m := uint32(1)
	for range n {
		m = m<<1 | u.bit(&p[m])
	}
	return m - 1<<n
}

func (u *unpacker) back(p []chance, n int) (v uint32) {
	m := uint32(1)
	for i := range n {
		b := u.bit(&p[m])
		m = m<<1 | b
		v |= b << i
	}
	return v
}

func (u *unpacker) plain(n int) (v uint32) {
	for range n {
		u.width >>= 1
		v <<= 1
		if u.code >= u.width {
			u.code -= u.width
			v |= 1
		}
		u.more()
	}
	return v
}

func (u *unpacker) length(m *lengthModel) int {
	if u.bit(&m.beyondLow) == 0 {
		return shortest + int(u.tree(m.low[:], 3))
	}
	if u.bit(&m.beyondMid) == 0 {
		return shortest + 8 + int(u.tree(m.mid[:], 3))
	}
	return shortest + 16 + int(u.tree(m.high[:], 8))
}

func (u *unpacker) distance(length int) uint32 {
	slot := u.tree(u.model.slots[classOf(length)][:], 6)
	if slot < firstNear {
		return slot
	}
	n := int(slot>>1) - 1
	high := (2 | slot&1) << n
	if slot < firstFar {
		return high + u.back(u.model.near[high-slot:], n)
	}
	return high + u.plain(n-alignBits)<<alignBits + u.back(u.model.align[:], alignBits)
}

func (u *unpacker) literal(s state, d uint32) byte {
	p, m := u.model.literalModel(u.out, len(u.out)), uint32(1)
	if s >= 7 {
		for like := uint32(before(u.out, len(u.out), d)); m < 0x100; like <<= 1 {
			want := like >> 7 & 1
			b := u.bit(&p[(1+want)<<8+m])
			m = m<<1 | b
			if b != want {
				break
			}
		}
	}
	for m < 0x100 {
		m = m<<1 | u.bit(&p[m])
	}
	return byte(m)
}

// unpack gives what was packed.
func unpack(file []byte) ([]byte, error) {
	if len(file) < headerSize+5 || file[0] != properties {
		return nil, errNotWhole
	}
	u := &unpacker{in: file[headerSize+1:], model: newModel()}
	for size := binary.LittleEndian.Uint64(file[5:]); uint64(len(u.out)) < size; {
		if u.width == 0 {
			u.width, u.code, u.in = 0xffffffff, binary.BigEndian.Uint32(u.in), u.in[4:]
		}
		if !u.steps(size) {
			return nil, errNotWhole
		}
	}
	return u.out, nil
}

func (u *unpacker) steps(size uint64) bool {
	var s state
	var r reps
	m := u.model
	for uint64(len(u.out)) < size && !u.broken {
		if u.bit(&m.match[s]) == 0 {
			u.out = append(u.out, u.literal(s, r[0]))
			s = s.afterLiteral()
			continue
		}
		length := 0
		switch {
		case u.bit(&m.rep[s]) == 0:
			length = u.length(&m.newLength)
			s, r = s.afterMatch(), r.with(u.distance(length))
		case u.bit(&m.rep0[s]) == 0:
			if u.bit(&m.rep0Long[s]) == 0 {
				length, s = 1, s.afterShort()
			} else {
				length, s = u.length(&m.repLength), s.afterRep()
			}
		default:
			k := 1
			if u.bit(&m.rep1[s]) == 1 {
				k = 2 + int(u.bit(&m.rep2[s]))
			}
			length, s, r = u.length(&m.repLength), s.afterRep(), r.moved(k)
		}
		if int(r[0]) >= len(u.out) || uint64(len(u.out)+length) > size {
			return false
		}
		for range length {
			u.out = append(u.out, before(u.out, len(u.out), r[0]))
		}
	}
	return !u.broken
}
