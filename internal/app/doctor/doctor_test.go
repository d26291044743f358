package doctor_test

import (
	"crypto/rand"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/doctor"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/store/devicefile"
	"github.com/evenkeel/evenkeel/internal/store/sqlite"
	"github.com/evenkeel/evenkeel/internal/testkit/place"
)

// Doctor on a file with two journals lists both, says nothing of keys that are
// nobody's while none was chosen, and looks at the chosen one's own.
func TestDoctorWithTwoPersons(t *testing.T) {
	ctx := t.Context()
	dir := t.TempDir()
	store, err := sqlite.Open(ctx, filepath.Join(dir, "journal.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	config := func(key string, person port.PersonID) app.Config {
		return app.Config{Store: store, Device: devicefile.At(filepath.Join(dir, key)), Clock: &place.Clock{Time: place.Evening}, IDs: place.IDs{}, Random: rand.Reader, Person: person}
	}
	var persons []port.PersonID
	for n, key := range []string{"one.key", "two.key"} {
		person, err := app.Begin(ctx, config(key, port.PersonID{}))
		if err != nil {
			t.Fatal(err)
		}
		persons = append(persons, person)
		a := app.New(config(key, person))
		if err := a.Open(ctx); err != nil {
			t.Fatal(err)
		}
		for range n + 1 {
			place.Record(t, a, place.Note("of one of them"))
		}
		report, err := doctor.Examine(ctx, a)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range report.Findings {
			if f.What == "entries" && (f.Says.Key != "doctor.all_read" || fmt.Sprint(f.Says.Args) != fmt.Sprint([]any{"n", n + 1})) {
				t.Errorf("person %d: %+v", n, f)
			}
		}
	}
	nobody := app.New(config("one.key", port.PersonID{}))
	if err := nobody.Open(ctx); !fault.Is(err, fault.Conflict) {
		t.Errorf("none was chosen: %v", err)
	}
	report, err := doctor.Examine(ctx, nobody)
	if err != nil || report.OK {
		t.Fatalf("%+v %v", report, err)
	}
	var keys []string
	for _, f := range report.Findings {
		keys = append(keys, f.Says.Key)
		for _, p := range persons {
			if f.Says.Key == "store.check_persons" && !strings.Contains(fmt.Sprint(f.Says.Args), p.String()) {
				t.Errorf("%v is not listed", p)
			}
		}
	}
	if !slices.Equal(keys, []string{"store.check_persons", "doctor.storage_sound"}) {
		t.Errorf("doctor says %q", keys)
	}
}
