package outlook_test

import (
	"context"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/app/outlook"
	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/internal/testkit/place"

	"github.com/evenkeel/evenkeel/internal/demo"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/pkpd"
)

func TestOutlookOfAMadeUpPerson(t *testing.T) {
	ctx := context.Background()
	p := place.New(t)
	a := p.Open(t)
	look := outlook.New(a)
	if err := demo.Fill(ctx, a, 1, demo.Days); err != nil {
		t.Fatal(err)
	}
	stop, err := look.Body(ctx, place.Read(t, a), a.Now(ctx), 0)
	if err != nil {
		t.Fatal(err)
	}
	same, err := look.Body(ctx, place.Read(t, a), a.Now(ctx), 1)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("basis %v, quality %+v, half-lives %+v", stop.Ahead.Basis, stop.Ahead.Quality, stop.HalfLives)
	if !stop.Curve.Known() || len(stop.Tolerance) == 0 {
		t.Fatal("nothing is known of a person with two months of doses")
	}
	end := len(stop.Ahead.Times) - 1
	if d := stop.Ahead.Times[end].Sub(stop.Ahead.Times[0]); d != 14*24*time.Hour {
		t.Errorf("the forecast covers %v", d)
	}
	if s, g := stop.Ahead.Forecast.MitragynineNM[end].Median, same.Ahead.Forecast.MitragynineNM[end].Median; !(s < g/10) {
		t.Errorf("two weeks after stopping %v nM, going on %v nM", s, g)
	}
	h := stop.HalfLives
	if !(h.MitragynineFirst.Mid < h.MitragynineLast.Mid && h.MitragynineLast.Low > 5 && h.MitragynineLast.High < 200) {
		t.Errorf("half-lives %+v", h)
	}
	if _, err := look.Ahead(ctx, place.Read(t, a), a.Now(ctx), 3); !fault.Is(err, fault.Invalid) {
		t.Errorf("a share of 300 %%: %v", err)
	}
}

// With little to go by the forecast says so, and an empty journal is no error.
func TestOutlookSaysWhenItIsNotEnough(t *testing.T) {
	ctx := context.Background()
	a := place.New(t).Open(t)
	look := outlook.New(a)
	o, err := look.Body(ctx, place.Read(t, a), a.Now(ctx), 0)
	if err != nil || o.Ahead.Basis == pkpd.Fitted || o.Curve.Known() || o.Tolerance != nil {
		t.Errorf("an empty journal: %+v, %v", o.Ahead.Basis, err)
	}
	place.Record(t, a, journal.Event{Body: &journal.Dose{Amount: 3, Unit: "scoop"}})
	if o, err = look.Body(ctx, place.Read(t, a), a.Now(ctx), 0); err != nil || o.Ahead.Basis != pkpd.NoCheckIns || o.Curve.Known() || o.Curve.Unknown != 1 {
		t.Errorf("a dose of unknown strength: %v, %v", o.Ahead.Basis, err)
	}
	leaf, _, err := record.Product(ctx, a, journal.ID{}, journal.Product{Name: "leaf", Form: journal.LeafPowder})
	if err != nil {
		t.Fatal(err)
	}
	for i := range 9 {
		place.Record(t, a, journal.Event{At: place.Evening.Add(-time.Duration(i) * time.Hour), Body: &journal.Dose{Product: leaf, Amount: 3, Unit: "g"}})
	}
	if o, err = look.Body(ctx, place.Read(t, a), a.Now(ctx), 0); err != nil || o.Ahead.Basis != pkpd.NoCheckIns {
		t.Errorf("doses without check-ins: %v, %v", o.Ahead.Basis, err)
	}
}
