package transfer_test

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/app/doctor"
	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/internal/app/transfer"
	"github.com/evenkeel/evenkeel/internal/app/transfer/batch"
	"github.com/evenkeel/evenkeel/internal/locale"
	"github.com/evenkeel/evenkeel/internal/testkit/place"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/journal"
)

func export(t *testing.T, a *app.App) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := transfer.ExportJSON(context.Background(), a, &b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// records of an export, by id, whatever their order.
func recordsOf(t *testing.T, file []byte) map[string]string {
	t.Helper()
	var f struct {
		Records []struct {
			ID    string
			Event json.RawMessage
		}
	}
	if err := json.Unmarshal(file, &f); err != nil {
		t.Fatal(err)
	}
	m := map[string]string{}
	for _, r := range f.Records {
		m[r.ID] = string(r.Event)
	}
	return m
}

// An editor may have put a byte order mark before an export.
func TestAMarkBeforeAnExport(t *testing.T) {
	a := place.InMemory(t)
	place.Record(t, a, place.Note("one"))
	file := append([]byte("\ufeff\r\n"), export(t, a)...)
	if !transfer.IsExport(file[:min(len(file), 512)]) {
		t.Error("it is not known for an export")
	}
	if done, err := transfer.ImportJSON(t.Context(), place.InMemory(t), bytes.NewReader(file)); err != nil || done.Added != 1 {
		t.Errorf("%+v %v", done, err)
	}
}

func TestExportImportLosesNothing(t *testing.T) {
	ctx := context.Background()
	a := place.New(t).Open(t)
	ids := place.Record(t, a, place.Note("one <&> \u2028 two"), journal.Event{Body: &journal.Dose{Amount: 2.5, Unit: "g", Reasons: []journal.Reason{"pain"}}})
	if _, err := record.Correct(ctx, a, ids[0], place.Note("corrected")); err != nil {
		t.Fatal(err)
	}
	if err := record.Delete(ctx, a, ids[1]); err != nil {
		t.Fatal(err)
	}
	file := export(t, a)
	b := place.New(t).Open(t)
	done, err := transfer.ImportJSON(ctx, b, bytes.NewReader(file))
	if err != nil || done.Added != 4 || done.Known != 0 {
		t.Fatalf("%+v, %v", done, err)
	}
	want, got := recordsOf(t, file), recordsOf(t, export(t, b))
	if fmt.Sprint(want) != fmt.Sprint(got) {
		t.Errorf("exported\n%v\ncame back as\n%v", want, got)
	}
	done, err = transfer.ImportJSON(ctx, b, bytes.NewReader(file))
	if err != nil || done.Added != 0 || done.Known != 4 {
		t.Errorf("the second time: %+v, %v", done, err)
	}
}

func TestForgottenStaysForgottenThroughAnImport(t *testing.T) {
	ctx := context.Background()
	a := place.New(t).Open(t)
	id := place.Record(t, a, place.Note("gone"))[0]
	file := export(t, a)
	if err := record.Forget(ctx, a, id); err != nil {
		t.Fatal(err)
	}
	if _, err := transfer.ImportJSON(ctx, a, bytes.NewReader(file)); err != nil {
		t.Fatal(err)
	}
	if got := place.Notes(t, a); len(got) != 0 {
		t.Errorf("came back: %q", got)
	}
}

func TestImportIsAllOrNothing(t *testing.T) {
	ctx := context.Background()
	good := `{"id":"%032x","event":{"v":1,"kind":"note","at":"2026-11-01T08:00:00Z","recorded":"2026-11-01T08:00:00Z","note":{"text":"n"}}}`
	bad := `{"id":"%032x","event":{"v":1,"kind":"dose","at":"2026-11-01T08:00:00Z","recorded":"2026-11-01T08:00:00Z","dose":{"amount":-1,"unit":"g"}}}`
	file := func(rows ...string) string {
		for i := range rows {
			if strings.Contains(rows[i], "%") {
				rows[i] = fmt.Sprintf(rows[i], i+1)
			}
		}
		return `{"format":"evenkeel-journal","version":1,"records":[` + strings.Join(rows, ",") + `]}`
	}
	for _, c := range []struct {
		name, file, says string
		code             fault.Code
	}{
		{"one bad record in the middle", file(good, good, bad, good), "Record 3", fault.Invalid},
		{"cut off", file(good, good)[:150], "ends too early", fault.Invalid},
		{"no id", file(good, `{"event":{}}`), "Record 2", fault.Invalid},
		{"a newer format", `{"format":"evenkeel-journal","version":9,"records":[]}`, "newer release", fault.NewerVersion},
		{"another program's JSON", `{"records":[]}`, "not an Evenkeel export", fault.Invalid},
		{"a list", `[1,2]`, "not a whole Evenkeel export", fault.Invalid},
		{"empty", ``, "not a whole Evenkeel export", fault.Invalid},
		{"no records", `{"format":"evenkeel-journal","version":1}`, "not an Evenkeel export", fault.Invalid},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := place.New(t).Open(t)
			place.Record(t, a, place.Note("before"))
			_, err := transfer.ImportJSON(ctx, a, strings.NewReader(c.file))
			if !fault.Is(err, c.code) || !strings.Contains(english(t, err), c.says) {
				t.Errorf("got %v", err)
			}
			if got := place.Notes(t, a); !slices.Equal(got, []string{"before"}) {
				t.Errorf("left: %q", got)
			}
		})
	}
}

func TestBackupAndRestore(t *testing.T) {
	ctx := context.Background()
	a := place.New(t).Open(t)
	place.Record(t, a, place.Note("kept"))
	var file bytes.Buffer
	if err := transfer.Backup(ctx, a, &file, "backup phrase"); err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(file.Bytes(), []byte("kept")) {
		t.Error("the backup is in clear")
	}
	b := place.New(t).Open(t)
	place.Record(t, b, place.Note("already here"))
	if _, err := transfer.Restore(ctx, b, bytes.NewReader(file.Bytes()), "another phrase"); !fault.Is(err, fault.WrongPassphrase) {
		t.Errorf("wrong passphrase: %v", err)
	}
	damaged := bytes.Clone(file.Bytes())
	damaged[len(damaged)-5] ^= 1
	if _, err := transfer.Restore(ctx, b, bytes.NewReader(damaged), "backup phrase"); err == nil {
		t.Error("a damaged backup was restored")
	}
	if got := place.Notes(t, b); !slices.Equal(got, []string{"already here"}) {
		t.Fatalf("after two failures: %q", got)
	}
	if done, err := transfer.Restore(ctx, b, bytes.NewReader(file.Bytes()), "backup phrase"); err != nil || done.Added != 1 {
		t.Fatalf("%+v, %v", done, err)
	}
	if got := place.Notes(t, b); len(got) != 2 {
		t.Errorf("after restoring: %q", got)
	}
}

// A record that was damaged is mended from a backup, keeps its corrections,
// and no longer stands in the way of an export.
func TestRestoreMendsWhatIsDamaged(t *testing.T) {
	ctx := context.Background()
	p := place.New(t)
	a := p.Open(t)
	ids := place.Record(t, a, place.Note("first"), place.Note("second"), place.Note("third"))
	p.Clock.Time = p.Clock.Time.Add(time.Minute)
	if _, err := record.Correct(ctx, a, ids[1], place.Note("second, corrected")); err != nil {
		t.Fatal(err)
	}
	var file bytes.Buffer
	if err := transfer.Backup(ctx, a, &file, "backup phrase"); err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	damage(t, p, ids[0], ids[1])

	b := p.Open(t)
	if got := place.Notes(t, b); !slices.Equal(got, []string{"second, corrected", "third"}) {
		t.Fatalf("after the damage: %q", got)
	}
	if err := transfer.ExportJSON(ctx, b, io.Discard); !fault.Is(err, fault.Corrupt) {
		t.Errorf("exporting with damage: %v", err)
	}
	var rest bytes.Buffer
	if n, err := transfer.ExportReadable(ctx, b, &rest); err != nil || n != 2 || len(recordsOf(t, rest.Bytes())) != 2 {
		t.Errorf("exporting the rest: %d left out, %v\n%s", n, err, rest.Bytes())
	}
	for range 2 { // the second time changes nothing
		if _, err := transfer.Restore(ctx, b, bytes.NewReader(file.Bytes()), "backup phrase"); err != nil {
			t.Fatal(err)
		}
		if got := place.Notes(t, b); !slices.Equal(got, []string{"first", "second, corrected", "third"}) {
			t.Fatalf("after mending: %q", got)
		}
	}
	report, err := doctor.Examine(ctx, b)
	if err != nil || !report.OK {
		t.Errorf("doctor: %+v, %v", report, err)
	}
	if err := record.Delete(ctx, b, ids[0]); err != nil {
		t.Fatal(err)
	}
	if got := place.Notes(t, p.Open(t)); !slices.Equal(got, []string{"second, corrected", "third"}) {
		t.Errorf("after deleting a mended entry: %q", got)
	}
}

// damage flips a bit in the middle of records, behind the app's back.
func damage(t *testing.T, p *place.Place, ids ...journal.ID) {
	t.Helper()
	db, err := sql.Open("sqlite", p.DB())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, id := range ids {
		var body []byte
		if err := db.QueryRow("SELECT ciphertext FROM record WHERE id = ?", id[:]).Scan(&body); err != nil {
			t.Fatal(err)
		}
		body[len(body)/2] ^= 1
		if _, err := db.Exec("UPDATE record SET ciphertext = ? WHERE id = ?", body, id[:]); err != nil {
			t.Fatal(err)
		}
	}
}

func TestCSVExportComesBack(t *testing.T) {
	ctx := context.Background()
	a := place.New(t).Open(t)
	rough, helped, sleep := 6, 3, 6.5
	leaf, _, err := record.Product(ctx, a, journal.ID{}, journal.Product{Name: "=leaf", Form: journal.LeafPowder})
	if err != nil {
		t.Fatal(err)
	}
	place.Record(t, a,
		journal.Event{Body: &journal.Dose{Product: leaf, ProductName: "=leaf", Amount: 2.5, Unit: "g", Reasons: []journal.Reason{"pain", "habit"}, Helped: &helped, Note: "-note"}},
		journal.Event{Body: &journal.None{}},
		journal.Event{Body: &journal.CheckIn{Rough: &rough, SleepHours: &sleep, Symptoms: map[journal.Symptom]int{"yawning": 2}}},
		journal.Event{Body: &journal.Substance{Class: "alcohol", Name: "beer", Amount: "2 glasses"}},
		journal.Event{Body: &journal.BodyChange{Change: "itch", Since: "2026-11-01", Ongoing: true}},
		journal.Event{Body: &journal.Life{Area: "work", Effect: "worse", Note: "late"}},
		journal.Event{Body: &journal.Spending{Amount: 35, Currency: "USD"}},
		journal.Event{Body: &journal.PriorUse{ProductName: "leaf", PerDay: 20, Unit: "g", Days: 1096, TimesPerDay: 4}},
		place.Note("words, \"quoted\"\nin two lines"),
	)
	var first bytes.Buffer
	if err := transfer.ExportCSV(ctx, a, &first, false); err != nil {
		t.Fatal(err)
	}
	b := place.New(t).Open(t)
	if done := bring(t, b, first.Bytes()); done.Rows != 9 || done.Added != 9 {
		t.Fatalf("%+v", done)
	}
	var second bytes.Buffer
	if err := transfer.ExportCSV(ctx, b, &second, false); err != nil {
		t.Fatal(err)
	}
	if first.String() != second.String() {
		t.Errorf("exported\n%s\ncame back as\n%s", first.String(), second.String())
	}
	if done := bring(t, b, first.Bytes()); done.Added != 0 || done.Known != 9 {
		t.Errorf("the second time: %+v", done)
	}
}

func TestCSVFromElsewhere(t *testing.T) {
	for _, c := range []struct {
		name, table string
		want        []string // kind, time, amount of each entry
	}{
		{"a log of grams", "Date,Time,Strain,Grams,Notes\n11/20/2026,7:40 PM,Red Bali,3.5,after work\n11/21/2026,8:00 AM,Red Bali,3,\n",
			[]string{"dose 2026-11-20T19:40:00-05:00 3.5 g", "dose 2026-11-21T08:00:00-05:00 3 g"}},
		{"semicolons, decimal commas, day first", "\ufeffwhen;dose;unit\n20.11.2026 19:40;2,5;g\n", []string{"dose 2026-11-20T19:40:00-05:00 2.5 g"}},
		{"zero is none today", "timestamp,amount (mg)\n1763683200,0\n", []string{"none_today 2025-11-20T19:00:00-05:00"}},
		{"two equal doses stay two", "at,amount,unit\n2026-11-20 08:00,1,capsule\n2026-11-20 08:00,1,capsule\n",
			[]string{"dose 2026-11-20T08:00:00-05:00 1 capsule", "dose 2026-11-20T08:00:00-05:00 1 capsule"}},
		{"moods", "date,mood,note\n2026-11-20,6,fine day\n", []string{"check_in 2026-11-20T12:00:00-05:00"}},
		{"the cell's unit before the heading's", "date,grams\n2026-11-20,500 mg\n2026-11-20,3 caps\n", []string{"dose 2026-11-20T12:00:00-05:00 500 mg", "dose 2026-11-20T12:00:00-05:00 3 capsule"}},
		{"fractions", "date,dose,unit\n2026-11-20,1/2,tsp\n2026-11-20,2 1/2,g\n", []string{"dose 2026-11-20T12:00:00-05:00 0.5 tsp", "dose 2026-11-20T12:00:00-05:00 2.5 g"}},
		{"today without a time is not the future", "date,grams\n2026-11-22,3\n", []string{"dose 2026-11-22T12:00:00-05:00 3 g"}},
		{"days without anything are skipped", "date,grams,note\n2026-11-20,3,\n2026-11-21,,\n", []string{"dose 2026-11-20T12:00:00-05:00 3 g"}},
		{"a column Type that is no kind", "date,type,grams\n2026-11-20,Red,3\n", []string{"dose 2026-11-20T12:00:00-05:00 3 g"}},
		{"the unit in the cell", "date,dose\n2026-11-20,3 g\n", []string{"dose 2026-11-20T12:00:00-05:00 3 g"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := place.New(t).Open(t)
			bring(t, a, []byte(c.table))
			if done := bring(t, a, []byte(c.table)); done.Added != 0 || !done.Batch.IsZero() {
				t.Errorf("the second time: %+v", done)
			}
			var got []string
			for _, e := range place.Read(t, a).All() {
				s := string(e.Kind) + " " + e.At.Format("2006-01-02T15:04:05-07:00")
				if e.Dose() != nil {
					s += fmt.Sprintf(" %v %s", e.Dose().Amount, e.Dose().Unit)
				}
				got = append(got, s)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func FuzzImport(f *testing.F) {
	f.Add([]byte(`{"format":"evenkeel-journal","version":1,"records":[]}`), false)
	f.Add([]byte(newerFile), false)
	f.Add([]byte("at,amount,unit\n2026-11-20 08:00,1,g\n"), true)
	f.Fuzz(func(t *testing.T, file []byte, table bool) {
		ctx := context.Background()
		a := place.InMemory(t)
		if !table {
			_, _ = transfer.ImportJSON(ctx, a, bytes.NewReader(file))
		} else if done, err := batch.Write(ctx, a, batch.File{Data: file}, batch.Choices{Odd: true, Doubles: true}); err == nil && !done.Batch.IsZero() {
			again, err := batch.Write(ctx, a, batch.File{Data: file}, batch.Choices{Odd: true})
			if err != nil || again.Added > 0 {
				t.Errorf("%q again: %+v %v", file, again, err)
			}
			before := place.Read(t, a).Len()
			if undone, err := batch.Undo(ctx, a, done.Batch); err != nil || undone.Removed != done.Added || place.Read(t, a).Len() != before-done.Added {
				t.Errorf("%q undone: %+v of %d, %v", file, undone, done.Added, err)
			}
		}
		report, err := doctor.Examine(ctx, a)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range report.Findings {
			// What a newer release wrote is kept, and said; nothing else may be wrong.
			if !f.OK && f.Says.Key != "doctor.newer" && f.Says.Key != "doctor.clock" {
				t.Errorf("after importing %q: %+v", file, f)
			}
		}
	})
}

// full asks for the largest file that a page accepts. Its
// 50 MB take a while with the race detector:
//
//	go test ./internal/app/transfer -run Large -args -full
var full = flag.Bool("full", false, "import 50 MB in place of 6")

// A large file comes in whole, and one bad record at its end leaves nothing.
func TestLargeImport(t *testing.T) {
	size := 6 << 20
	if *full {
		size = 50 << 20
	}
	ctx := context.Background()
	page := strings.Repeat("words of a long evening, ", 400) // 10,000 characters
	var file bytes.Buffer
	file.WriteString(`{"format":"evenkeel-journal","version":1,"records":[`)
	n := 0
	for ; file.Len() < size; n++ {
		if n > 0 {
			file.WriteByte(',')
		}
		fmt.Fprintf(&file, `{"id":"%032x","event":{"v":1,"kind":"note","at":"2026-11-01T08:00:00Z","recorded":"2026-11-01T08:00:00Z","note":{"text":"%s"}}}`, n+1, page)
	}
	bad := file.String() + `,{"id":"` + strings.Repeat("f", 32) + `","event":{"v":1}}]}`
	file.WriteString(`]}`)
	a := place.New(t).Open(t)
	if _, err := transfer.ImportJSON(ctx, a, strings.NewReader(bad)); !fault.Is(err, fault.Invalid) {
		t.Errorf("the bad record: %v", err)
	}
	if got := place.Notes(t, a); len(got) != 0 {
		t.Fatalf("%d entries of the refused file are there", len(got))
	}
	done, err := transfer.ImportJSON(ctx, a, &file)
	if err != nil || done.Added != n {
		t.Fatalf("%+v of %d, %v", done, n, err)
	}
}

// english is the sentence that a person gets to see.
func english(t *testing.T, err error) string {
	t.Helper()
	texts, bad := locale.Load()
	if bad != nil {
		t.Fatal(bad)
	}
	return texts.English().Fault(err)
}
