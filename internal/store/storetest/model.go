package storetest

import (
	"bytes"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/fault"
)

// model drives the store and a plain map side by side with random steps over a few
// people and a few ids, so that ids meet again often.
func model(t *testing.T, s app.Store) {
	rapid.Check(t, func(r *rapid.T) {
		// The store is shared between runs; fresh people keep them apart.
		var people [2]app.PersonID
		for i := range people {
			people[i] = newPersonID()
		}
		var ids [6]app.RecordID
		for i := range ids {
			ids[i] = newRecordID()
		}
		logs := map[app.PersonID]*log{}
		ctx := t.Context()
		who := func(r *rapid.T) app.PersonID { return people[rapid.IntRange(0, 1).Draw(r, "person")] }
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
				batch := rapid.SliceOfN(rapid.Custom(func(r *rapid.T) app.Sealed {
					return app.Sealed{
						ID:         ids[rapid.IntRange(0, len(ids)-1).Draw(r, "id")],
						Ciphertext: rapid.SliceOfN(rapid.Byte(), 1, 600).Draw(r, "bytes"),
					}
				}), 0, 4).Draw(r, "batch")
				last, err := s.Append(ctx, p, batch)
				if logs[p] == nil {
					code(r, err, fault.NotFound)
					return
				}
				code(r, err, "")
				if want := logs[p].append(batch); last != want {
					r.Fatalf("last seq %d, want %d", last, want)
				}
			},
			"forget": func(r *rapid.T) {
				p := who(r)
				some := rapid.SliceOfN(rapid.SampledFrom(ids[:]), 0, 3).Draw(r, "ids")
				err := s.Forget(ctx, p, some)
				if logs[p] == nil {
					code(r, err, fault.NotFound)
					return
				}
				code(r, err, "")
				for _, id := range some {
					if i := logs[p].find(id); i >= 0 {
						logs[p].records[i].Ciphertext = nil
					}
				}
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
					last, err := s.LastSeq(ctx, p)
					if l == nil {
						code(r, err, fault.NotFound)
						continue
					}
					code(r, err, "")
					if last != int64(len(l.records)) {
						r.Fatalf("last seq %d, want %d", last, len(l.records))
					}
					ring, version, err := s.Keyring(ctx, p)
					if err != nil || version != l.version || !bytes.Equal(ring, l.ring) {
						r.Fatalf("keyring %x version %d, %v; want %x version %d", ring, version, err, l.ring, l.version)
					}
					after := rapid.Int64Range(0, last).Draw(r, "after")
					i := int(after)
					err = s.ReadAfter(ctx, p, after, func(got app.Record) error {
						want := l.records[i]
						i++
						if got.Seq != int64(i) || got.ID != want.ID || !bytes.Equal(got.Ciphertext, want.Ciphertext) {
							r.Fatalf("seq %d id %v %x, want seq %d id %v %x", got.Seq, got.ID, got.Ciphertext, i, want.ID, want.Ciphertext)
						}
						return nil
					})
					code(r, err, "")
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
	records []app.Sealed
}

func (l *log) append(batch []app.Sealed) int64 {
	for _, r := range batch {
		if l.find(r.ID) < 0 {
			l.records = append(l.records, r)
		}
	}
	return int64(len(l.records))
}

func (l *log) find(id app.RecordID) int {
	return slices.IndexFunc(l.records, func(r app.Sealed) bool { return r.ID == id })
}
