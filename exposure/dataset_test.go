package exposure

import (
	"bytes"
	"encoding/csv"
	"math"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/pkpd"
)

// By hand. A dose of use before the journal is 5 g of leaf, of which the middle
// is 16 mg of mitragynine a gram: 80 mg, twice a day for two days before it
// ended 98 hours ago, so the first was 48 hours before that. The last day but
// one has no entry and is unknown from its midnight, 43 2/3 hours ago, to the
// next.
func TestADatasetByHand(t *testing.T) {
	var d diary
	leaf := d.add(200*time.Hour, &journal.Product{Name: "leaf", Form: journal.LeafPowder,
		Units: []journal.Unit{{Name: "g", Mitragynine: journal.Content{Basis: journal.Laboratory, Mg: 16}, SevenOH: journal.Content{Basis: journal.Laboratory}}}})
	blue := d.add(200*time.Hour, tablet("blue", 15))
	rough := 4
	d.add(98*time.Hour, &journal.PriorUse{Product: leaf, PerDay: 10, Unit: "g", TimesPerDay: 2, Days: 2})
	d.add(50*time.Hour, &journal.Dose{Product: blue, Amount: 2, Unit: "tablet"})
	d.add(2*time.Hour, &journal.CheckIn{Rough: &rough, Symptoms: map[journal.Symptom]int{"anxiety": 3, "yawning": 2}})
	d.add(time.Hour, &journal.Dose{Product: leaf, Amount: 5, Unit: "g"})
	set := Dataset(d.f.Journal(), evening)
	var b bytes.Buffer
	if err := set.Write(&b); err != nil {
		t.Fatal(err)
	}
	want := `C,ID,TIME,AMT,II,ADDL,EVID,CMT,DV,MDV,FORM,BASIS,LOGSD,UNK
.,1,0,80,12,3,1,1,.,1,2,3,0,0
.,1,96,30,.,.,1,2,.,1,4,3,0,0
.,1,102.333333,.,.,.,2,.,.,1,.,.,.,1
.,1,126.333333,.,.,.,2,.,.,1,.,.,.,0
.,1,144,.,.,.,0,3,4,0,.,.,.,0
.,1,144,.,.,.,0,4,5,0,.,.,.,0
.,1,145,80,.,.,1,1,.,1,2,3,0,0
`
	if b.String() != want {
		t.Errorf("got\n%swant\n%s", b.String(), want)
	}
}

// What simulate reads back of a dataset gives the concentrations of the journal's
// own doses.
func TestADatasetGivesTheSameConcentrations(t *testing.T) {
	var d diary
	leaf := d.add(400*time.Hour, &journal.Product{Name: "leaf", Form: journal.LeafPowder})
	blue := d.add(400*time.Hour, &journal.Product{Name: "blue", Form: journal.SevenOH, Units: []journal.Unit{{Name: "tablet", SevenOH: journal.Content{Basis: journal.Label, Mg: 15}}}})
	tea := d.add(400*time.Hour, &journal.Product{Name: "tea", Form: journal.Tea})
	for i := range 40 {
		product, unit := []journal.ID{leaf, blue, tea, {}}[i%4], []string{"g", "tablet", "g", "heap"}[i%4]
		d.add(time.Duration(300-7*i)*time.Hour+time.Duration(i)*time.Minute, &journal.Dose{Product: product, Amount: 1 + float64(i%3)/3, Unit: unit})
	}
	j := d.f.Journal()
	set := Dataset(j, evening)
	var file, rows bytes.Buffer
	if err := set.Write(&file); err != nil {
		t.Fatal(err)
	}
	s, err := pkpd.ParseDataset(&file)
	if err != nil {
		t.Fatal(err)
	}
	prior := pkpd.Prior()
	if _, err := pkpd.Simulate(t.Context(), &prior, s, pkpd.Options{CSV: &rows}); err != nil {
		t.Fatal(err)
	}
	taken, _ := dosesWithin(j, evening, 1000*time.Hour)
	doses := amounts(taken, nil)
	first := doses[0].AtH
	table, err := csv.NewReader(strings.NewReader(rows.String())).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	times := make([]float64, len(table)-1)
	for i := range times {
		times[i] = number(t, table[i+1][1]) + first
	}
	typical := pkpd.Typical()
	curve, _, err := pkpd.Curve(&typical, doses, times)
	if err != nil {
		t.Fatal(err)
	}
	peak := 0.0
	for i, r := range curve {
		for k, want := range []float64{r.MitragynineNM, r.SevenOHNM} {
			got := number(t, table[i+1][2+k])
			peak = max(peak, want)
			if math.Abs(got-want) > 1e-3*want+1e-3 {
				t.Fatalf("at %v h: %v nM, want %v", times[i]-first, got, want)
			}
		}
	}
	if peak < 10 {
		t.Errorf("the highest is %v nM: the test compares nothing", peak)
	}
}

func number(t *testing.T, s string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}
