package program_test

import (
	"slices"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/care/caseload"
	"github.com/evenkeel/evenkeel/internal/demo/program"
	"github.com/evenkeel/evenkeel/internal/locale"
)

type fixed time.Time

func (f fixed) Now() time.Time { return time.Time(f) }

// Twelve made-up people show each reason to look at somebody once or more, by the
// desk's own way of receiving them.
func TestEveryReasonIsThere(t *testing.T) {
	texts, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 24, 15, 0, 0, 0, time.UTC)
	d, err := program.Open(t.Context(), texts.Match("en"), fixed(now), 1, program.People)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	rows, err := d.List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != program.People {
		t.Fatalf("%d people", len(rows))
	}
	met := map[caseload.Kind]bool{}
	for _, r := range rows {
		for _, reason := range slices.Concat(r.Open, r.Told) {
			met[reason.Kind] = true
			t.Logf("%s: %s", r.Patient, texts.Match("en").Phrase(reason.Says, now))
		}
	}
	// A host that is silent is nobody's course: it is one host for all.
	for _, k := range append(caseload.Kinds(), caseload.ScoreLighter, caseload.Lighter) {
		if !met[k] && k != caseload.Unasked {
			t.Errorf("nobody shows %q", k)
		}
	}
}
