package transfer_test

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/doctor"
	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/internal/app/transfer"
	"github.com/evenkeel/evenkeel/internal/testkit/place"
	"github.com/evenkeel/evenkeel/journal"
)

// newerFile is an export of a release to come, with a kind and two versions of
// kinds that this one does not know, and fields in shapes that it would refuse.
const newerFile = `{"format":"evenkeel-journal","version":1,"exported":"2031-01-01T00:00:00Z","records":[
{"id":"00000000000000000000000000000001","event":{"v":1,"kind":"moon_phase","at":"2026-11-20T08:00:00Z","recorded":"2026-11-20T08:00:00Z","moon_phase":{"full":true,"seen":"\u00e9 <&>"}}},
{"id":"00000000000000000000000000000002","event":{"v":2,"kind":"dose","at":"2026-11-20T08:00:00Z","recorded":"2026-11-20T08:00:00Z","dose":["in","another","shape"]}},
{"id":"00000000000000000000000000000003","event":{"v":1,"kind":"note","at":"2026-11-20T08:00:00Z","recorded":"2026-11-20T08:00:00Z","note":{"text":"known"}}},
{"id":"00000000000000000000000000000004","event":{"v":7,"kind":"note","at":"2026-11-20T08:00:00Z","recorded":"2026-11-20T08:05:00Z","replaces":"00000000000000000000000000000003","rev":1,"note":{"lines":["newer"]}}}
]}`

// What a newer release wrote is carried through import, export, backup and
// restore byte for byte, counted as newer and never as damaged, and what is
// known beside it is read.
func TestWhatANewerReleaseWroteIsCarriedThrough(t *testing.T) {
	ctx := context.Background()
	want := recordsOf(t, []byte(newerFile))
	check := func(where string, a *app.App) {
		t.Helper()
		j := place.Read(t, a)
		if j.Newer() != 3 || j.Damaged() != 0 {
			t.Errorf("%s: %d newer and %d damaged, want 3 and 0", where, j.Newer(), j.Damaged())
		}
		if got := place.Notes(t, a); len(got) != 1 || got[0] != "known" {
			t.Errorf("%s: notes %q", where, got)
		}
		got := recordsOf(t, export(t, a))
		for id, event := range want {
			if got[id] != event {
				t.Errorf("%s: %s became %q", where, event, got[id])
			}
		}
		if len(got) != len(want) {
			t.Errorf("%s: %d records, want %d", where, len(got), len(want))
		}
		report, err := doctor.Examine(ctx, a)
		if err != nil {
			t.Fatal(err)
		}
		newer := false
		for _, f := range report.Findings {
			newer = newer || f.Says.Key == "doctor.newer"
			if !f.OK && f.Says.Key != "doctor.newer" {
				t.Errorf("%s: doctor says %+v", where, f)
			}
		}
		if !newer {
			t.Errorf("%s: doctor does not tell of what is newer", where)
		}
	}
	p := place.New(t)
	a := p.Open(t)
	done, err := transfer.ImportJSON(ctx, a, strings.NewReader(newerFile))
	if err != nil || done.Added != 4 {
		t.Fatalf("%+v %v", done, err)
	}
	check("imported", a)
	check("opened again", p.Open(t))
	again := place.InMemory(t)
	if _, err := transfer.ImportJSON(ctx, again, bytes.NewReader(export(t, a))); err != nil {
		t.Fatal(err)
	}
	check("exported and imported", again)
	var backup bytes.Buffer
	if err := transfer.BackupAt(ctx, a, &backup, "pass phrase", 10); err != nil {
		t.Fatal(err)
	}
	restored := place.InMemory(t)
	for range 2 { // once more changes nothing
		if _, err := transfer.Restore(ctx, restored, bytes.NewReader(backup.Bytes()), "pass phrase"); err != nil {
			t.Fatal(err)
		}
		check("restored", restored)
	}
	// It goes with its entry.
	id, err := journal.ParseID("00000000000000000000000000000003")
	if err != nil {
		t.Fatal(err)
	}
	if err := record.Delete(ctx, restored, id); err != nil {
		t.Fatal(err)
	}
	if j := place.Read(t, restored); j.Newer() != 2 || j.Damaged() != 0 {
		t.Errorf("after deleting: %d newer and %d damaged, want 2 and 0", j.Newer(), j.Damaged())
	}
}
