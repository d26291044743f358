package union

import (
	"crypto/sha256"
	"encoding/binary"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/vault"
	"github.com/evenkeel/evenkeel/internal/wire"
)

// A frame is what is sealed into one record of a host:
//
//	version (1) | kind (1) | writer (8) | last (8, big-endian) | chain (32) | payload
//
// Last and chain are how far its writer had seen the log when it brought the frame,
// and a host takes it only while the log ends there. So between that place and the
// frame stands nothing but the rest of its batch, of the same writer: a host that
// shows devices different histories is found out by the first frame that one of
// them reads of the other.
const frameVersion = 1

const frameHead = 1 + 1 + 8 + 8 + 32

// writer names a device within its log: the beginning of a hash of its key.
type writer [8]byte

func writerOf(device wire.DeviceKey) writer {
	sum := sha256.Sum256(device[:])
	return writer(sum[:8])
}

// tail is the last frame that was read, by which the next one is judged.
type tail struct {
	seq    int64 // where it stands
	last   int64
	writer writer
}

// follows tells that a frame may stand after the tail: its writer had seen the
// tail, or brought both in one batch.
func (f frame) follows(t tail) bool {
	return f.last >= t.seq || f.last == t.last && f.writer == t.writer
}

// Kinds of frames.
const (
	kindEvent = 0 // payload: one event, under its own id
	kindTold  = 1 // payload: ids that are forgotten, 16 bytes each
	kindAgain = 2 // payload: an id (16) and its event, whose own record was harmed
)

type frame struct {
	kind    byte
	writer  writer
	last    int64
	chain   wire.Chain
	payload []byte
}

func (f frame) bytes() []byte {
	b := append(make([]byte, 0, frameHead+len(f.payload)), frameVersion, f.kind)
	b = append(b, f.writer[:]...)
	b = binary.BigEndian.AppendUint64(b, uint64(f.last))
	b = append(b, f.chain[:]...)
	return append(b, f.payload...)
}

func parseFrame(b []byte) (f frame, err error) {
	if len(b) > 0 && b[0] > frameVersion || len(b) > 1 && b[1] > kindAgain {
		return f, fault.New(fault.NewerVersion, "union.newer")
	}
	if len(b) < frameHead || b[0] != frameVersion {
		return f, errFrame
	}
	f = frame{kind: b[1], writer: writer(b[2:10]), last: int64(binary.BigEndian.Uint64(b[10:])), payload: b[frameHead:]}
	copy(f.chain[:], b[18:])
	if f.last < 0 || f.kind == kindTold && len(f.payload)%16 != 0 || f.kind == kindAgain && len(f.payload) < 16 {
		return frame{}, errFrame
	}
	return f, nil
}

var errFrame = fault.New(fault.Corrupt, "union.damaged")

// seal makes the record of a frame.
func (f frame) seal(key *vault.Key, log wire.Address, id port.RecordID) (port.Sealed, error) {
	plain := f.bytes()
	defer clear(plain)
	sealed, err := key.Seal(nil, log.Person(), id, plain)
	return port.Sealed{ID: id, Ciphertext: sealed}, err
}

// openFrame opens a record. What is not sealed under this key, address and id is
// fault.Corrupt.
func openFrame(key *vault.Key, log wire.Address, r port.Sealed) (frame, error) {
	plain, err := key.Open(nil, log.Person(), r.ID, r.Ciphertext)
	if err != nil {
		return frame{}, err
	}
	return parseFrame(plain)
}
