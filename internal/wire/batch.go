package wire

import (
	"bytes"
	"encoding/binary"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/vault"
)

// A batch is records one after the other: id (16) | length (4, big-endian) | bytes.
// It is not compressed: sealed bytes and random ids leave nothing to gain.

// MaxBatch bounds a batch that a device sends, in bytes: room for some thousand
// entries, and for one record of the largest size class that a host takes.
const MaxBatch = 4 << 20

// MaxRecord bounds one sealed record: the size class of 1 MiB.
const MaxRecord = 1<<20 + vault.Overhead

// MostRecords bounds a journal on a host. A device keeps the id of each in memory,
// and believes no host that says there are more.
const MostRecords = 1_000_000

// RecordSize is what a record takes in a batch.
func RecordSize(r port.Sealed) int { return len(r.ID) + 4 + len(r.Ciphertext) }

// AppendRecord appends a record to a batch.
func AppendRecord(dst []byte, r port.Sealed) []byte {
	dst = append(dst, r.ID[:]...)
	dst = binary.BigEndian.AppendUint32(dst, uint32(len(r.Ciphertext)))
	return append(dst, r.Ciphertext...)
}

// ParseBatch reads a batch whole, or is fault.Invalid. Records may be empty, which
// is what forgotten ones are.
func ParseBatch(b []byte) (records []port.Sealed, err error) {
	for len(b) > 0 {
		if len(b) < 20 {
			return nil, errBatch
		}
		n := binary.BigEndian.Uint32(b[16:20])
		if int64(n) > int64(len(b)-20) || n > MaxRecord {
			return nil, errBatch
		}
		records = append(records, port.Sealed{ID: port.RecordID(b[:16]), Ciphertext: bytes.Clone(b[20 : 20+n])})
		b = b[20+n:]
	}
	return records, nil
}

// InClass tells that a sealed record has one of the sizes that sealing gives, so
// that its length tells no more than its class.
func InClass(ciphertext []byte) bool {
	n := len(ciphertext) - vault.Overhead
	return n >= 256 && n&(n-1) == 0 && len(ciphertext) <= MaxRecord
}

// AppendIDs and ParseIDs are for lists of ids: one after the other.
func AppendIDs(dst []byte, ids ...port.RecordID) []byte {
	for _, id := range ids {
		dst = append(dst, id[:]...)
	}
	return dst
}

// ParseIDs reads such a list whole, or is fault.Invalid.
func ParseIDs(b []byte) (ids []port.RecordID, err error) {
	if len(b)%16 != 0 {
		return nil, errBatch
	}
	for ; len(b) > 0; b = b[16:] {
		ids = append(ids, port.RecordID(b[:16]))
	}
	return ids, nil
}

// Head says how far a log on a host goes.
type Head struct {
	Version int64 // of the log, as in port.Head
	Last    int64 // the seq of the last record
	Chain   Chain // over all of them
}

const headSize = 8 + 8 + 32

// Append appends the head's bytes.
func (h Head) Append(dst []byte) []byte {
	dst = binary.BigEndian.AppendUint64(dst, uint64(h.Version))
	dst = binary.BigEndian.AppendUint64(dst, uint64(h.Last))
	return append(dst, h.Chain[:]...)
}

// ParseHead reads a head and gives what follows it; anything else is fault.Invalid.
func ParseHead(b []byte) (h Head, rest []byte, err error) {
	if len(b) < headSize {
		return h, nil, errBatch
	}
	h.Version, h.Last = int64(binary.BigEndian.Uint64(b)), int64(binary.BigEndian.Uint64(b[8:]))
	copy(h.Chain[:], b[16:])
	if h.Version < 0 || h.Last < 0 {
		return Head{}, nil, errBatch
	}
	return h, b[headSize:], nil
}

var errBatch = fault.New(fault.Invalid, "host.not_a_batch")
