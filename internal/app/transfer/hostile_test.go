package transfer_test

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"

	"filippo.io/age"

	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/internal/app/transfer"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/testkit/place"
	"github.com/evenkeel/evenkeel/journal"
)

// Whoever made a backup chose what it costs to try a passphrase. What costs more
// than twice our own is refused before anything is spent on it.
func TestABackupThatCostsTooMuchIsRefused(t *testing.T) {
	recipient, err := age.NewScryptRecipient("pass phrase")
	if err != nil {
		t.Fatal(err)
	}
	recipient.SetWorkFactor(8)
	var cheap bytes.Buffer
	w, err := age.Encrypt(&cheap, recipient)
	if err == nil {
		_, err = io.WriteString(w, "{}")
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	if _, err := transfer.OpenBackup(bytes.NewReader(cheap.Bytes()), "pass phrase"); err != nil {
		t.Fatal(err)
	}
	head, rest, ok := strings.Cut(cheap.String(), " 8\n")
	if !ok {
		t.Fatal("the work factor does not stand where it did")
	}
	for _, work := range []int{transfer.Work + 2, 22} {
		hostile := fmt.Sprintf("%s %d\n%s", head, work, rest)
		if _, err := transfer.OpenBackup(strings.NewReader(hostile), "pass phrase"); !fault.Is(err, fault.Corrupt) {
			t.Errorf("work factor %d: %v", work, err)
		}
	}
}

// A file cannot freeze an entry or the settings: the highest rev leaves room for
// a correction, and one that is also from the future, which would not, is refused.
func TestAFileFreezesNothing(t *testing.T) {
	ctx := t.Context()
	const first, later = "00000000000000000000000000000001", "00000000000000000000000000000002"
	file := func(recorded string) string {
		return `{"format":"evenkeel-journal","version":1,"records":[
{"id":"` + first + `","event":{"v":1,"kind":"note","at":"2026-11-20T08:00:00Z","recorded":"2026-11-20T08:00:00Z","note":{"text":"first"}}},
{"id":"` + later + `","event":{"v":1,"kind":"note","at":"2026-11-20T08:00:00Z","recorded":"` + recorded + `","replaces":"` + first + `","rev":1000000,"note":{"text":"frozen"}}},
{"id":"00000000000000000000000000000003","event":{"v":1,"kind":"settings","at":"2026-11-20T08:00:00Z","recorded":"` + recorded + `","rev":1000000,"settings":{"language":"es"}}}]}`
	}
	a := place.InMemory(t)
	if _, err := transfer.ImportJSON(ctx, a, strings.NewReader(file("9999-12-31T23:59:59Z"))); !fault.Is(err, fault.Invalid) {
		t.Errorf("from the future: %v", err)
	}
	if n := place.Read(t, a).Len(); n != 0 {
		t.Errorf("%d entries of a refused file", n)
	}
	if _, err := transfer.ImportJSON(ctx, a, strings.NewReader(file("2026-11-21T08:00:00Z"))); err != nil {
		t.Fatal(err)
	}
	id, err := journal.ParseID(first)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := record.Correct(ctx, a, id, place.Note("mended")); err != nil {
		t.Fatal(err)
	}
	en := "en"
	if err := record.Settings(ctx, a, journal.Settings{Language: &en}); err != nil {
		t.Fatal(err)
	}
	if got := place.Notes(t, a); len(got) != 1 || got[0] != "mended" {
		t.Errorf("notes %q", got)
	}
	if got := place.Read(t, a).Settings().Language; got == nil || *got != "en" {
		t.Errorf("language %v", got)
	}
}
