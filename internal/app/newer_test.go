package app_test

import (
	"bytes"
	"context"
	"io"
	"testing"

	"github.com/evenkeel/evenkeel/internal/app/doctor"
	"github.com/evenkeel/evenkeel/internal/app/transfer"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/store/memory"
	"github.com/evenkeel/evenkeel/internal/testkit/place"
)

// later is a real store whose first record is sealed in a way to come.
type later struct{ port.Store }

func (s later) ReadAfter(ctx context.Context, person port.PersonID, after int64, yield func(port.Record) error) (port.Head, error) {
	return s.Store.ReadAfter(ctx, person, after, func(r port.Record) error {
		if r.Seq == 1 {
			r.Ciphertext = bytes.Clone(r.Ciphertext)
			r.Ciphertext[0] = 250
		}
		return yield(r)
	})
}

// A record that a newer release sealed is newer, not damaged: nobody is sent to
// their backup for it, and an export that lacked it is not made.
func TestARecordSealedByANewerRelease(t *testing.T) {
	a := onStore(t, later{memory.Open()})
	place.Record(t, a, place.Note("newer"), place.Note("known"))
	a.Lock()
	if err := a.Open(t.Context()); err != nil {
		t.Fatal(err)
	}
	if j := place.Read(t, a); j.Newer() != 1 || j.Damaged() != 0 || len(j.All()) != 1 {
		t.Errorf("%d newer, %d damaged, %d read", j.Newer(), j.Damaged(), len(j.All()))
	}
	if err := transfer.ExportJSON(t.Context(), a, io.Discard); !fault.Is(err, fault.NewerVersion) {
		t.Errorf("export: %v", err)
	}
	report, err := doctor.Examine(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range report.Findings {
		if f.What == "entries" && f.Says.Key != "doctor.newer" {
			t.Errorf("doctor says %+v", f)
		}
	}
}
