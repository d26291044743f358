package web_test

import (
	"crypto/rand"
	"path/filepath"
	"strings"
	"testing"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/keys"
	"github.com/evenkeel/evenkeel/internal/demo"
	"github.com/evenkeel/evenkeel/internal/store/devicefile"
	"github.com/evenkeel/evenkeel/internal/store/sqlite"
	"github.com/evenkeel/evenkeel/journal"
)

func TestEveryFormThatMetTheLockIsSaved(t *testing.T) {
	s := newSite(t, 5)
	const pass = "a long quiet river"
	s.want(200, s.post("/settings/passphrase", "passphrase", pass, "again", pass))
	before := s.count()
	dose := s.last(journal.KindDose)
	s.post("/lock")
	s.contains(s.post("/quick", "line", "2 g green leaf"), "is kept")
	s.contains(s.post("/quick", "line", "what is this"), "is kept")
	s.contains(s.post("/quick", "line", "3 g green leaf"), "is kept")
	// What takes away is not kept, and says so.
	for _, p := range []string{"/entries/" + dose.ID.String() + "/delete", "/entries/" + dose.ID.String() + "/forget", "/settings/passphrase"} {
		s.contains(s.post(p, "present", pass, "passphrase", "another river", "again", "another river"), "do it again")
	}
	// The one that cannot be read shows itself; then the rest is saved.
	r := s.post("/unlock", "passphrase", pass)
	if r.status != 422 || !strings.Contains(r.body, "what is this") {
		t.Fatalf("%d %.2000s", r.status, r.body)
	}
	if s.count() != before+1 {
		t.Errorf("%d entries, want %d", s.count(), before+1)
	}
	r = s.want(200, s.get("/"))
	s.contains(r, "2 g green leaf", "3 g green leaf")
	if s.count() != before+2 {
		t.Errorf("%d entries, want %d", s.count(), before+2)
	}
}

func TestAJournalOpensWhenThePassphraseIsGone(t *testing.T) {
	t.Parallel()
	s := newSite(t, 5)
	const pass = "a long quiet river"
	s.want(200, s.post("/settings/passphrase", "passphrase", pass, "again", pass))
	before := s.count()
	s.post("/lock")
	s.contains(s.post("/quick", "line", "2 g green leaf"), "is kept")
	if err := keys.Unlock(t.Context(), s.app, pass); err != nil {
		t.Fatal(err)
	}
	if err := keys.RemovePassphrase(t.Context(), s.app, pass); err != nil {
		t.Fatal(err)
	}
	s.app.Lock()
	if r := s.want(200, s.get("/")); r.path != "/" {
		t.Errorf("led to %s", r.path)
	}
	if s.count() != before+1 {
		t.Errorf("%d entries, want %d", s.count(), before+1)
	}
}

func TestAPageFollowsWhenAnotherProcessDeletedEverything(t *testing.T) {
	for _, path := range []string{"/", "/journal", "/body", "/settings"} {
		dir := t.TempDir()
		s := &site{t: t, clock: &clock{now: evening}}
		open := func() *app.App {
			store, err := sqlite.Open(t.Context(), filepath.Join(dir, "journal.db"))
			if err != nil {
				t.Fatal(err)
			}
			a := app.New(app.Config{Store: store, Clock: s.clock, IDs: randomIDs{}, Random: rand.Reader, Device: devicefile.At(filepath.Join(dir, "device.key"))})
			t.Cleanup(func() { _ = a.Close() })
			if err := a.Open(t.Context()); err != nil {
				t.Fatal(err)
			}
			return a
		}
		s.app = open()
		if err := demo.Fill(t.Context(), s.app, 1, 3); err != nil {
			t.Fatal(err)
		}
		s.serve()
		s.contains(s.want(200, s.get("/journal")), "green leaf")
		if err := keys.DeleteEverything(t.Context(), open(), ""); err != nil {
			t.Fatal(err)
		}
		if r := s.want(200, s.get(path)); strings.Contains(r.body, "green leaf") || r.path == "/unlock" {
			t.Errorf("%s led to %s", path, r.path)
		}
		s.want(200, s.post("/quick", "line", "2 g"))
		if n := s.count(); n != 1 {
			t.Errorf("%d entries in the new journal", n)
		}
	}
}
