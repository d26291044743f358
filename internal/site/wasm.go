package site

import (
	"bytes"
	"encoding/binary"
)

// segment is a piece of a program's memory at its start.
type segment struct{ address, at, size int } // at is its place in the file

// most is the largest memory at the start that is looked at, in bytes.
const most = 1 << 28

// dataOf reads where a WebAssembly program keeps its data, and how much memory
// that fills. See WebAssembly Core Specification 1.0, 5.5.14.
func dataOf(wasm []byte) (list []segment, size int, ok bool) {
	if !bytes.HasPrefix(wasm, []byte("\x00asm\x01\x00\x00\x00")) {
		return nil, 0, false
	}
	r := &wasmReader{b: wasm, at: 8}
	for r.at < len(r.b) && !r.broken {
		kind, end := r.number(), r.number()
		if end += r.at; r.broken || end > len(r.b) {
			return nil, 0, false
		}
		if kind != 11 {
			r.at = end
			continue
		}
		for range r.number() {
			s, ok := r.segment()
			if !ok {
				return nil, 0, false
			}
			list, size = append(list, s), max(size, s.address+s.size)
		}
	}
	return list, size, !r.broken
}

type wasmReader struct {
	b      []byte
	at     int
	broken bool
}

// number reads one of 31 bits. It is 0 when there is none.
func (r *wasmReader) number() int {
	v, n := binary.Uvarint(r.b[min(r.at, len(r.b)):])
	if n <= 0 || v >= 1<<31 {
		r.broken = true
		return 0
	}
	r.at += n
	return int(v)
}

// segment reads one for a fixed address of the only memory: 0, i32.const, the
// address, end, and the bytes.
func (r *wasmReader) segment() (s segment, ok bool) {
	const i32Const, end = 0x41, 0x0b
	if r.number() != 0 || r.number() != i32Const {
		return s, false
	}
	// The address is signed, and a small positive one ends before its sign bit;
	// read without a sign it is the same number.
	s.address = r.number()
	if r.number() != end {
		return s, false
	}
	s.size = r.number()
	s.at = r.at
	r.at += s.size
	return s, !r.broken && s.address+s.size <= most && r.at <= len(r.b)
}
