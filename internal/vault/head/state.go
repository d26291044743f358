package head

import "encoding/binary"

// state is what a head says, sealed like a record. Version 1, numbers big-endian:
//
//	version (1) | records (8) | SHA-256 of their ids in turn (32)
//	| forgotten (8) | SHA-256 of their ids, sorted (32) | missing (8) | emptied (8) | changed (1)
type state struct {
	count   int64
	order   [32]byte
	gone    int64
	goneSum [32]byte
	lost    Lost
}

const (
	stateVersion = 1
	stateSize    = 1 + 8 + 32 + 8 + 32 + 8 + 8 + 1
)

func (s state) bytes() []byte {
	b := make([]byte, 0, stateSize)
	b = append(b, stateVersion)
	b = binary.BigEndian.AppendUint64(b, uint64(s.count))
	b = append(b, s.order[:]...)
	b = binary.BigEndian.AppendUint64(b, uint64(s.gone))
	b = append(b, s.goneSum[:]...)
	b = binary.BigEndian.AppendUint64(b, uint64(s.lost.Missing))
	b = binary.BigEndian.AppendUint64(b, uint64(s.lost.Emptied))
	if s.lost.Changed {
		return append(b, 1)
	}
	return append(b, 0)
}

func parse(b []byte) (s state, ok bool) {
	if len(b) != stateSize || b[0] != stateVersion {
		return s, false
	}
	number := func(at int) int64 { return int64(binary.BigEndian.Uint64(b[at:])) }
	s = state{
		count: number(1), order: [32]byte(b[9:]), gone: number(41), goneSum: [32]byte(b[49:]),
		lost: Lost{Missing: number(81), Emptied: number(89), Changed: b[97] != 0},
	}
	return s, true
}

// lacks says what the log that was read lacks against what its head wants.
func (s state) lacks(want state) (l Lost) {
	l.Missing = max(want.count-s.count, 0)
	l.Emptied = max(s.gone-want.gone, 0)
	switch {
	case l.Missing > 0: // the sums cannot agree then
	case s.count != want.count || s.order != want.order:
		l.Changed = true
	case l.Emptied == 0 && s.goneSum != want.goneSum:
		l.Changed = true
	}
	return l
}
