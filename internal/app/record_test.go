package app_test

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/journal"
)

func TestWhatIsSavedIsThereAfterARestart(t *testing.T) {
	p := newPlace(t)
	a := p.open(t)
	record(t, a, note("one"), note("two"))
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	if got := notes(t, p.open(t)); !slices.Equal(got, []string{"one", "two"}) {
		t.Errorf("got %q", got)
	}
}

func TestTwoProcessesSeeEachOther(t *testing.T) {
	p := newPlace(t)
	a, b := p.open(t), p.open(t)
	record(t, a, note("from a"))
	p.clock.now = p.clock.now.Add(time.Minute)
	record(t, b, note("from b"))
	want := []string{"from a", "from b"}
	if got := notes(t, a); !slices.Equal(got, want) {
		t.Errorf("a sees %q", got)
	}
	if got := notes(t, b); !slices.Equal(got, want) {
		t.Errorf("b sees %q", got)
	}
}

func TestCorrectDeleteUndelete(t *testing.T) {
	ctx := context.Background()
	a := newPlace(t).open(t)
	id := record(t, a, note("first"))[0]
	if err := a.Correct(ctx, id, note("second")); err != nil {
		t.Fatal(err)
	}
	if got := notes(t, a); !slices.Equal(got, []string{"second"}) {
		t.Fatalf("after correcting: %q", got)
	}
	if err := a.Delete(ctx, id); err != nil {
		t.Fatal(err)
	}
	if err := a.Delete(ctx, id); err != nil {
		t.Errorf("deleting twice: %v", err)
	}
	if got := notes(t, a); len(got) != 0 {
		t.Fatalf("after deleting: %q", got)
	}
	if err := a.Correct(ctx, id, note("third")); !fault.Is(err, fault.NotFound) {
		t.Errorf("correcting what is gone: %v", err)
	}
	if _, err := a.Undelete(ctx, id); err != nil {
		t.Fatal(err)
	}
	if got := notes(t, a); !slices.Equal(got, []string{"second"}) {
		t.Errorf("after bringing back: %q", got)
	}
}

// Forgetting removes the bytes of every version from every file. What was
// sealed looks random, so the test looks for the ciphertext itself.
func TestForgetRemovesTheBytes(t *testing.T) {
	ctx := context.Background()
	p := newPlace(t)
	a := p.open(t)
	id := record(t, a, note("to be forgotten"))[0]
	if err := a.Correct(ctx, id, note("its second version")); err != nil {
		t.Fatal(err)
	}
	before := blocks(t, p.dir)
	record(t, a, note("stays"))
	if err := a.Forget(ctx, id); err != nil {
		t.Fatal(err)
	}
	report, err := a.Doctor(ctx)
	if err != nil || report.Store.Forgotten != 2 || !report.OK {
		t.Fatalf("%+v, %v", report, err)
	}
	after := blocks(t, p.dir)
	if n := common(before, after); n > 0 {
		t.Errorf("%d blocks of forgotten ciphertext are still in the data directory", n)
	}
	if _, err := a.Undelete(ctx, id); !fault.Is(err, fault.NotFound) {
		t.Errorf("a forgotten entry came back: %v", err)
	}
	if got := notes(t, p.open(t)); !slices.Equal(got, []string{"stays"}) {
		t.Errorf("left: %q", got)
	}
}

// blocks are the 64-byte windows of all files that look like ciphertext: they
// hold many different bytes, and are longer than the ids that stay behind. Any
// of them found again is a remainder.
func blocks(t *testing.T, dir string) map[string]bool {
	t.Helper()
	found := map[string]bool{}
	for _, data := range files(t, dir) {
		for i := 0; i+64 <= len(data); i++ {
			w := data[i : i+64]
			var seen [256]bool
			n := 0
			for _, b := range w {
				if !seen[b] {
					seen[b] = true
					n++
				}
			}
			if n >= 50 {
				found[string(w)] = true
			}
		}
	}
	return found
}

// common counts ciphertext of before that is in after, the keyring aside,
// which is text.
func common(before, after map[string]bool) int {
	n := 0
	for w := range before {
		if after[w] && bytes.IndexFunc([]byte(w), func(r rune) bool { return r > 126 || r < 32 }) >= 0 && !bytes.Contains([]byte(w), []byte("CREATE")) {
			n++
		}
	}
	return n
}

func files(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		out[path] = data
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestTheFutureIsRefused(t *testing.T) {
	p := newPlace(t)
	a := p.open(t)
	e := note("tomorrow")
	e.At = evening.AddDate(0, 0, 1)
	if _, err := a.Record(context.Background(), e); !fault.Is(err, fault.Invalid) {
		t.Errorf("got %v", err)
	}
	e.At = evening.Add(2 * time.Minute) // a phone's clock may be a little off
	record(t, a, e)
}

// A clock that jumps back changes no order of versions and loses nothing.
func TestAClockThatJumpsBack(t *testing.T) {
	ctx := context.Background()
	p := newPlace(t)
	a := p.open(t)
	id := record(t, a, note("written at evening"))[0]
	p.clock.now = evening.AddDate(-1, 0, 0)
	if err := a.Correct(ctx, id, note("corrected, a year back")); err != nil {
		t.Fatal(err)
	}
	record(t, a, note("new, a year back"))
	want := []string{"new, a year back", "corrected, a year back"}
	if got := notes(t, p.open(t)); !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	report, err := a.Doctor(ctx)
	if err != nil || report.OK {
		t.Errorf("doctor does not see the clock: %+v %v", report, err)
	}
}

func TestOneBadEventSavesNone(t *testing.T) {
	a := newPlace(t).open(t)
	_, err := a.Record(context.Background(), note("fine"), journal.Event{Body: &journal.Dose{Amount: -1, Unit: "g"}})
	if !fault.Is(err, fault.Invalid) {
		t.Errorf("got %v", err)
	}
	if got := notes(t, a); len(got) != 0 {
		t.Errorf("saved %q", got)
	}
}
