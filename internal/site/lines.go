package site

import (
	"bytes"
	"encoding/binary"
)

// withoutLines blanks the tables by which a trace of the program's calls would
// name files and lines, a twentieth of what travels. Names of functions stay,
// and so does everything that runs or collects memory: Go reads an absent table
// (offset 0) as "not known". The tables are found as Go 1.20 to 1.26 lay them
// out (package runtime, symtab.go: pcHeader, _func); a program of another form
// is given back as it is, only heavier, and TestWithoutLines fails.
func withoutLines(wasm []byte) []byte {
	segments, size, ok := dataOf(wasm)
	if !ok {
		return wasm
	}
	memory := make([]byte, size)
	for _, s := range segments {
		copy(memory[s.address:], wasm[s.at:s.at+s.size])
	}
	if !blankLines(memory) {
		return wasm
	}
	out := bytes.Clone(wasm)
	for _, s := range segments {
		copy(out[s.at:s.at+s.size], memory[s.address:])
	}
	return out
}

// Where things are in a header of the tables and in the entry of a function, in
// bytes.
const (
	headSize = 72
	funcSize = 44 // without the two lists after it
	pcsp     = 16
	pcfile   = 20
	pcln     = 24
	nPCData  = 28
	fileUnit = 32
)

// blankLines blanks the tables in an image of the program's memory, and reports
// whether they were there and whole.
func blankLines(memory []byte) bool {
	word := func(b []byte, at int) int { return int(binary.LittleEndian.Uint32(b[at:])) }
	start := bytes.Index(memory, []byte{0xf1, 0xff, 0xff, 0xff, 0, 0, 1, 8})
	if start < 0 || len(memory)-start < headSize {
		return false
	}
	t := memory[start:]
	count, tables, funcs := word(t, 8), word(t, 56), word(t, 64)
	if tables > funcs || funcs > len(t) || count > (len(t)-funcs)/8 {
		return false
	}
	pcs, index := t[tables:funcs], t[funcs:]
	kept, lines := map[int]bool{0: true}, map[int]bool{}
	var entries [][]byte
	for i := range count {
		at := word(index, 8*i+4)
		if at+funcSize > len(index) {
			return false
		}
		f := index[at:]
		n := word(f, nPCData)
		if funcSize+4*n > len(f) {
			return false
		}
		kept[word(f, pcsp)] = true
		for k := range n {
			kept[word(f, funcSize+4*k)] = true
		}
		lines[word(f, pcfile)], lines[word(f, pcln)] = true, true
		entries = append(entries, f)
	}
	ends := map[int]int{}
	for at := range lines {
		if kept[at] { // the same table may say two things
			continue
		}
		end, ok := endOfTable(pcs, at)
		if !ok {
			return false
		}
		ends[at] = end
	}
	for at, end := range ends {
		clear(pcs[at:end])
	}
	for _, f := range entries {
		clear(f[pcfile:nPCData])
		clear(f[fileUnit : fileUnit+8]) // its files, and the line that it starts on
	}
	return true
}

// endOfTable is where a table of program counters ends: pairs of numbers, until
// a step of nothing that is not the first.
func endOfTable(pcs []byte, at int) (int, bool) {
	for first := true; at < len(pcs); first = false {
		if pcs[at] == 0 && !first {
			return at + 1, true
		}
		for range 2 {
			_, n := binary.Uvarint(pcs[at:])
			if n <= 0 {
				return 0, false
			}
			at += n
		}
	}
	return 0, false
}
