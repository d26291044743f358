// Package lzma packs a file as LZMA: a third smaller than gzip for the program
// of the pocket, and unpacked by a page of script (site/page/unpack.js), so that
// no host has to know of it. Written from Igor Pavlov's LZMA specification
// (2015); what comes out is a .lzma file that xz opens.
package lzma

import "encoding/binary"

// Of the three numbers that a .lzma file begins with, one is used, the one that
// fits programs for WebAssembly: the three high bits of the byte before choose
// the model of a literal, and the place of a byte chooses nothing.
const (
	properties = 3 // lc 3, lp 0, pb 0
	headerSize = 13
	dictionary = 1 << 23 // how far back a match may be, in bytes
)

// Effort is how hard Pack looks for repetitions.
type Effort struct {
	depth int // how many earlier places are tried for each byte
	nice  int // a match so long is taken without a look at others
	// greedy takes the longest match, where else the cheapest way is looked for.
	greedy bool
}

// Best is for what is shipped; Quick is for tests: five times as
// fast, and nearly half as large again.
var (
	Best  = Effort{depth: 48, nice: longest}
	Quick = Effort{depth: 1, nice: 32, greedy: true}
)

// Pack gives the same bytes for the same input, on every machine.
func Pack(b []byte, effort Effort) []byte {
	out := make([]byte, headerSize, len(b)/4+64)
	out[0] = properties
	binary.LittleEndian.PutUint32(out[1:], dictionary)
	binary.LittleEndian.PutUint64(out[5:], uint64(len(b)))
	e := &encoder{data: b, coder: coder{out: out, width: 0xffffffff, pending: 1}, model: newModel()}
	p := newParser(e, effort)
	for e.at < len(b) {
		if effort.greedy {
			p.greedy()
		} else {
			p.segment()
		}
	}
	return e.coder.finish()
}
