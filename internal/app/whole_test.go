package app_test

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/doctor"
	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/internal/app/transfer"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/testkit/place"
)

// harm changes the closed journal of a place behind Evenkeel's back.
func harm(t *testing.T, p *place.Place, statements ...string) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+p.DB())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, s := range statements {
		if _, err := db.Exec(s); err != nil {
			t.Fatal(s, err)
		}
	}
}

// said is the key of the sentence for err.
func said(err error) string {
	key, _ := fault.KeyOf(err)
	return key
}

// A thorough hand keeps the store's own counts right as well: only the sealed head
// tells then.
const countAgain = `UPDATE head SET last = (SELECT count(*) FROM record), forgotten = (SELECT count(*) FROM record WHERE length(ciphertext) = 0)`

func TestLostRecordsAreSaid(t *testing.T) {
	ctx := context.Background()
	for name, c := range map[string]struct {
		harm []string
		says string
		left []string // the notes that can still be read
	}{
		"last gone":       {[]string{"DELETE FROM record WHERE seq = 5"}, "vault.log_missing", []string{"a", "b", "c"}},
		"first gone":      {[]string{"DELETE FROM record WHERE seq = 1"}, "vault.log_missing", []string{"b", "c", "d"}},
		"number changed":  {[]string{"UPDATE record SET seq = 77 WHERE seq = 2"}, "vault.log_changed", []string{"a", "b", "c", "d"}},
		"one emptied":     {[]string{"UPDATE record SET ciphertext = x'' WHERE seq = 2"}, "vault.log_emptied", []string{"a", "c", "d"}},
		"tombstone gone":  {[]string{"DELETE FROM record WHERE length(ciphertext) = 0"}, "vault.log_missing", []string{"a", "b", "c", "d"}},
		"head gone":       {[]string{"UPDATE head SET sealed = x''"}, "vault.log_changed", []string{"a", "b", "c", "d"}},
		"head of nothing": {[]string{"UPDATE head SET sealed = zeroblob(297)"}, "vault.log_changed", []string{"a", "b", "c", "d"}},
		"last gone, counted again": {[]string{"DELETE FROM record WHERE seq = 5", countAgain},
			"vault.log_missing", []string{"a", "b", "c"}},
		"first gone, counted again": {[]string{"DELETE FROM record WHERE seq = 1", "UPDATE record SET seq = seq - 1", countAgain},
			"vault.log_missing", []string{"b", "c", "d"}},
		"one emptied, counted again": {[]string{"UPDATE record SET ciphertext = x'' WHERE seq = 2", countAgain},
			"vault.log_emptied", []string{"a", "c", "d"}},
		"two swapped": {[]string{"UPDATE record SET seq = 99 WHERE seq = 1", "UPDATE record SET seq = 1 WHERE seq = 2", "UPDATE record SET seq = 2 WHERE seq = 99"},
			"vault.log_changed", []string{"a", "b", "c", "d"}},
	} {
		t.Run(name, func(t *testing.T) {
			p := place.New(t)
			a := p.Open(t)
			place.Record(t, a, place.Note("a"), place.Note("b"))
			gone := place.Record(t, a, place.Note("gone"))
			place.Record(t, a, place.Note("c"), place.Note("d"))
			var backup bytes.Buffer
			if err := transfer.ExportJSON(ctx, a, &backup); err != nil {
				t.Fatal(err)
			}
			if err := record.Forget(ctx, a, gone...); err != nil {
				t.Fatal(err)
			}
			if err := a.Problem(); err != nil {
				t.Fatal(err)
			}
			a.Close()
			harm(t, p, c.harm...)

			for range 2 { // a next start says the same, also after something was written
				a = p.Open(t)
				got := place.Notes(t, a)
				slices.Sort(got) // all of one moment
				if !slices.Equal(got[:len(c.left)], c.left) {
					t.Errorf("shows %q, want %q", got, c.left)
				}
				if got := said(a.Problem()); got != c.says {
					t.Errorf("says %q, want %q", got, c.says)
				}
				if err := transfer.ExportJSON(ctx, a, new(bytes.Buffer)); said(err) != c.says {
					t.Errorf("export: %v", err)
				}
				if err := transfer.Backup(ctx, a, new(bytes.Buffer), "pass"); said(err) != c.says {
					t.Errorf("backup: %v", err)
				}
				if _, err := transfer.ExportReadable(ctx, a, new(bytes.Buffer)); err != nil {
					t.Errorf("what can be read: %v", err)
				}
				if r, err := doctor.Examine(ctx, a); err != nil || r.OK {
					t.Errorf("doctor is content: %+v, %v", r, err)
				}
				place.Record(t, a, place.Note("later"))
				a.Close()
			}

			// The backup brings back what is missing, and all is well again.
			a = p.Open(t)
			if _, err := transfer.ImportJSON(ctx, a, &backup); err != nil {
				t.Fatal(err)
			}
			if err := a.Problem(); err != nil {
				t.Errorf("after restoring: %v", err)
			}
			got := place.Notes(t, a)
			slices.Sort(got)
			want := []string{"a", "b", "c", "d", "later", "later"}
			if c.says == "vault.log_emptied" {
				want = []string{"a", "c", "d", "later", "later"} // not told from a forgotten one
			}
			if !slices.Equal(got, want) {
				t.Errorf("after restoring: %q, want %q", got, want)
			}
			a.Close()
			b := p.Open(t)
			place.Notes(t, b)
			if r, err := doctor.Examine(ctx, b); err != nil || !r.OK {
				t.Errorf("doctor after restoring: %+v, %v", r, err)
			}
		})
	}
}

// A journal from before there were heads opens as it is and gets its first head.
func TestJournalFromBeforeHeads(t *testing.T) {
	ctx := context.Background()
	p := place.New(t)
	for _, name := range []string{"journal.db", "device.key"} {
		b, err := os.ReadFile(filepath.Join("testdata", "beforeheads", name))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(p.Dir, name), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	a := p.Open(t)
	got := place.Notes(t, a)
	slices.Sort(got)
	if !slices.Equal(got, []string{"one", "three", "two"}) {
		t.Errorf("got %q", got)
	}
	if r, err := doctor.Examine(ctx, a); err != nil || !r.OK {
		t.Errorf("doctor: %+v, %v", r, err)
	}
	a.Close()
	harm(t, p, "DELETE FROM record WHERE seq = 1", "UPDATE record SET seq = seq - 1", countAgain)
	b := p.Open(t)
	if got := place.Notes(t, b); len(got) != 2 || said(b.Problem()) != "vault.log_missing" {
		t.Errorf("after harm: %q, %v", got, b.Problem())
	}
}

// Two processes that write and forget at once lose nothing and suspect nothing.
func TestTwoProcessesKeepOneHead(t *testing.T) {
	ctx := context.Background()
	p := place.New(t)
	a, b := p.Open(t), p.Open(t)
	var want []string
	var group sync.WaitGroup
	for i, x := range []*app.App{a, b} {
		for n := range 12 {
			want = append(want, fmt.Sprintf("%d-%02d", i, n))
		}
		group.Go(func() {
			for n := range 12 {
				if _, err := record.New(ctx, x, place.Note(fmt.Sprintf("%d-%02d", i, n))); err != nil {
					t.Error(err)
				}
				gone, err := record.New(ctx, x, place.Note("gone"))
				if err == nil && n%3 == 0 {
					err = record.Forget(ctx, x, gone.IDs...)
				} else if err == nil {
					err = record.Delete(ctx, x, gone.IDs...)
				}
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	for name, x := range map[string]*app.App{"a": a, "b": b, "fresh": p.Open(t)} {
		got := place.Notes(t, x)
		slices.Sort(got)
		if !slices.Equal(got, want) || x.Problem() != nil {
			t.Errorf("%s: %q, %v", name, got, x.Problem())
		}
		if r, err := doctor.Examine(ctx, x); err != nil || !r.OK {
			t.Errorf("%s: %+v, %v", name, r, err)
		}
	}
}

// Without a backup the person may decide to go on with what is left: they export
// what can be read and bring that in again.
func TestGoingOnWithWhatIsLeft(t *testing.T) {
	ctx := context.Background()
	p := place.New(t)
	a := p.Open(t)
	place.Record(t, a, place.Note("a"), place.Note("b"), place.Note("c"))
	other := p.Open(t)
	place.Notes(t, other)
	a.Close()
	harm(t, p, "DELETE FROM record WHERE seq = 2")
	a = p.Open(t)
	if place.Notes(t, a); said(a.Problem()) != "vault.log_missing" {
		t.Fatal(a.Problem())
	}
	var left bytes.Buffer
	if lost, err := transfer.ExportReadable(ctx, a, &left); err != nil || lost != 1 {
		t.Fatalf("%d lost, %v", lost, err)
	}
	if done, err := transfer.ImportJSON(ctx, a, &left); err != nil || done.Added != 0 || done.Missing != 1 {
		t.Fatalf("%+v %v", done, err)
	}
	place.Record(t, a, place.Note("d"))
	for _, x := range []*app.App{a, other, p.Open(t)} {
		got := place.Notes(t, x)
		slices.Sort(got)
		if !slices.Equal(got, []string{"a", "c", "d"}) || x.Problem() != nil {
			t.Errorf("%q, %v", got, x.Problem())
		}
	}
	if err := transfer.ExportJSON(ctx, a, new(bytes.Buffer)); err != nil {
		t.Error(err)
	}
}
