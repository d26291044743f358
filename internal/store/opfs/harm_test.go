//go:build !js

package opfs

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/store/storetest"
)

// hand changes a log as somebody would who knows its format: with right check
// sums.
type hand struct{ *disk }

// remake writes the person's log anew, a frame a record, as change left them.
func (h hand) remake(t *testing.T, person port.PersonID, change func([]row) []row) {
	t.Helper()
	path := filepath.Join(h.path, fileName(person))
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	f, err := h.disk.Open(fileName(person), false)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	born, err := readHeader(f, person)
	if err != nil {
		t.Fatal(err)
	}
	x := newIndex(born)
	if err := x.catchUp(f, int64(len(b))); err != nil {
		t.Fatal(err)
	}
	out := b[:framesAt:framesAt]
	for _, r := range change(append([]row(nil), x.rows...)) {
		data := b[r.at : r.at+int64(r.size)]
		fr := &frame{kind: appended, version: x.head.Version, first: r.seq, last: x.head.Last, forgot: x.forgot,
			entries: []entry{{r.id, r.size, sum(data)}}, sealed: x.head.Sealed}
		out = append(append(out, fr.encode()...), data...)
	}
	m := mark{x.head.Version, int64(len(out)), framesAt, x.head.Version}
	copy(out[markAt:], m.encode())
	if err := os.WriteFile(path, out, 0o600); err != nil {
		t.Fatal(err)
	}
}

func (h hand) Drop(t *testing.T, person port.PersonID, seq int64) {
	h.remake(t, person, func(rows []row) (left []row) {
		for _, r := range rows {
			if r.seq != seq {
				left = append(left, r)
			}
		}
		return left
	})
}

func (h hand) Renumber(t *testing.T, person port.PersonID, from, to int64) {
	h.each(t, person, from, func(r *row) { r.seq = to })
}

func (h hand) Empty(t *testing.T, person port.PersonID, seq int64) {
	h.each(t, person, seq, func(r *row) { r.size = 0 })
}

func (h hand) each(t *testing.T, person port.PersonID, seq int64, change func(*row)) {
	h.remake(t, person, func(rows []row) []row {
		for i := range rows {
			if rows[i].seq == seq {
				change(&rows[i])
				break
			}
		}
		return rows
	})
}

func TestDamagedStore(t *testing.T) {
	storetest.RunDamaged(t, func(t *testing.T) (port.Store, storetest.Harm) {
		d := newDisk(t)
		return freshTabs(d), hand{d}
	})
}
