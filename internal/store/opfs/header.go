package opfs

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"io"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
)

// schema is the version of the files that this program writes.
const schema = 1

const (
	headerSize = 56
	markAt     = 64
	markSize   = 36
	slotsAt    = 4096
	slotSize   = 32 << 10
	slotHead   = 16
	framesAt   = slotsAt + 2*slotSize
)

var magic = []byte("evenkeel journal")

var table = crc32.MakeTable(crc32.Castagnoli)

func sum(b []byte) uint32 { return crc32.Checksum(b, table) }

// birth tells a person's file from another one that was made for the same
// person after everything was deleted.
type birth [16]byte

func encodeHeader(person port.PersonID, b birth) []byte {
	h := append([]byte(nil), magic...)
	h = binary.LittleEndian.AppendUint32(h, schema)
	h = append(h, person[:]...)
	h = append(h, b[:]...)
	return binary.LittleEndian.AppendUint32(h, sum(h))
}

// readHeader tells whose file it is. One whose making was cut off, or that was
// wiped, is errNobody.
func readHeader(f io.ReaderAt, person port.PersonID) (birth, error) {
	h := make([]byte, headerSize)
	n, err := f.ReadAt(h, 0)
	if err != nil && err != io.EOF {
		return birth{}, err
	}
	switch h = h[:n]; {
	case len(bytes.Trim(h, "\x00")) == 0:
		return birth{}, errNobody
	case len(h) < headerSize, !bytes.Equal(h[:16], magic):
		return birth{}, errDamaged
	case binary.LittleEndian.Uint32(h[16:]) > schema:
		return birth{}, fault.New(fault.NewerVersion, "store.newer_version")
	case binary.LittleEndian.Uint32(h[52:]) != sum(h[:52]), !bytes.Equal(h[20:36], person[:]):
		return birth{}, errDamaged
	}
	return birth(h[36:52]), nil
}

// mark says how far the log is known to be whole: written without a flush of
// its own after every change, it lags behind and never runs ahead. One that
// cannot be read says nothing.
type mark struct {
	version int64 // of the head that was last acknowledged
	end     int64 // of its frame
	start   int64 // of the first frame that counts
	cleared int64 // up to which version everything forgotten is overwritten
}

func (m mark) encode() []byte {
	var b []byte
	for _, n := range []int64{m.version, m.end, m.start, m.cleared} {
		b = binary.LittleEndian.AppendUint64(b, uint64(n))
	}
	return binary.LittleEndian.AppendUint32(b, sum(b))
}

func readMark(f io.ReaderAt) mark {
	none := mark{start: framesAt}
	b := make([]byte, markSize)
	if _, err := f.ReadAt(b, markAt); err != nil || binary.LittleEndian.Uint32(b[markSize-4:]) != sum(b[:markSize-4]) {
		return none
	}
	n := func(i int) int64 { return int64(binary.LittleEndian.Uint64(b[8*i:])) }
	m := mark{n(0), n(1), n(2), n(3)}
	if m.start < framesAt || m.end < m.start {
		return none
	}
	return m
}

// slot is one of the two places of the keyring.
type slot struct {
	version int64
	ring    []byte
}

func slotAt(i int) int64 { return slotsAt + int64(i)*slotSize }

func (s slot) encode() []byte {
	b := binary.LittleEndian.AppendUint64(nil, uint64(s.version))
	b = binary.LittleEndian.AppendUint32(b, uint32(len(s.ring)))
	b = binary.LittleEndian.AppendUint32(b, sum(append(b[:12:12], s.ring...)))
	return append(b, s.ring...)
}

// readSlot gives a slot; false for one that is empty or was cut off.
func readSlot(f io.ReaderAt, i int) (slot, bool) {
	head := make([]byte, slotHead)
	if _, err := f.ReadAt(head, slotAt(i)); err != nil && err != io.EOF {
		return slot{}, false
	}
	size := binary.LittleEndian.Uint32(head[8:])
	if size == 0 || size > slotSize-slotHead {
		return slot{}, false
	}
	ring := make([]byte, size)
	if n, _ := f.ReadAt(ring, slotAt(i)+slotHead); n < len(ring) {
		return slot{}, false
	}
	if binary.LittleEndian.Uint32(head[12:]) != sum(append(head[:12:12], ring...)) {
		return slot{}, false
	}
	return slot{int64(binary.LittleEndian.Uint64(head)), ring}, true
}

// readRing gives the keyring and its slot; at is -1 where none is whole. Twice
// says that an older one was not cleared yet.
func readRing(f io.ReaderAt) (ring slot, at int, twice bool) {
	at = -1
	for i := range 2 {
		s, ok := readSlot(f, i)
		if !ok {
			continue
		}
		twice = at >= 0
		if at < 0 || s.version > ring.version {
			ring, at = s, i
		}
	}
	return ring, at, twice
}
