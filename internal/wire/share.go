package wire

import (
	"encoding/binary"
	"time"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/vault"
)

// Bounds of what lies on a host for others than the devices of a log, in bytes.
const (
	// MaxCard bounds a desk's card.
	MaxCard = 8 << 10
	// MaxLetter bounds a letter: the size class of 64 KiB.
	MaxLetter = 64<<10 + vault.Overhead
	// MaxShare bounds a share, as hosts have it unless they were told otherwise.
	MaxShare = 2 << 20
	// MaxRecipient bounds the name that who fetches a share has to give.
	MaxRecipient = 200
)

// ShareLasts is how far away the end of a share may be.
const ShareLasts = 5 * 366 * 24 * time.Hour

// ShareKind says in which form a share was sealed, which who fetches it has to know.
type ShareKind byte

// ShareSealed is an envelope to one recipient's key, ShareLink what a SMART Health
// Link leads to: a JWE in its compact form.
const (
	ShareSealed ShareKind = 1
	ShareLink   ShareKind = 2
)

// String is the kind as it stands in an address, "" for none of them.
func (k ShareKind) String() string {
	switch k {
	case ShareSealed:
		return "sealed"
	case ShareLink:
		return "link"
	}
	return ""
}

// ContentType is what a host answers a share of this kind with.
func (k ShareKind) ContentType() string {
	if k == ShareLink {
		return "application/jose"
	}
	return "application/octet-stream"
}

// ParseShareKind reads the one text form; anything else is fault.Invalid.
func ParseShareKind(text string) (ShareKind, error) {
	for _, k := range []ShareKind{ShareSealed, ShareLink} {
		if k.String() == text {
			return k, nil
		}
	}
	return 0, fault.New(fault.Invalid, "host.share_form")
}

// ShareState is what a host says about a share to the log that put it. Times are
// those of the host's clock, in whole seconds.
type ShareState struct {
	At    Address
	Until time.Time
	// Put is when its present bytes came.
	Put time.Time
	// Fetched is how often it was fetched, all its versions together, and
	// LastFetched when last, zero for never.
	Fetched     int64
	LastFetched time.Time
}

const shareStateSize = 32 + 4*8

// AppendShareState appends a state: address (32), until, put, times fetched and last
// fetched (8 each, big-endian; seconds since 1970, 0 for never).
func AppendShareState(dst []byte, s ShareState) []byte {
	dst = append(dst, s.At[:]...)
	for _, n := range []int64{s.Until.Unix(), s.Put.Unix(), s.Fetched} {
		dst = binary.BigEndian.AppendUint64(dst, uint64(n))
	}
	last := int64(0)
	if !s.LastFetched.IsZero() {
		last = s.LastFetched.Unix()
	}
	return binary.BigEndian.AppendUint64(dst, uint64(last))
}

// ParseShareStates reads states one after the other, or is fault.Invalid.
func ParseShareStates(b []byte) (states []ShareState, err error) {
	if len(b)%shareStateSize != 0 {
		return nil, errBatch
	}
	for ; len(b) > 0; b = b[shareStateSize:] {
		s := ShareState{At: Address(b[:32])}
		var n [4]int64
		for i := range n {
			if n[i] = int64(binary.BigEndian.Uint64(b[32+8*i:])); n[i] < 0 {
				return nil, errBatch
			}
		}
		s.Until, s.Put, s.Fetched = time.Unix(n[0], 0), time.Unix(n[1], 0), n[2]
		if n[3] > 0 {
			s.LastFetched = time.Unix(n[3], 0)
		}
		states = append(states, s)
	}
	return states, nil
}
