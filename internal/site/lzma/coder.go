package lzma

import "math/bits"

// chance is how likely a bit is 0, of 2048.
type chance uint16

const even chance = 1024

const moveBits = 5

// coder is the range coder: it narrows an interval bit by bit.
type coder struct {
	out     []byte
	low     uint64
	width   uint32
	last    byte // the byte that a carry may still change
	pending int  // it and the bytes 0xff after it
}

func (c *coder) bit(p *chance, b uint32) {
	bound := c.width >> 11 * uint32(*p)
	if b == 0 {
		c.width = bound
		*p += (2048 - *p) >> moveBits
	} else {
		c.low += uint64(bound)
		c.width -= bound
		*p -= *p >> moveBits
	}
	for c.width < 1<<24 {
		c.width <<= 8
		c.shift()
	}
}

// plain writes bits that are as often 0 as 1, the highest first.
func (c *coder) plain(v uint32, n int) {
	for n--; n >= 0; n-- {
		c.width >>= 1
		if v>>n&1 == 1 {
			c.low += uint64(c.width)
		}
		for c.width < 1<<24 {
			c.width <<= 8
			c.shift()
		}
	}
}

// tree writes n bits, the highest first, each with the chance that those before
// it lead to.
func (c *coder) tree(p []chance, v uint32, n int) {
	m := uint32(1)
	for n--; n >= 0; n-- {
		b := v >> n & 1
		c.bit(&p[m], b)
		m = m<<1 | b
	}
}

// back is tree with the lowest bit first.
func (c *coder) back(p []chance, v uint32, n int) {
	m := uint32(1)
	for range n {
		c.bit(&p[m], v&1)
		m = m<<1 | v&1
		v >>= 1
	}
}

func (c *coder) shift() {
	if uint32(c.low) < 0xff000000 || c.low>>32 != 0 {
		carry := byte(c.low >> 32)
		for b := c.last; c.pending > 0; c.pending-- {
			c.out = append(c.out, b+carry)
			b = 0xff
		}
		c.last = byte(c.low >> 24)
	}
	c.pending++
	c.low = c.low & 0x00ffffff << 8
}

func (c *coder) finish() []byte {
	for range 5 {
		c.shift()
	}
	return c.out
}

// A price is what bits cost, in sixteenths of a bit.
type price uint32

const perBit price = 16

// costs are the prices of a bit by its chance: -log2, by squaring, since a
// logarithm in floating point may differ between machines.
var costs = func() (list [128]price) {
	for i := range list {
		w, shifts := uint32(i)<<4+8, 0
		for range 4 {
			w *= w
			shifts <<= 1
			for w >= 1<<16 {
				w >>= 1
				shifts++
			}
		}
		list[i] = price(11<<4 - 15 - shifts)
	}
	return list
}()

func (p chance) price(b uint32) price { return costs[(uint32(p)^-b&2047)>>4] }

func treePrice(p []chance, v uint32, n int) (sum price) {
	m := uint32(1)
	for n--; n >= 0; n-- {
		b := v >> n & 1
		sum += p[m].price(b)
		m = m<<1 | b
	}
	return sum
}

func backPrice(p []chance, v uint32, n int) (sum price) {
	m := uint32(1)
	for range n {
		sum += p[m].price(v & 1)
		m = m<<1 | v&1
		v >>= 1
	}
	return sum
}

// slotOf is the class of a distance: its two highest bits and how many follow.
func slotOf(d uint32) uint32 {
	if d < 4 {
		return d
	}
	n := uint32(bits.Len32(d)) - 1
	return 2*n + d>>(n-1)&1
}
