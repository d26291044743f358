package storetest

import (
	"bytes"
	"maps"
	"slices"
	"testing"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
)

// Harm changes a log behind the store's back, as a failing disk or a curious hand
// would.
type Harm interface {
	Drop(t *testing.T, person port.PersonID, seq int64)
	Renumber(t *testing.T, person port.PersonID, from, to int64)
	Empty(t *testing.T, person port.PersonID, seq int64)
}

// RunDamaged harms logs and wants every harm noticed, on reading and by Check, with
// everything that is left still read, once, and the log whole again once settled.
func RunDamaged(t *testing.T, open func(t *testing.T) (port.Store, Harm)) {
	const records = 9 // the seventh is forgotten
	for name, c := range map[string]struct {
		harm  func(*testing.T, Harm, port.PersonID)
		order []int // of the records that are left, by the number they began with
		empty []int // of these
	}{
		"first gone":      {func(t *testing.T, h Harm, p port.PersonID) { h.Drop(t, p, 1) }, []int{2, 3, 4, 5, 6, 7, 8, 9}, []int{7}},
		"one gone":        {func(t *testing.T, h Harm, p port.PersonID) { h.Drop(t, p, 4) }, []int{1, 2, 3, 5, 6, 7, 8, 9}, []int{7}},
		"last gone":       {func(t *testing.T, h Harm, p port.PersonID) { h.Drop(t, p, 9) }, []int{1, 2, 3, 4, 5, 6, 7, 8}, []int{7}},
		"forgotten gone":  {func(t *testing.T, h Harm, p port.PersonID) { h.Drop(t, p, 7) }, []int{1, 2, 3, 4, 5, 6, 8, 9}, nil},
		"moved far":       {func(t *testing.T, h Harm, p port.PersonID) { h.Renumber(t, p, 3, 1<<40) }, []int{1, 2, 4, 5, 6, 7, 8, 9, 3}, []int{7}},
		"moved before":    {func(t *testing.T, h Harm, p port.PersonID) { h.Renumber(t, p, 3, -5) }, []int{1, 2, 4, 5, 6, 7, 8, 9, 3}, []int{7}},
		"all moved up":    {moveUp, []int{1, 2, 3, 4, 5, 6, 7, 8, 9}, []int{7}},
		"one emptied":     {func(t *testing.T, h Harm, p port.PersonID) { h.Empty(t, p, 2) }, []int{1, 2, 3, 4, 5, 6, 7, 8, 9}, []int{2, 7}},
		"last one moved":  {func(t *testing.T, h Harm, p port.PersonID) { h.Renumber(t, p, 9, 10) }, []int{1, 2, 3, 4, 5, 6, 7, 8, 9}, []int{7}},
		"gone and closed": {dropAndClose, []int{1, 2, 3, 4, 6, 7, 8, 9}, []int{7}},
	} {
		t.Run(name, func(t *testing.T) {
			s, h := open(t)
			p, other := person(t, s), person(t, s)
			batch := sealed(records)
			mustAppend(t, s, p, batch...)
			mustForget(t, s, p, batch[6].ID)
			mustAppend(t, s, other, sealed(3)...)
			c.harm(t, h, p)
			var want []port.Sealed
			for _, n := range c.order {
				r := batch[n-1]
				if slices.Contains(c.empty, n) {
					r.Ciphertext = nil
				}
				want = append(want, r)
			}
			got := map[port.RecordID][]byte{}
			n := 0
			now, err := s.ReadAfter(t.Context(), p, 0, func(r port.Record) error {
				n++
				got[r.ID] = bytes.Clone(r.Ciphertext)
				return nil
			})
			wantCode(t, err, fault.Corrupt)
			if now.Last != records || now.Version != 2 {
				t.Errorf("head %v", now)
			}
			left := map[port.RecordID][]byte{}
			for _, r := range want {
				left[r.ID] = r.Ciphertext
			}
			if n != len(want) || !maps.EqualFunc(got, left, bytes.Equal) {
				t.Errorf("%d records were read, want %d", n, len(want))
			}
			if report, err := s.Check(t.Context()); err != nil || len(report.Problems) == 0 {
				t.Errorf("check found nothing, %v", err)
			}
			if _, err := s.Settle(t.Context(), p, now.Version); err != nil {
				t.Fatal(err)
			}
			wantSame(t, read(t, s, p, 0), want)
			mustAppend(t, s, p, sealed(2)...)
			if all := read(t, s, p, 0); len(all) != len(want)+2 {
				t.Errorf("%d records after settling and two more", len(all))
			}
			if report, err := s.Check(t.Context()); err != nil || len(report.Problems) > 0 {
				t.Errorf("after settling: %v, %v", report.Problems, err)
			}
		})
	}
}

func moveUp(t *testing.T, h Harm, p port.PersonID) {
	for seq := int64(9); seq > 0; seq-- {
		h.Renumber(t, p, seq, seq+1)
	}
}

// dropAndClose takes a row out and closes the gap, so that only the count is off.
func dropAndClose(t *testing.T, h Harm, p port.PersonID) {
	h.Drop(t, p, 5)
	for seq := int64(6); seq <= 9; seq++ {
		h.Renumber(t, p, seq, seq-1)
	}
}
