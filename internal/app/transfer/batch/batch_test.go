package batch_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/internal/app/transfer/batch"
	"github.com/evenkeel/evenkeel/internal/app/transfer/columns"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/testkit/place"
	"github.com/evenkeel/evenkeel/journal"
)

func write(t *testing.T, a *app.App, table string, c batch.Choices) *batch.Done {
	t.Helper()
	done, err := batch.Write(t.Context(), a, batch.File{Name: "t.csv", Data: []byte(table)}, c)
	if err != nil {
		t.Fatal(err)
	}
	return done
}

// entries are the journal in words: time, amount, product.
func entries(t *testing.T, a *app.App) (list []string) {
	t.Helper()
	for _, e := range place.Read(t, a).All() {
		s := e.At.Format("01-02 15:04") + " " + string(e.Kind)
		if d := e.Dose(); d != nil {
			s = fmt.Sprintf("%s %v %s %s", e.At.Format("01-02 15:04"), d.Amount, d.Unit, d.ProductName)
		}
		list = append(list, s)
	}
	return list
}

func want(t *testing.T, a *app.App, list ...string) {
	t.Helper()
	got := entries(t, a)
	slices.Sort(got)
	if !slices.Equal(got, list) {
		t.Errorf("the journal has %q, want %q", got, list)
	}
}

const days = "date,time,strain,grams\n03/04/2026,08:00,red,3\n03/05/2026,08:00,red,2\n"

// A table whose days were taken for months is read the right way, and replaces
// what it brought; undoing that brings the first reading back, and undoing both
// leaves nothing.
func TestAWrongOrderOfDaysIsRepairedAndUndone(t *testing.T) {
	a := place.InMemory(t)
	p, err := batch.Look(t.Context(), a, batch.File{Data: []byte(days)}, batch.Choices{})
	if err != nil || !fault.Is(p.Open(), fault.Invalid) || p.First != nil {
		t.Fatalf("two readings are possible, and it says %+v %v", p, err)
	}
	if _, err := batch.Write(t.Context(), a, batch.File{Data: []byte(days)}, batch.Choices{}); err == nil {
		t.Fatal("it was written without an answer")
	}
	first := write(t, a, days, batch.Choices{Chosen: columns.Chosen{Order: columns.MonthFirst}})
	want(t, a, "03-04 08:00 3 g red", "03-05 08:00 2 g red")
	second := write(t, a, days, batch.Choices{Chosen: columns.Chosen{Order: columns.DayFirst}})
	if second.Changed != 2 || second.Added != 2 {
		t.Errorf("%+v", second)
	}
	want(t, a, "04-03 08:00 3 g red", "05-03 08:00 2 g red")
	if again := write(t, a, days, batch.Choices{Chosen: columns.Chosen{Order: columns.DayFirst}}); again.Known != 2 || again.Added != 0 {
		t.Errorf("the second time: %+v", again)
	}
	undone, err := batch.Undo(t.Context(), a, second.Batch)
	if err != nil || undone.Removed != 2 || undone.Back != 2 || undone.Products != 0 {
		t.Errorf("%+v %v", undone, err)
	}
	want(t, a, "03-04 08:00 3 g red", "03-05 08:00 2 g red")
	undone, err = batch.Undo(t.Context(), a, first.Batch)
	if err != nil || undone.Removed != 2 || undone.Products != 1 {
		t.Errorf("%+v %v", undone, err)
	}
	want(t, a)
	if n := len(place.Read(t, a).Products()); n != 0 {
		t.Errorf("%d products are left", n)
	}
	// What was undone can be brought again.
	write(t, a, days, batch.Choices{Chosen: columns.Chosen{Order: columns.DayFirst}})
	want(t, a, "04-03 08:00 3 g red", "05-03 08:00 2 g red")
}

// A row that was changed in the table replaces what it brought, or does not, as
// the person chooses; a row that is new is added; what is the same stays.
func TestAChangedRow(t *testing.T) {
	const before = "date,grams,note\n2026-11-01 08:00,3,\n2026-11-02 08:00,3,\n"
	const after = "date,grams,note\n2026-11-01 08:00,3.5,\n2026-11-02 08:00,3,with tea\n2026-11-03 08:00,4,\n"
	for _, c := range []struct {
		changed batch.Changed
		want    []string
	}{
		{batch.Replace, []string{"11-01 08:00 3.5 g ", "11-02 08:00 3 g ", "11-03 08:00 4 g "}},
		{batch.Leave, []string{"11-01 08:00 3 g ", "11-02 08:00 3 g ", "11-03 08:00 4 g "}},
		{batch.AddBoth, []string{"11-01 08:00 3 g ", "11-01 08:00 3.5 g ", "11-02 08:00 3 g ", "11-02 08:00 3 g ", "11-03 08:00 4 g "}},
	} {
		a := place.InMemory(t)
		write(t, a, before, batch.Choices{})
		if done := write(t, a, after, batch.Choices{Changed: c.changed}); done.Changed != 2 {
			t.Errorf("%s: %d changed, want the amount and the note", c.changed, done.Changed)
		}
		want(t, a, c.want...)
	}
}

// The person's own changes to what was imported stand: an entry that they
// corrected or deleted is known again as the row it came from.
func TestOnesOwnChangesStand(t *testing.T) {
	a := place.InMemory(t)
	const table = "date,grams\n2026-11-01 08:00,3\n2026-11-02 08:00,3\n2026-11-03 08:00,3\n"
	done := write(t, a, table, batch.Choices{})
	list := place.Read(t, a).All()
	if _, err := record.Correct(t.Context(), a, list[0].ID, journal.Event{Body: &journal.Dose{Amount: 5, Unit: "g"}}); err != nil {
		t.Fatal(err)
	}
	if err := record.Delete(t.Context(), a, list[1].ID); err != nil {
		t.Fatal(err)
	}
	if again := write(t, a, table, batch.Choices{}); again.Known != 3 || again.Added != 0 {
		t.Errorf("%+v", again)
	}
	want(t, a, "11-01 08:00 5 g ", "11-03 08:00 3 g ")
	if s := batch.Stands(place.Read(t, a), done.Batch); s.Entries != 2 || s.Changed != 1 {
		t.Errorf("%+v", s)
	}
	if undone, err := batch.Undo(t.Context(), a, done.Batch); err != nil || undone.Removed != 2 {
		t.Errorf("%+v %v", undone, err)
	}
	want(t, a)
}

// What looks like an entry by hand is pointed out, and added only when the
// person says so: the same amount within half an hour, or on the day where the
// table gives no time.
func TestDoublesOfEntriesByHand(t *testing.T) {
	a := place.InMemory(t)
	at := time.Date(2026, 11, 20, 8, 10, 0, 0, place.Evening.Location())
	place.Record(t, a, journal.Event{At: at, Body: &journal.Dose{Amount: 3, Unit: "g", ProductName: "red"}})
	for _, c := range []struct {
		row     string
		doubles int
	}{
		{"2026-11-20 08:00,3,red", 1}, {"2026-11-20,3,red", 1}, {"2026-11-20 08:00,3,", 1},
		{"2026-11-20 09:00,3,red", 0}, {"2026-11-20 08:00,2,red", 0}, {"2026-11-20 08:00,3,green", 0}, {"2026-11-21,3,red", 0},
	} {
		p, err := batch.Look(t.Context(), a, batch.File{Data: []byte("date,grams,strain\n" + c.row + "\n")}, batch.Choices{})
		if err != nil || p.Doubles != c.doubles || p.Entries() != 1-c.doubles {
			t.Errorf("%s: %d doubles, %d to add, %v", c.row, p.Doubles, p.Entries(), err)
		}
	}
	if done := write(t, a, "date,grams\n2026-11-20 08:00,3\n", batch.Choices{Doubles: true}); done.Added != 1 {
		t.Errorf("%+v", done)
	}
}

// Two equal rows are two doses, and know each other again.
func TestEqualRows(t *testing.T) {
	a := place.InMemory(t)
	const two = "date,capsules\n2026-11-01 08:00,1\n2026-11-01 08:00,1\n"
	write(t, a, two, batch.Choices{})
	want(t, a, "11-01 08:00 1 capsule ", "11-01 08:00 1 capsule ")
	if done := write(t, a, two+"2026-11-01 08:00,1\n", batch.Choices{}); done.Known != 2 || done.Added != 1 {
		t.Errorf("with a third: %+v", done)
	}
}

// Bad rows wait with what is wrong, and come in once they are mended; the same
// file does not make them wait twice.
func TestBadRowsWaitAndAreMended(t *testing.T) {
	a := place.InMemory(t)
	const table = "date,grams,strain\n2026-11-01 08:00,3,red\n,n/a,red\n2026-11-02 08:00,couple,red\n2026-11-03 08:00,16000,red\n"
	done := write(t, a, table, batch.Choices{})
	if done.Added != 1 || done.Kept != 2 || done.Bad != 1 || done.Odd != 1 {
		t.Fatalf("%+v", done)
	}
	if again := write(t, a, table, batch.Choices{}); !again.Batch.IsZero() || again.Passed["waiting"] != 2 {
		t.Errorf("the second time: %+v", again)
	}
	kept := place.Read(t, a).Imports()[0].Import().Kept
	if kept[0].Row != 4 || kept[0].Problem != "transfer.cell.words" || kept[1].Row != 5 || kept[1].Problem != "transfer.cell.odd" {
		t.Errorf("%+v", kept)
	}
	if _, err := batch.Mend(t.Context(), a, done.Batch, 4, []string{"2026-11-02 08:00", "some", "red"}, false); !fault.Is(err, fault.Invalid) {
		t.Errorf("mended with words: %v", err)
	}
	if _, err := batch.Mend(t.Context(), a, done.Batch, 4, []string{"2026-11-02 08:00", "2", "red"}, false); err != nil {
		t.Error(err)
	}
	if _, err := batch.Mend(t.Context(), a, done.Batch, 5, []string{"2026-11-03 08:00", "16000", "red"}, false); !fault.Is(err, fault.Invalid) {
		t.Errorf("an odd amount that nobody stood by: %v", err)
	}
	if err := batch.Drop(t.Context(), a, done.Batch, 5); err != nil {
		t.Error(err)
	}
	want(t, a, "11-01 08:00 3 g red", "11-02 08:00 2 g red")
	if undone, err := batch.Undo(t.Context(), a, done.Batch); err != nil || undone.Removed != 2 || undone.Products != 1 {
		t.Errorf("%+v %v", undone, err)
	}
}

// A product that something else uses stays when the import that began it is
// undone.
func TestAProductInUseStays(t *testing.T) {
	a := place.InMemory(t)
	done := write(t, a, "date,grams,strain\n2026-11-01 08:00,3,red\n", batch.Choices{})
	product := place.Read(t, a).Products()[0].ID
	place.Record(t, a, journal.Event{Body: &journal.Dose{Product: product, ProductName: "red", Amount: 2, Unit: "g"}})
	if undone, err := batch.Undo(t.Context(), a, done.Batch); err != nil || undone.Products != 0 || len(place.Read(t, a).Products()) != 1 {
		t.Errorf("%+v %v", undone, err)
	}
}

// Our own table with a cell that was changed in a spreadsheet.
func TestAChangedCellOfOurOwnTable(t *testing.T) {
	a := place.InMemory(t)
	id := place.Record(t, a, journal.Event{Body: &journal.Dose{Amount: 2, Unit: "g"}})[0]
	table := "id,kind,at,recorded,amount,unit\n" + id.String() + ",dose,2026-11-22T19:40:00-05:00,2026-11-22T19:40:00-05:00,2,g\n"
	if done := write(t, a, table, batch.Choices{}); done.Known != 1 || done.Added != 0 {
		t.Errorf("%+v", done)
	}
	if done := write(t, a, strings.Replace(table, ",2,g", ",2.5,g", 1), batch.Choices{}); done.Changed != 1 || done.Added != 1 {
		t.Errorf("%+v", done)
	}
	want(t, a, "11-22 19:40 2.5 g ")
}

// Undoing the first of two imports leaves nothing of it for the second to bring
// back.
func TestUndoneInTheOtherOrder(t *testing.T) {
	a := place.InMemory(t)
	first := write(t, a, days, batch.Choices{Chosen: columns.Chosen{Order: columns.MonthFirst}})
	second := write(t, a, days, batch.Choices{Chosen: columns.Chosen{Order: columns.DayFirst}})
	for _, d := range []*batch.Done{first, second} {
		if undone, err := batch.Undo(t.Context(), a, d.Batch); err != nil || undone.Back != 0 {
			t.Errorf("%+v %v", undone, err)
		}
	}
	want(t, a)
}

// A row that waits is mended on its own day, and the rows below it have the day
// that they had.
func TestARowIsMendedOnItsOwnDay(t *testing.T) {
	a := place.InMemory(t)
	const table = "date,time,grams\n" +
		"Dec 30,8:00 am,1\n" +
		"Dec 31,25:00,2\n" + // its day is known, its time is not
		",9:00 am,3\n" +
		"Jan 2,7:30 pm,couple\n" + // of the next year
		"Jan 33,8:00 am,5\n" + // not a day
		",9:00 am,6\n" // of which day?
	done := write(t, a, table, batch.Choices{})
	want(t, a, "12-30 08:00 1 g ", "12-31 09:00 3 g ")
	var days []string
	for _, k := range place.Read(t, a).Imports()[0].Import().Kept {
		days = append(days, k.Cells[0])
	}
	if w := []string{"2025-12-31", "2026-01-02", "Jan 33", ""}; !slices.Equal(days, w) {
		t.Errorf("the rows that wait are of %q, want %q", days, w)
	}
	if _, err := batch.Mend(t.Context(), a, done.Batch, 5, []string{"2026-01-02", "7:30 pm", "4"}, false); err != nil {
		t.Error(err)
	}
}

// A moment in one cell keeps its year where it waits.
func TestAMomentKeepsItsYear(t *testing.T) {
	a := place.InMemory(t)
	done := write(t, a, "when,grams\nDec 31 8:00 am,1\nJan 2 7:40 pm,couple\n", batch.Choices{})
	kept := place.Read(t, a).Imports()[0].Import().Kept[0]
	kept.Cells[1] = "2"
	if _, err := batch.Mend(t.Context(), a, done.Batch, kept.Row, kept.Cells, false); err != nil {
		t.Fatal(err)
	}
	if e := place.Read(t, a).All()[1]; e.At.Format("2006-01-02 15:04") != "2026-01-02 19:40" {
		t.Errorf("mended to %v", e.At)
	}
}

// Another table with a dose of the same moment is no other reading of the first.
func TestAnotherTableTakesNothingOut(t *testing.T) {
	a := place.InMemory(t)
	write(t, a, "date,leaf (g)\n2026-11-01,3\n", batch.Choices{})
	done := write(t, a, "day,strain,mg\n2026-11-01,pills,15\n", batch.Choices{})
	if done.Changed != 0 {
		t.Errorf("%+v", done)
	}
	want(t, a, "11-01 12:00 15 mg pills", "11-01 12:00 3 g ")
}

// Words of danger in any text of a file are found, in a row that is kept as
// well.
func TestWordsOfDangerAreFound(t *testing.T) {
	a := place.InMemory(t)
	for _, row := range []string{"2026-11-01,3,I want to kill myself", "someday,3,I want to kill myself"} {
		if done := write(t, a, "date,grams,note\n2026-10-01,1,fine\n"+row+"\n", batch.Choices{}); len(done.Found) == 0 {
			t.Errorf("%s: nothing was found", row)
		}
	}
}

// More than fits into one piece comes in whole, and goes as one.
func TestManyEntries(t *testing.T) {
	a := place.InMemory(t)
	var b strings.Builder
	b.WriteString("at,grams\n")
	at := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	const n = 25_000
	for i := range n {
		fmt.Fprintf(&b, "%s,2\n", at.Add(time.Duration(i)*30*time.Minute).Format("2006-01-02 15:04"))
	}
	done := write(t, a, b.String(), batch.Choices{})
	if done.Added != n || place.Read(t, a).Len() != n {
		t.Fatalf("%d added", done.Added)
	}
	if again := write(t, a, b.String(), batch.Choices{}); again.Known != n || again.Added != 0 {
		t.Errorf("again: %d known, %d added", again.Known, again.Added)
	}
	if undone, err := batch.Undo(t.Context(), a, done.Batch); err != nil || undone.Removed != n || place.Read(t, a).Len() != 0 {
		t.Errorf("%+v %v", undone, err)
	}
}
