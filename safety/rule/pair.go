package rule

import (
	_ "embed"
	"encoding/json"
	"slices"
	"sync"

	"github.com/evenkeel/evenkeel/journal"
)

//go:embed pairs.json
var pairsJSON []byte

// Pair is something that does not go well with kratom or 7-OH, and how strong
// the evidence is. Its words are "pair.<id>" in the catalogue.
type Pair struct {
	ID string `json:"id"`
	// Strength is deaths (found together in deaths), trial (measured in people),
	// cases, warning (of an agency, by likeness) or unknown (looked for, not
	// found).
	Strength   string                   `json:"strength"`
	Substances []journal.SubstanceClass `json:"substances"`
	Medicines  []journal.MedicineClass  `json:"medicines"`
	Sources    []string                 `json:"sources"`
}

// Pairs are all of them. They must not be changed.
var Pairs = sync.OnceValue(func() []Pair {
	var list []Pair
	if err := json.Unmarshal(pairsJSON, &list); err != nil {
		panic("rule: the embedded pairs.json is broken: " + err.Error()) // a test keeps this from shipping
	}
	return list
})

// Together is what a journal shows of one pair.
type Together struct {
	Pair
	// Days on which a substance of it was taken within hours of a dose.
	Days []journal.Date
	// Medicines of it that the person has on their list.
	Taken []*journal.Entry
}

// CoUse reads what was taken together from one day up to another, both
// included, and what is on the list of medicines. Every pair is in the answer.
func CoUse(j *journal.Journal, from, to journal.Date) []Together {
	list := make([]Together, 0, len(Pairs()))
	for _, p := range Pairs() {
		t := Together{Pair: p}
		for _, e := range j.Medicines() {
			if slices.Contains(p.Medicines, e.Medicine().Class) {
				t.Taken = append(t.Taken, e)
			}
		}
		for d := from; len(p.Substances) > 0 && d <= to; d = d.Add(1) {
			if slices.ContainsFunc(j.On(d), func(e *journal.Entry) bool {
				s := e.Substance()
				return s != nil && slices.Contains(p.Substances, s.Class) && Mixes(&e.Event, j.Between(e.At.Add(-MixingWindow()), e.At.Add(MixingWindow()+1)))
			}) {
				t.Days = append(t.Days, d)
			}
		}
		list = append(list, t)
	}
	return list
}
