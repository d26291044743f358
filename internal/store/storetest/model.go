package storetest

import (
	"bytes"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
)

// model drives the store and a plain map side by side with random steps over a few
// people and a few ids, so that ids meet again often.
func model(t *testing.T, s port.Store) {
	rapid.Check(t, func(r *rapid.T) {
		// The store is shared between runs; fresh people keep them apart.
		var people [2]port.PersonID
		for i := range people {
			people[i] = newPersonID()
		}
		var ids [12]port.RecordID
		for i := range ids {
			ids[i] = newRecordID()
		}
		logs := map[port.PersonID]*log{}
		ctx := t.Context()
		who := func(r *rapid.T) port.PersonID { return people[rapid.IntRange(0, 1).Draw(r, "person")] }
		code := func(r *rapid.T, err error, want fault.Code) {
			if got := fault.CodeOf(err); got != want {
				r.Fatalf("error %v has code %q, want %q", err, got, want)
			}
		}
		r.Repeat(map[string]func(*rapid.T){
			"create": func(r *rapid.T) {
				p := who(r)
				ring := rapid.SliceOfN(rapid.Byte(), 1, 40).Draw(r, "ring")
				err := s.CreatePerson(ctx, p, ring)
				if logs[p] != nil {
					code(r, err, fault.Conflict)
					return
				}
				code(r, err, "")
				logs[p] = &log{ring: ring, version: 1}
			},
			"append": func(r *rapid.T) {
				p := who(r)
				batch := rapid.SliceOfN(rapid.Custom(func(r *rapid.T) port.Sealed {
					return port.Sealed{
						ID:         ids[rapid.IntRange(0, len(ids)-1).Draw(r, "id")],
						Ciphertext: rapid.SliceOfN(rapid.Byte(), 1, 600).Draw(r, "bytes"),
					}
				}), 0, 4).Draw(r, "batch")
				sealed := rapid.SliceOfN(rapid.Byte(), 0, 4).Draw(r, "head")
				l := logs[p]
				version := rapid.Int64Range(-1, 1).Draw(r, "off")
				if l != nil && rapid.IntRange(0, 4).Draw(r, "stale") > 0 {
					version = l.head.Version
				}
				got, err := s.Append(ctx, p, version, batch, sealed)
				switch {
				case l == nil:
					code(r, err, fault.NotFound)
				case version != l.head.Version || !l.fresh(batch):
					code(r, err, fault.Conflict)
				default:
					code(r, err, "")
					l.records = append(l.records, batch...)
					l.moved(r, got, sealed)
				}
			},
			"forget": func(r *rapid.T) {
				p := who(r)
				some := rapid.SliceOfN(rapid.SampledFrom(ids[:]), 0, 3).Draw(r, "ids")
				l := logs[p]
				if l == nil {
					_, err := s.Forget(ctx, p, 0, some, nil)
					code(r, err, fault.NotFound)
					return
				}
				got, err := s.Forget(ctx, p, l.head.Version, some, []byte{7})
				code(r, err, "")
				for _, id := range some {
					if i := l.find(id); i >= 0 {
						l.records[i].Ciphertext = nil
					}
				}
				l.moved(r, got, []byte{7})
			},
			"settle": func(r *rapid.T) {
				p := who(r)
				l := logs[p]
				if l == nil {
					_, err := s.Settle(ctx, p, 0)
					code(r, err, fault.NotFound)
					return
				}
				got, err := s.Settle(ctx, p, l.head.Version)
				code(r, err, "")
				l.moved(r, got, nil)
			},
			"put keyring": func(r *rapid.T) {
				p := who(r)
				version := rapid.Int64Range(1, 3).Draw(r, "version")
				ring := rapid.SliceOfN(rapid.Byte(), 1, 40).Draw(r, "ring")
				err := s.PutKeyring(ctx, p, ring, version)
				switch l := logs[p]; {
				case l == nil:
					code(r, err, fault.NotFound)
				case l.version != version:
					code(r, err, fault.Conflict)
				default:
					code(r, err, "")
					l.ring, l.version = ring, version+1
				}
			},
			"delete": func(r *rapid.T) {
				if rapid.IntRange(0, 3).Draw(r, "rarely") > 0 {
					r.Skip("rarely")
				}
				p := who(r)
				code(r, s.DeletePerson(ctx, p), "")
				delete(logs, p)
			},
			"": func(r *rapid.T) {
				for _, p := range people {
					l := logs[p]
					if l == nil {
						_, err := s.ReadAfter(ctx, p, 0, func(port.Record) error { return nil })
						code(r, err, fault.NotFound)
						continue
					}
					ring, version, err := s.Keyring(ctx, p)
					if err != nil || version != l.version || !bytes.Equal(ring, l.ring) {
						r.Fatalf("keyring %x version %d, %v; want %x version %d", ring, version, err, l.ring, l.version)
					}
					after := rapid.Int64Range(0, l.head.Last).Draw(r, "after")
					i := int(after)
					h, err := s.ReadAfter(ctx, p, after, func(got port.Record) error {
						want := l.records[i]
						i++
						if got.Seq != int64(i) || got.ID != want.ID || !bytes.Equal(got.Ciphertext, want.Ciphertext) {
							r.Fatalf("seq %d id %v %x, want seq %d id %v %x", got.Seq, got.ID, got.Ciphertext, i, want.ID, want.Ciphertext)
						}
						return nil
					})
					code(r, err, "")
					if !same(h, l.head) {
						r.Fatalf("head %v, want %v", h, l.head)
					}
					if i != len(l.records) {
						r.Fatalf("read up to %d, want %d", i, len(l.records))
					}
				}
			},
		})
	})
}

type log struct {
	ring    []byte
	version int64
	head    port.Head
	records []port.Sealed
}

// moved checks and keeps the head after a change.
func (l *log) moved(r *rapid.T, got port.Head, sealed []byte) {
	want := port.Head{Version: l.head.Version + 1, Last: int64(len(l.records)), Sealed: sealed}
	if !same(got, want) {
		r.Fatalf("head %v, want %v", got, want)
	}
	l.head = want
}

// fresh tells that the batch holds no id twice, and none that is there.
func (l *log) fresh(batch []port.Sealed) bool {
	for i, r := range batch {
		if l.find(r.ID) >= 0 || slices.ContainsFunc(batch[:i], func(o port.Sealed) bool { return o.ID == r.ID }) {
			return false
		}
	}
	return true
}

func (l *log) find(id port.RecordID) int {
	return slices.IndexFunc(l.records, func(r port.Sealed) bool { return r.ID == id })
}
