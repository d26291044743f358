package opfs

import (
	"bytes"
	"encoding/binary"

	"github.com/evenkeel/evenkeel/internal/port"
)

// kind is what a frame does to the log.
type kind uint8

const (
	appended  kind = 1 // adds records at the end
	forgotten kind = 2 // empties records
	settled   kind = 3 // puts its records in place of everything before
)

const (
	frameFixed = 64
	entrySize  = 24
	frameMagic = "\xf7EKf"
)

// frame is one change of the log, without the ciphertexts, which follow it.
type frame struct {
	kind kind
	// version, last and forgot are the head's after the change: how often the
	// log changed, its last seq, and how many of its records are forgotten.
	version, last, forgot int64
	first                 int64 // seq of the first record
	entries               []entry
	emptied               []int64 // seqs that the frame forgets
	sealed                []byte  // the head's own bytes
}

// entry is one record of a frame.
type entry struct {
	id   port.RecordID
	size uint32 // of the ciphertext; 0 for a forgotten one
	sum  uint32 // of the ciphertext
}

// metaSize is how long the frame is without the ciphertexts.
func (f *frame) metaSize() int64 {
	return frameFixed + entrySize*int64(len(f.entries)) + 8*int64(len(f.emptied)) + int64(len(f.sealed)) + 4
}

func (f *frame) dataSize() (n int64) {
	for _, e := range f.entries {
		n += int64(e.size)
	}
	return n
}

// encode gives the bytes of the frame up to the ciphertexts.
func (f *frame) encode() []byte {
	b := make([]byte, 0, f.metaSize())
	b = append(b, frameMagic...)
	b = binary.LittleEndian.AppendUint32(b, uint32(f.metaSize()))
	b = binary.LittleEndian.AppendUint32(b, uint32(f.dataSize()))
	b = binary.LittleEndian.AppendUint32(b, uint32(f.kind))
	for _, n := range []int64{f.version, f.first, f.last, f.forgot} {
		b = binary.LittleEndian.AppendUint64(b, uint64(n))
	}
	for _, n := range []int{len(f.entries), len(f.emptied), len(f.sealed), 0} {
		b = binary.LittleEndian.AppendUint32(b, uint32(n))
	}
	for _, e := range f.entries {
		b = append(b, e.id[:]...)
		b = binary.LittleEndian.AppendUint32(b, e.size)
		b = binary.LittleEndian.AppendUint32(b, e.sum)
	}
	for _, seq := range f.emptied {
		b = binary.LittleEndian.AppendUint64(b, uint64(seq))
	}
	b = append(b, f.sealed...)
	return binary.LittleEndian.AppendUint32(b, sum(b))
}

// metaLength is how long a frame that begins with b says it is, up to its
// ciphertexts and with them; false where no frame begins.
func metaLength(b []byte) (meta, whole int64, ok bool) {
	if len(b) < frameFixed || string(b[:4]) != frameMagic {
		return 0, 0, false
	}
	n := func(at int) int64 { return int64(binary.LittleEndian.Uint32(b[at:])) }
	meta = n(4)
	if meta != frameFixed+entrySize*n(48)+8*n(52)+n(56)+4 {
		return 0, 0, false
	}
	return meta, meta + n(8), true
}

// decode reads a frame from exactly its bytes up to the ciphertexts; false for
// one that is not as it was written.
func decode(b []byte) (*frame, bool) {
	meta, whole, ok := metaLength(b)
	if !ok || meta != int64(len(b)) || binary.LittleEndian.Uint32(b[meta-4:]) != sum(b[:meta-4]) {
		return nil, false
	}
	n := func(at int) int64 { return int64(binary.LittleEndian.Uint64(b[at:])) }
	u := func(at int) uint32 { return binary.LittleEndian.Uint32(b[at:]) }
	f := &frame{kind: kind(u(12)), version: n(16), first: n(24), last: n(32), forgot: n(40)}
	if f.kind < appended || f.kind > settled || u(12)>>8 != 0 {
		return nil, false
	}
	entries, emptied, at := int(u(48)), int(u(52)), frameFixed
	if entries > 0 {
		f.entries = make([]entry, entries)
	}
	for i := range f.entries {
		f.entries[i] = entry{port.RecordID(b[at : at+16]), u(at + 16), u(at + 20)}
		at += entrySize
	}
	for range emptied {
		f.emptied = append(f.emptied, n(at))
		at += 8
	}
	f.sealed = bytes.Clone(b[at : meta-4])
	return f, f.dataSize() == whole-meta
}
