// Package union keeps the journals of a person's devices the same by way of a host
// that can read none of them: what one device wrote and another lacks is brought
// and fetched, sealed, until both have all of it.
//
// Records meet as a set. Nothing is overwritten, so no device can undo what another
// wrote; the fold (journal.Fold) comes to the same journal whatever the order. What
// holds is numbered U1 to U6 in docs/together.md, and tested by those numbers.
package union

import (
	"context"
	"crypto/ed25519"
	"encoding/binary"
	"encoding/json"
	"maps"
	"slices"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/wire"
)

// noteName is where a device notes how it synchronises.
const noteName = "sync"

// state is what a device knows of its log on a host.
type state struct {
	Base   string   `json:"base"`   // where the host is
	Log    []byte   `json:"log"`    // the address, 32 bytes
	Secret []byte   `json:"secret"` // that all devices seal under, 32 bytes
	Seed   []byte   `json:"seed"`   // of this device's Ed25519 key, 32 bytes
	Seen   []byte   `json:"seen"`   // ids of the host's records in turn, 16 bytes each
	Empty  []byte   `json:"empty"`  // of these, the ids that were met without bytes
	Told   []byte   `json:"told"`   // ids that some device said are forgotten
	Bad    []byte   `json:"bad"`    // ids that did not open
	Again  []byte   `json:"again"`  // pairs: the id on the host, and whose event it brought again
	Tail   []byte   `json:"tail"`   // of the last frame that was read: seq (8), last (8), writer (8)
	Floor  *sighted `json:"floor"`  // what the inviting device saw, until it was compared
}

// sighted is how far somebody saw the log, and its chain there.
type sighted struct {
	Last  int64  `json:"last"`
	Chain []byte `json:"chain"`
}

func (s *state) address() wire.Address { return wire.Address(s.Log) }

func (s *state) key() ed25519.PrivateKey { return ed25519.NewKeyFromSeed(s.Seed) }

// public is this device's key as the host knows it.
func (s *state) public() wire.DeviceKey { return wire.DeviceKey(s.key().Public().(ed25519.PublicKey)) }

// forgetHost drops what was seen, so that all of it is read anew.
func (s *state) forgetHost() {
	s.Seen, s.Empty, s.Told, s.Bad, s.Again, s.Tail, s.Floor = nil, nil, nil, nil, nil, nil, nil
}

// load reads the device's note.
func load(ctx context.Context, a *app.App, notes port.Notes) (*state, error) {
	sealed, err := notes.Read(ctx, noteName)
	if fault.Is(err, fault.NotFound) {
		return nil, fault.Wrap(err, fault.NotFound, "union.not_set_up")
	}
	if err != nil {
		return nil, err
	}
	plain, err := a.OpenNote(noteName, sealed)
	if fault.Is(err, fault.Corrupt) {
		return nil, fault.Wrap(err, fault.Corrupt, "union.note_damaged")
	}
	if err != nil {
		return nil, err
	}
	defer clear(plain)
	s := new(state)
	if err := json.Unmarshal(plain, s); err != nil || len(s.Log) != 32 || len(s.Secret) != 32 || len(s.Seed) != 32 {
		return nil, fault.Wrap(err, fault.Corrupt, "union.note_damaged")
	}
	return s, nil
}

func (s *state) save(ctx context.Context, a *app.App, notes port.Notes) error {
	plain, err := json.Marshal(s)
	if err != nil {
		return fault.Wrap(err, fault.Internal, "union.note_damaged")
	}
	defer clear(plain)
	sealed, err := a.SealNote(noteName, plain)
	if err != nil {
		return err
	}
	return notes.Write(ctx, noteName, sealed)
}

// view is a state while it is worked with.
type view struct {
	seen   []port.RecordID
	at     map[port.RecordID]bool // seen, as a set
	chains []wire.Chain           // after so many of seen
	empty  map[port.RecordID]bool
	told   map[port.RecordID]bool
	bad    map[port.RecordID]bool
	again  map[port.RecordID]port.RecordID // by the id on the host
	tail   tail
}

func (s *state) view() *view {
	v := &view{at: map[port.RecordID]bool{}, chains: make([]wire.Chain, 1), empty: setOf(s.Empty), told: setOf(s.Told), bad: setOf(s.Bad), again: map[port.RecordID]port.RecordID{}}
	for b := s.Seen; len(b) >= 16; b = b[16:] {
		v.add(port.RecordID(b[:16]))
	}
	for b := s.Again; len(b) >= 32; b = b[32:] {
		v.again[port.RecordID(b[:16])] = port.RecordID(b[16:32])
	}
	if b := s.Tail; len(b) == 24 {
		v.tail = tail{int64(binary.BigEndian.Uint64(b)), int64(binary.BigEndian.Uint64(b[8:])), writer(b[16:])}
	}
	return v
}

func (v *view) add(id port.RecordID) {
	v.seen = append(v.seen, id)
	v.at[id] = true
	v.chains = append(v.chains, v.chain().Next(id))
}

// last is the seq of the last record that was seen, and chain the chain there.
func (v *view) last() int64       { return int64(len(v.seen)) }
func (v *view) chain() wire.Chain { return v.chains[len(v.chains)-1] }

// brought tells that an event stands on the host under another id, whole.
func (v *view) brought(event port.RecordID) bool {
	for id, of := range v.again {
		if of == event && !v.empty[id] && !v.bad[id] {
			return true
		}
	}
	return false
}

func (s *state) keep(v *view) {
	s.Seen, s.Empty, s.Told, s.Bad, s.Again = wire.AppendIDs(nil, v.seen...), bytesOf(v.empty), bytesOf(v.told), bytesOf(v.bad), nil
	for _, id := range sorted(v.again) {
		s.Again = wire.AppendIDs(s.Again, id, v.again[id])
	}
	s.Tail = binary.BigEndian.AppendUint64(nil, uint64(v.tail.seq))
	s.Tail = binary.BigEndian.AppendUint64(s.Tail, uint64(v.tail.last))
	s.Tail = append(s.Tail, v.tail.writer[:]...)
}

func setOf(b []byte) map[port.RecordID]bool {
	set := map[port.RecordID]bool{}
	for ; len(b) >= 16; b = b[16:] {
		set[port.RecordID(b[:16])] = true
	}
	return set
}

func bytesOf(set map[port.RecordID]bool) []byte { return wire.AppendIDs(nil, sorted(set)...) }

func sorted[V any](set map[port.RecordID]V) []port.RecordID {
	return slices.SortedFunc(maps.Keys(set), func(a, b port.RecordID) int { return slices.Compare(a[:], b[:]) })
}
