package exposure

import (
	"time"

	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/pkpd"
)

// Intended is a dose that is not taken: one of a plan.
type Intended struct {
	At time.Time
	journal.Dose
	// Kind is what the dose is taken for where its product is on no list; nil for
	// what the journal says of it.
	Kind *journal.Product
}

// Intakes are intended doses in the terms of Record(j, now), for a regimen of
// who was fitted to it. Their contents are those of the products taken; ok is
// false where one of them is of no product in the record, of which nothing was
// learnt.
func Intakes(j *journal.Journal, now time.Time, doses []Intended) (list []pkpd.Intake, ok bool) {
	b := recorded(j, now)
	type of struct {
		product journal.ID
		name    string
		unit    string
		amount  float64
	}
	seen := map[of]pkpd.Intake{}
	for i := range doses {
		d := &doses[i]
		k := of{d.Product, d.ProductName, d.Unit, d.Amount}
		in, known := seen[k]
		if !known {
			t := takeAs(j, &d.Dose, d.Kind)
			at, there := b.index[t.source]
			if !there {
				return nil, false
			}
			in = pkpd.Intake{Dose: t.Dose, Product: at}
			seen[k] = in
		}
		in.AtH = d.At.Sub(now).Hours()
		list = append(list, in)
	}
	return list, true
}

// Habit is a history that holds nothing but a day as it was lived for long: for
// who types how it is, and has no journal of it. Its Intakes, in the same terms,
// are of one product, the first.
func Habit(j *journal.Journal, now time.Time, day, planned []Intended) (pkpd.History, []pkpd.Intake) {
	var h pkpd.History
	if len(day) == 0 {
		return h, nil
	}
	use := pkpd.PriorUse{TimesPerDay: min(float64(len(day)), mostTimes), Days: mostDays}
	for i := range day {
		t := takeAs(j, &day[i].Dose, day[i].Kind)
		if i == 0 {
			h.Products = []pkpd.Content{{MitragynineLogSD: logSD(t.mitragynine), SevenOHLogSD: logSD(t.sevenOH), ContentGuessed: t.source.guessed}}
			use.Form = t.Form
		}
		use.MitragynineMgDay += t.MitragynineMg
		use.SevenOHMgDay += t.SevenOHMg
	}
	h.Before = []pkpd.PriorUse{use}
	var list []pkpd.Intake
	for i := range planned {
		t := takeAs(j, &planned[i].Dose, planned[i].Kind)
		t.AtH = planned[i].At.Sub(now).Hours()
		list = append(list, pkpd.Intake{Dose: t.Dose})
	}
	return h, list
}
