// Package demo makes up a person's journal, for trying Evenkeel without
// writing anything of one's own, and for measuring it at the size of years.
// No figure in it is a finding: the person does not exist.
package demo

import (
	"bytes"
	"context"
	"encoding/json"
	"math"
	"math/rand/v2"
	"time"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/transfer"
	"github.com/evenkeel/evenkeel/journal"
)

// Days is the length of the journal that "try it" shows: long enough for
// every page to have something to say.
const Days = 60

// Fill puts a made-up journal of the given length into an empty app, ending
// now. The same seed and time give the same journal.
func Fill(ctx context.Context, a *app.App, seed uint64, days int) error {
	var file bytes.Buffer
	if err := Write(&file, seed, a.Now(ctx), days); err != nil {
		return err
	}
	_, err := transfer.ImportJSON(ctx, a, &file)
	return err
}

// Write writes the made-up journal as an export.
func Write(file *bytes.Buffer, seed uint64, now time.Time, days int) error {
	p := &person{rng: rand.New(rand.NewPCG(seed, 1)), now: now}
	p.live(days)
	type record struct {
		ID    journal.ID     `json:"id"`
		Event *journal.Event `json:"event"`
	}
	return json.NewEncoder(file).Encode(struct {
		Format   string    `json:"format"`
		Version  int       `json:"version"`
		Exported time.Time `json:"exported"`
		Records  []record  `json:"records"`
	}{transfer.ExportFormat, transfer.ExportVersion, now, func() []record {
		list := make([]record, len(p.events))
		for i := range p.events {
			list[i] = record{p.ids[i], &p.events[i]}
		}
		return list
	}()})
}

// person drifts from leaf to tablets and back: what many describe.
type person struct {
	rng    *rand.Rand
	now    time.Time
	ids    []journal.ID
	events []journal.Event

	leaf, tablet journal.ID
}

func (p *person) add(at time.Time, e journal.Event) journal.ID {
	var id journal.ID
	for i := range id {
		id[i] = byte(p.rng.Uint32())
	}
	if at.After(p.now) {
		return id
	}
	e.At = at
	e.Stamp(at.Add(time.Duration(p.rng.IntN(240)) * time.Second))
	if e.Recorded.After(p.now) {
		e.Recorded = p.now
	}
	p.ids = append(p.ids, id)
	p.events = append(p.events, e)
	return id
}

// at is a moment of a day near the given hour.
func (p *person) at(day time.Time, hour, spread float64) time.Time {
	h := hour + spread*p.rng.NormFloat64()
	h = math.Min(math.Max(h, 0), 23.9)
	return time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, day.Location()).Add(time.Duration(h * float64(time.Hour))).Truncate(time.Minute)
}

func (p *person) live(days int) {
	first := p.now.AddDate(0, 0, -days+1)
	p.settle(first.AddDate(0, 0, -1))
	for d := range days {
		p.day(first.AddDate(0, 0, d), float64(d)/float64(days), d)
	}
}

func (p *person) settle(day time.Time) {
	set := func(s journal.Settings) { p.add(p.at(day, 20, 0), journal.Event{Body: &s}) }
	yes, usd, us := true, "USD", "US"
	set(journal.Settings{Welcomed: &yes, Currency: &usd, Country: &us})
	p.leaf = p.add(p.at(day, 20, 0), journal.Event{Body: &journal.Product{Name: "green leaf", Form: journal.LeafPowder,
		Units: []journal.Unit{{Name: "g", Grams: 1}, {Name: "scoop", Grams: 2.5}}, UsualAmount: 3}})
	p.tablet = p.add(p.at(day, 20, 0), journal.Event{Body: &journal.Product{Name: "blue tablet", Form: journal.SevenOH,
		Units:        []journal.Unit{{Name: "tablet", Servings: 4, SevenOH: journal.Content{Basis: journal.Label, Mg: 15, Source: "the package"}}},
		UnitsPerPack: 5, ServingsPerPack: 20, UsualAmount: 0.5, Price: 35, Currency: "USD", OtherAlkaloids: []string{"pseudoindoxyl"}}})
	p.add(p.at(day, 20, 0), journal.Event{Body: &journal.PriorUse{Product: p.leaf, ProductName: "green leaf", PerDay: 12, Unit: "g", TimesPerDay: 4, Days: 730}})
}

// day writes one day; progress runs from 0 to 1 over the whole journal.
func (p *person) day(day time.Time, progress float64, n int) {
	if p.rng.Float64() < 0.05 {
		return // a day without entries is unknown, and that happens
	}
	tablets := math.Max(0, math.Sin(progress*math.Pi)) // rises, then falls
	tense := 2 + 3*tablets
	doses := 0
	for i, hour := range []float64{7.5, 11.5, 15.5, 19.5, 22} {
		if i == 4 && p.rng.Float64() > 0.3+0.3*tablets || p.rng.Float64() < 0.08 {
			continue
		}
		p.dose(p.at(day, hour, 0.5), i, tablets)
		doses++
	}
	if doses == 0 {
		p.add(p.at(day, 21, 0.3), journal.Event{Body: &journal.None{}})
	}
	p.checkIns(day, tense)
	p.rest(day, n, tense)
}

func (p *person) dose(at time.Time, i int, tablets float64) {
	reasons := []journal.Reason{"energy", "habit", "pain", "mood", "sleep"}
	d := &journal.Dose{Product: p.leaf, ProductName: "green leaf", Amount: 2.5 + 0.5*float64(p.rng.IntN(4)), Unit: "g", Reasons: []journal.Reason{reasons[i]}}
	if p.rng.Float64() < 0.75*tablets {
		d = &journal.Dose{Product: p.tablet, ProductName: "blue tablet", Amount: []float64{0.25, 0.5, 0.5, 1}[p.rng.IntN(4)], Unit: "tablet", Reasons: []journal.Reason{reasons[i]}}
		if i == 0 {
			d.Reasons = []journal.Reason{"withdrawal"}
		}
	}
	if p.rng.Float64() < 0.4 {
		helped := 1 + p.rng.IntN(4)
		d.Helped = &helped
	}
	p.add(at, journal.Event{Body: d})
}

// score is a whole number from 0 to 10 near mean.
func (p *person) score(mean float64) *int {
	v := int(math.Round(math.Min(math.Max(mean+1.2*p.rng.NormFloat64(), 0), 10)))
	return &v
}

func (p *person) checkIns(day time.Time, tense float64) {
	sleep := math.Round((7.4-0.3*tense+0.7*p.rng.NormFloat64())*2) / 2
	sleep = math.Min(math.Max(sleep, 2), 11)
	p.add(p.at(day, 7.2, 0.2), journal.Event{Body: &journal.CheckIn{Rough: p.score(tense), Craving: p.score(tense + 0.5), SleepHours: &sleep, SleepQuality: p.score(8 - tense)}})
	if p.rng.Float64() < 0.5 {
		symptoms := map[journal.Symptom]int{}
		for _, s := range journal.Symptoms {
			if v := int(math.Round(tense/3 + 0.7*p.rng.NormFloat64())); v > 0 {
				symptoms[s] = min(v, 4)
			}
		}
		p.add(p.at(day, 18, 0.5), journal.Event{Body: &journal.CheckIn{Symptoms: symptoms, Mood: p.score(7 - tense/2), Calm: p.score(6 - tense/2), Energy: p.score(6 - tense/2), Pain: p.score(3)}})
	}
	p.add(p.at(day, 21.5, 0.3), journal.Event{Body: &journal.CheckIn{Rough: p.score(tense - 1)}})
}

func (p *person) rest(day time.Time, n int, tense float64) {
	switch {
	case n%9 == 4:
		p.add(p.at(day, 17, 1), journal.Event{Body: &journal.Spending{Amount: 35, Currency: "USD", Product: p.tablet}})
	case n%7 == 5:
		p.add(p.at(day, 20.5, 0.5), journal.Event{Body: &journal.Substance{Class: "alcohol", Name: "beer", Amount: "2"}})
	case n%11 == 2:
		p.add(p.at(day, 20, 0.5), journal.Event{Body: &journal.Life{Area: "work", Effect: "mixed", Note: "Left the meeting early to take some."}})
	case n%13 == 6:
		p.add(p.at(day, 22.5, 0.3), journal.Event{Body: &journal.Note{Text: "Want to see what a slower week feels like."}})
	}
	if n == 20 {
		p.add(p.at(day, 9, 0.5), journal.Event{Body: &journal.BodyChange{Change: "constipation", Since: journal.DateOf(day.AddDate(0, 0, -3)), Ongoing: true}})
	}
	if tense > 4 && n%5 == 0 {
		p.add(p.at(day, 21, 0.5), journal.Event{Body: &journal.Dose{Product: p.tablet, ProductName: "blue tablet", Amount: 0.25, Unit: "tablet", Reasons: []journal.Reason{"withdrawal"}}})
	}
}
