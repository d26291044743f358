package record_test

import (
	"context"
	"testing"

	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/testkit/place"
	"github.com/evenkeel/evenkeel/journal"
)

// TestLater: a symptom without a number is saved as one that is there, and its
// number is laid into the same entry afterwards.
func TestLater(t *testing.T) {
	ctx := context.Background()
	a := place.New(t).Open(t)
	added, err := record.Add(ctx, a, record.Line{Text: "2 caps, rough 6, chills, nauseous"})
	if err != nil || len(added.IDs) != 2 || len(added.Asks) != 2 {
		t.Fatalf("%+v, %v", added, err)
	}
	id := added.IDs[1]
	for _, n := range []int{3, 2} {
		asks, err := record.Later(ctx, a, id, "")
		if err != nil || len(asks) == 0 || len(asks[0].Choices) != journal.SymptomTop+1 {
			t.Fatalf("%+v, %v", asks, err)
		}
		if _, err := record.Answer(ctx, a, id, asks[0].Choices[n].Line, ""); err != nil {
			t.Fatal(err)
		}
	}
	j, err := a.Read(ctx)
	if err != nil {
		t.Fatal(err)
	}
	e, _ := j.Entry(id)
	c := e.CheckIn()
	if *c.Rough != 6 || c.Symptoms["sweats_chills"] != 3 || c.Symptoms["upset_stomach"] != 2 || c.Note != "" {
		t.Errorf("%+v", c)
	}
	if asks, err := record.Later(ctx, a, id, ""); err != nil || len(asks) != 0 {
		t.Errorf("still asked: %+v, %v", asks, err)
	}
	if _, err := record.Answer(ctx, a, id, "3 g", ""); !fault.Is(err, fault.Invalid) {
		t.Errorf("a dose is no answer: %v", err)
	}
	if _, err := record.Answer(ctx, a, added.IDs[0], "nauseous 2", ""); !fault.Is(err, fault.Invalid) {
		t.Errorf("a dose has no such question: %v", err)
	}
	// A note of the person's own is not taken for a question.
	own := place.Record(t, a, journal.Event{At: e.At, Body: &journal.CheckIn{Note: "the dog was sick"}})[0]
	if asks, err := record.Later(ctx, a, own, ""); err != nil || len(asks) != 0 {
		t.Errorf("%+v, %v", asks, err)
	}
}
