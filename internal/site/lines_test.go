package site

import (
	"bytes"
	"testing"
)

func TestWithoutLines(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program")
	}
	c, err := compiled()
	if err != nil {
		t.Fatal(err)
	}
	// Build has taken them out; a second time changes nothing and finds them all.
	segments, size, ok := dataOf(c.wasm)
	if !ok || len(segments) == 0 {
		t.Fatal("the program's data is not found")
	}
	memory := make([]byte, size)
	for _, s := range segments {
		copy(memory[s.address:], c.wasm[s.at:s.at+s.size])
	}
	again := bytes.Clone(memory)
	if !blankLines(again) {
		t.Error("the tables have another form than withoutLines knows")
	}
	if !bytes.Equal(again, memory) {
		t.Error("tables of lines were left in the program")
	}
}

// A table of two steps, one of one step, and what is cut short.
func TestEndOfTable(t *testing.T) {
	for _, c := range []struct {
		pcs []byte
		end int
		ok  bool
	}{
		{[]byte{2, 1, 4, 9, 0, 7}, 5, true},
		{[]byte{0, 1, 0}, 3, true},
		{[]byte{2, 0x81, 1, 0}, 4, true},
		{[]byte{2, 1, 4}, 0, false},
		{[]byte{2, 1}, 0, false},
		{nil, 0, false},
	} {
		if end, ok := endOfTable(c.pcs, 0); end != c.end || ok != c.ok {
			t.Errorf("%v ends at %d, %v; want %d, %v", c.pcs, end, ok, c.end, c.ok)
		}
	}
}

// What is no program, or another one, stays as it is.
func FuzzWithoutLines(f *testing.F) {
	head := "\x00asm\x01\x00\x00\x00"
	f.Add([]byte(head))
	f.Add([]byte(head + "\x0b\x09\x01\x00\x41\x05\x0b\x03abc"))
	f.Add([]byte(head + "\x0b\x0e\x01\x00\x41\x05\x0b\x08\xf1\xff\xff\xff\x00\x00\x01\x08"))
	f.Add([]byte(head + "\x0b\x7f\x01\x00\x41\x05\x0b\x7f"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if out := withoutLines(b); len(out) != len(b) {
			t.Errorf("%d bytes became %d", len(b), len(out))
		}
	})
}
