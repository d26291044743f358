package shl

import (
	"bytes"
	"compress/flate"
	"io"
	"math/bits"

	"github.com/evenkeel/evenkeel/internal/fault"
)

const (
	// MaxContent bounds what a file may become when it is decompressed, in bytes.
	MaxContent = 32 << 20
	// mostPacked bounds what is compressed, so that the page of internal/viewer, on a
	// phone, opens it. It is some four years of days as FHIR.
	mostPacked = 8 << 20
	// plainUntil is the largest size class that is left uncompressed, so that readers
	// without compression, which the specification leaves to choice, read what is
	// usual.
	plainUntil = 128 << 10
	// smallestClass and largestClass bound the classes; the largest, in base64, is
	// what a host takes of one share.
	smallestClass = 4 << 10
	largestClass  = 1 << 20
)

var (
	errTooLong  = fault.New(fault.Invalid, "shl.file_too_long")
	errTooLarge = fault.New(fault.Invalid, "shl.file_too_large") // of others, to open
)

// DEFLATE blocks of nothing (RFC 1951, 3.2.4): one that others follow, and the last.
var (
	emptyBlock = []byte{0, 0, 0, 0xff, 0xff}
	lastBlock  = []byte{1, 0, 0, 0xff, 0xff}
)

// sizeClass is the power of two that n bytes are padded to.
func sizeClass(n int) int { return max(smallestClass, 1<<bits.Len(uint(n-1))) }

// pack brings content to the length of a size class: with spaces, or compressed,
// with blocks of nothing. Compressed it falls short of its class by the up to four
// bytes that no block fills.
func pack(content []byte) (plain []byte, zipped bool, err error) {
	if len(content) <= plainUntil {
		class := sizeClass(max(len(content), 1))
		return append(bytes.Clone(content), bytes.Repeat([]byte{' '}, class-len(content))...), false, nil
	}
	if len(content) > mostPacked {
		return nil, false, errTooLong
	}
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.BestCompression)
	if err != nil {
		return nil, false, fault.Wrap(err, fault.Internal, "vault.not_sealed")
	}
	if _, err = w.Write(content); err == nil {
		err = w.Flush() // ends on a whole byte, where a block of nothing may follow
	}
	if err != nil {
		return nil, false, fault.Wrap(err, fault.Internal, "vault.not_sealed")
	}
	class := sizeClass(b.Len() + len(lastBlock))
	if class > largestClass {
		return nil, false, errTooLong
	}
	n := (class - b.Len() - len(lastBlock)) / len(emptyBlock)
	b.Write(bytes.Repeat(emptyBlock, n))
	b.Write(lastBlock)
	return b.Bytes(), true, nil
}

// inflate decompresses, up to MaxContent bytes: a small file must not fill the
// memory.
func inflate(plain []byte) ([]byte, error) {
	r := flate.NewReader(bytes.NewReader(plain))
	out, err := io.ReadAll(io.LimitReader(r, MaxContent+1))
	switch {
	case len(out) > MaxContent:
		return nil, errTooLarge
	case err != nil:
		return nil, errFile
	}
	return out, nil
}
