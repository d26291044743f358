package record_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/testkit/place"
	"github.com/evenkeel/evenkeel/journal"
)

// Two processes that meet a name for the first time at once begin one product:
// they start together, again and again, until chance had every order.
func TestTwoFirstAddsBeginOneProduct(t *testing.T) {
	ctx := context.Background()
	p := place.New(t)
	a, b := p.Open(t), p.Open(t)
	const rounds = 40
	for i := range rounds {
		line := record.Line{Text: fmt.Sprintf("2 g of leaf%c%c", 'a'+i%26, 'a'+i/26)}
		var together sync.WaitGroup
		ready := make(chan struct{})
		for _, one := range []*app.App{a, b} {
			together.Go(func() {
				<-ready
				if _, err := record.Add(ctx, one, line); err != nil {
					t.Error(err)
				}
			})
		}
		close(ready)
		together.Wait()
	}
	j := place.Read(t, p.Open(t))
	if list := j.Products(); len(list) != rounds {
		t.Errorf("%d products of %d names", len(list), rounds)
	}
	for _, e := range j.All() {
		if p, ok := j.Product(e.Dose().Product); !ok || p.Name != e.Dose().ProductName {
			t.Errorf("a dose hangs on another product")
		}
	}
}

// A product that was renamed leaves its name to a new one.
func TestANameCanBeUsedAgain(t *testing.T) {
	ctx := context.Background()
	a := place.New(t).Open(t)
	first, _, err := record.Product(ctx, a, journal.ID{}, journal.Product{Name: "leaf", Form: journal.LeafPowder})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := record.Product(ctx, a, first, journal.Product{Name: "old leaf", Form: journal.LeafPowder}); err != nil {
		t.Fatal(err)
	}
	second, _, err := record.Product(ctx, a, journal.ID{}, journal.Product{Name: "leaf", Form: journal.LeafPowder})
	if err != nil || second == first || second.IsZero() {
		t.Fatalf("%v %v", second, err)
	}
	if n := len(place.Read(t, a).Products()); n != 2 {
		t.Errorf("%d products", n)
	}
}

// An entry stays what it is: a dose does not become a product, nor a product a
// note.
func TestAnEntryKeepsItsKind(t *testing.T) {
	ctx := context.Background()
	a := place.New(t).Open(t)
	note := place.Record(t, a, place.Note("a note"))[0]
	product, _, err := record.Product(ctx, a, journal.ID{}, journal.Product{Name: "leaf", Form: journal.LeafPowder})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := record.Correct(ctx, a, note, journal.Event{Body: &journal.Dose{Amount: 1, Unit: "g"}}); !fault.Is(err, fault.Invalid) {
		t.Errorf("a note became a dose: %v", err)
	}
	if _, err := record.Correct(ctx, a, product, place.Note("was a product")); !fault.Is(err, fault.Invalid) {
		t.Errorf("a product became a note: %v", err)
	}
	if _, _, err := record.Product(ctx, a, note, journal.Product{Name: "x", Form: journal.Tea}); !fault.Is(err, fault.Invalid) {
		t.Errorf("a note became a product: %v", err)
	}
	if _, err := record.Correct(ctx, a, note, journal.Event{}); !fault.Is(err, fault.Invalid) {
		t.Errorf("a note became nothing: %v", err)
	}
}

// Every write gives back what it found in the person's words, saved or not.
func TestWritesGiveBackWordsOfDanger(t *testing.T) {
	ctx := context.Background()
	a := place.New(t).Open(t)
	const words = "I want to kill myself"
	saved, err := record.New(ctx, a, place.Note(words))
	if err != nil || len(saved.Found) == 0 {
		t.Errorf("a note: %+v %v", saved, err)
	}
	if saved, err := record.Correct(ctx, a, saved.IDs[0], place.Note("still: "+words)); err != nil || len(saved.Found) == 0 {
		t.Errorf("a correction: %+v %v", saved, err)
	}
	if saved, err := record.New(ctx, a, journal.Event{Body: &journal.Dose{Amount: -1, Unit: "g", Note: words}}); err == nil || len(saved.Found) == 0 {
		t.Errorf("what cannot be saved: %+v %v", saved, err)
	}
	if _, saved, err := record.Product(ctx, a, journal.ID{}, journal.Product{Name: words, Form: journal.Tea}); err != nil || len(saved.Found) == 0 {
		t.Errorf("a product's name: %+v %v", saved, err)
	}
	if added, err := record.Add(ctx, a, record.Line{Text: "2 g green leaf to kill myself"}); err != nil || len(added.Found) == 0 {
		t.Errorf("a line: %+v %v", added, err)
	}
}

// Who writes of dying is asked nothing about grams: one question stands, and its
// answer keeps every word.
func TestNothingElseIsAskedBesideDying(t *testing.T) {
	ctx := context.Background()
	a := place.InMemory(t)
	for line, want := range map[string]string{"took 3 and i want to kill myself": "took 3 and i want to kill myself", "5 tablets today. I can't go on like this": "5 tablets today. I can't go on like this"} {
		added, err := record.Add(ctx, a, record.Line{Text: line})
		if err != nil || len(added.Asks) != 1 || len(added.Asks[0].Answers()) != 1 || len(added.IDs) != 0 {
			t.Fatalf("%q: %+v %v", line, added, err)
		}
		if added, err = record.Add(ctx, a, record.Line{Text: added.Asks[0].Answers()[0].Line}); err != nil || len(added.Entries) != 1 || added.Entries[0].Event.Note().Text != want {
			t.Errorf("%q kept as %+v %v", line, added.Entries, err)
		}
	}
	// Somebody else's danger, and one's own chest, leave the dose to be mended.
	if added, err := record.Add(ctx, a, record.Line{Text: "5 tablets today. my chest hurts"}); err != nil || len(added.Found) == 0 || len(added.Asks) == 0 || added.Asks[0].Key == "quick.ask.kept" {
		t.Errorf("chest pain: %+v %v", added, err)
	}
}

// A line is read in the language of the page where the person chose none.
func TestALineIsReadInThePagesLanguage(t *testing.T) {
	a := place.New(t).Open(t)
	added, err := record.Add(context.Background(), a, record.Line{Text: "nada hoy", Language: "es"})
	if err != nil || len(added.IDs) != 1 || added.Entries[0].Event.None() == nil {
		t.Errorf("%+v %v", added, err)
	}
}
