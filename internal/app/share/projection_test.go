package share

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/evenkeel/evenkeel/care"
	"github.com/evenkeel/evenkeel/internal/app/summary"
	"github.com/evenkeel/evenkeel/internal/locale"
	"github.com/evenkeel/evenkeel/journal"
)

var evening = time.Date(2026, 11, 24, 19, 40, 0, 0, time.FixedZone("", -5*3600))

func english(t interface{ Fatal(...any) }) *locale.Catalogue {
	texts, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	return texts.English()
}

// diary puts entries into a journal.
type diary struct {
	f journal.Fold
	n byte
}

// add writes an entry of so many days ago, at an hour.
func (d *diary) add(days, hour int, body journal.Payload) journal.ID {
	d.n++
	at := time.Date(2026, 11, 24-days, hour, int(d.n)%60, 0, 0, evening.Location())
	e := journal.Event{At: at, Body: body}
	e.Stamp(evening)
	id := journal.ID{d.n, 1}
	d.f.Apply(id, e)
	return id
}

func ptr[T any](v T) *T { return &v }

func made(t interface{ Fatal(...any) }, d *diary, c journal.Consent) (care.Projection, string) {
	p, err := project(d.f.Journal(), evening, english(t), &c, 1)
	if err != nil {
		t.Fatal(err)
	}
	b, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	return p, string(b)
}

// A consent of everything, over 14 days of a journal that was written by hand.
func TestProjection(t *testing.T) {
	d := new(diary)
	leaf := d.add(40, 8, &journal.Product{Name: "Green leaf", Form: journal.LeafPowder, Units: []journal.Unit{{Name: "g", Grams: 1}}})
	d.add(20, 9, &journal.Dose{Product: leaf, ProductName: "Green leaf", Amount: 9, Unit: "g"})                        // before the 14 days
	d.add(20, 10, &journal.Screening{Instrument: "gad7", Version: 1, Answers: map[string]int{"1": 1}, Finished: true}) // likewise
	d.add(10, 7, &journal.Plan{Change: "begun", Product: leaf, ProductName: "Green leaf", Unit: "g", Grain: 0.5, Begins: "2026-11-14",
		Steps: []journal.PlanStep{{Day: 0, Doses: []journal.PlanDose{{Minute: 480, Amount: 4}}}}})
	d.add(3, 9, &journal.Dose{Product: leaf, ProductName: "Green leaf", Amount: 2, Unit: "g"})
	d.add(3, 15, &journal.Dose{Product: leaf, ProductName: "Green leaf", Amount: 3, Unit: "g"})
	d.add(3, 20, &journal.CheckIn{Rough: ptr(4), Craving: ptr(6), SleepHours: ptr(5.5)})
	d.add(3, 21, &journal.CheckIn{Rough: ptr(7)})
	d.add(2, 9, &journal.None{})
	d.add(2, 12, &journal.Note{Text: "I want to die, the shop is on Elm Street"})
	d.add(1, 9, &journal.Dose{Product: leaf, ProductName: "Green leaf", Amount: 4, Unit: "g"})
	d.add(1, 11, &journal.Substance{Class: "alcohol", Name: "beer"})
	d.add(1, 12, &journal.Screening{Instrument: "phq9", Version: 1, Answers: map[string]int{"9": 1}})
	p, text := made(t, d, journal.Consent{Parts: journal.SharedParts, Sections: []string{"doses"}, Days: 14, Recipient: "Harbor"})

	if p.Contact == nil || p.Contact.LastEntry != "2026-11-23" || p.Contact.LastCheckIn != "2026-11-21" {
		t.Errorf("contact %+v", p.Contact)
	}
	if len(p.Scores) != 0 { // the one that was finished is too old
		t.Errorf("scores %+v", p.Scores)
	}
	if len(p.Answers) != 1 || p.Answers[0].Instrument != "phq9" || p.Answers[0].Finished || p.Answers[0].Answers["9"] != 1 {
		t.Errorf("answers %+v", p.Answers)
	}
	if len(p.Trends) != 14 || p.Trends[0].Date != "2026-11-11" || p.Trends[0].State != "unknown" || p.Trends[0].Rough != nil || p.Trends[0].Mitragynine != nil {
		t.Errorf("%d days, the first %+v", len(p.Trends), p.Trends[0])
	}
	day := p.Trends[10] // 2026-11-21
	if day.State != "doses" || day.Doses != 2 || len(day.Amounts) != 1 || day.Amounts[0] != (care.Amount{Product: "Green leaf", Form: string(journal.LeafPowder), Amount: 5, Unit: "g"}) ||
		day.Rough == nil || *day.Rough != 5.5 || *day.Craving != 6 || *day.SleepHours != 5.5 || *day.Planned != 4 {
		t.Errorf("%+v", day)
	}
	if p.Trends[11].State != "none" || p.Trends[12].Doses != 1 {
		t.Errorf("%+v", p.Trends[11:])
	}
	// Of the days since the plan began, three are known; of them the 21st was over it.
	if pl := p.Plan; pl == nil || pl.Product != "Green leaf" || pl.Day != 10 || pl.KnownDays != 3 || pl.OverDays != 1 || pl.Ended {
		t.Errorf("plan %+v", p.Plan)
	}
	var flags []string
	for _, f := range p.Flags {
		flags = append(flags, f.Rule+" "+f.Sign+" "+string(f.Day)[8:])
		if f.Said == "" || strings.HasPrefix(f.Said, "share.") {
			t.Errorf("%s says %q", f.Sign, f.Said)
		}
	}
	// The beer went with the dose; the 21st came after days without an entry, and too
	// few doses before to speak of a break.
	if got := strings.Join(flags, ", "); got != "SR-01 self_harm 22, SR-01 self_harm 23, SR-03 mixing 23" {
		t.Errorf("flags: %s", got)
	}
	if len(p.Sheet) != 1 || p.Sheet[0].Name != "doses" {
		t.Errorf("sheet %+v", p.Sheet)
	}
	if strings.Contains(text, "Elm Street") || strings.Contains(text, "beer") {
		t.Error("has what the person wrote in a note")
	}
	if p.Notice != "42 CFR part 2 prohibits unauthorized use or disclosure of these records." || p.Consent.Recipient != "Harbor" || p.Number != 1 {
		t.Errorf("%q, %+v", p.Notice, p.Consent)
	}
}

// An empty journal shares empty lists, not none: it was asked for, and nothing is
// there.
func TestNothingIsSharedAsNothing(t *testing.T) {
	_, text := made(t, new(diary), journal.Consent{Parts: journal.SharedParts, Sections: []string{"questions"}})
	var p care.Projection
	if err := json.Unmarshal([]byte(text), &p); err != nil || p.Contact == nil || p.Contact.LastEntry != "" || p.Plan != nil || len(p.Sheet) != 1 {
		t.Errorf("%s, %v", text, err)
	}
	if p.Scores == nil || p.Answers == nil || p.Trends == nil || p.Flags == nil {
		t.Errorf("what was ticked reads as not ticked: %s", text)
	}
}

// marked is a journal in which every text names the kind that it stands in.
func marked(t *rapid.T) *diary {
	d := new(diary)
	word := func(what string) string {
		return fmt.Sprintf("zq%s%04x", what, rapid.IntRange(0, 1<<16-1).Draw(t, what))
	}
	product := d.add(60, 8, &journal.Product{Name: word("name"), Form: journal.LeafPowder, Units: []journal.Unit{{Name: word("unit")}}})
	for range rapid.IntRange(0, 30).Draw(t, "entries") {
		days, hour := rapid.IntRange(0, 30).Draw(t, "days"), rapid.IntRange(0, 18).Draw(t, "hour")
		switch rapid.IntRange(0, 11).Draw(t, "kind") {
		case 0:
			d.add(days, hour, &journal.Dose{Product: product, ProductName: word("typed"), Amount: 2, Unit: word("unit"), Note: word("note")})
		case 1:
			d.add(days, hour, &journal.Dose{ProductName: word("name"), Amount: 1.5, Unit: word("unit")})
		case 2:
			d.add(days, hour, &journal.CheckIn{Rough: ptr(3), Note: word("note")})
		case 3:
			d.add(days, hour, &journal.Note{Text: word("note") + rapid.SampledFrom([]string{"", " I want to die", " chest pain"}).Draw(t, "words")})
		case 4:
			d.add(days, hour, &journal.Life{Area: "work", Note: word("note")})
		case 5:
			d.add(days, hour, &journal.Question{Text: word("question")})
		case 6:
			d.add(days, hour, &journal.Medicine{Name: word("medicine"), Class: "other"})
		case 7:
			d.add(days, hour, &journal.Substance{Class: "alcohol", Name: word("substance")})
		case 8:
			d.add(days, hour, &journal.BodyChange{Change: "other", Note: word("change"), Ongoing: true})
		case 9:
			d.add(days, hour, &journal.Screening{Instrument: "phq9", Version: 1, Answers: map[string]int{"1": 2, "9": 1}, Finished: true})
		case 10:
			d.add(days, hour, &journal.Plan{Change: "begun", Product: product, ProductName: word("plan"), Unit: word("unit"), Grain: 1, Begins: "2026-11-20",
				Steps: []journal.PlanStep{{Doses: []journal.PlanDose{{Minute: 60, Amount: 3}}}}})
		case 11:
			d.add(days, hour, &journal.Settings{Reasons: ptr(word("note")), Line: ptr(word("note"))})
		}
	}
	return d
}

// allowed are the marks that each part, and each section of the sheet, may show.
var allowed = map[string][]string{
	"contact": nil, "scores": nil, "answers": nil, "flags": nil,
	"trends": {"name", "typed", "unit"}, "plan": {"name", "plan", "unit"},
	"products": {"name", "typed", "unit"}, "doses": {"name", "typed", "unit"}, "felt": nil, "substances": {"substance"}, "medicines": {"medicine"},
	"sheet/answers": nil, "changes": {"change"}, "insights": {"name", "typed", "unit"}, "sheet/plan": {"name", "plan", "unit"}, "questions": {"question"},
}

// No text of a part that was not ticked is in the bytes, and no note ever is.
func TestOnlyWhatWasTicked(t *testing.T) {
	c := english(t)
	fields := map[string]string{"contact": "contact", "scores": "scores", "answers": "answers", "trends": "trends", "plan": "plan", "flags": "flags", "sheet": "sheet"}
	rapid.Check(t, func(rt *rapid.T) {
		d := marked(rt)
		consent := journal.Consent{Days: rapid.SampledFrom([]int{0, 1, 7, 30}).Draw(rt, "reach")}
		may := []string{}
		for _, part := range journal.SharedParts {
			if rapid.Bool().Draw(rt, part) {
				consent.Parts = append(consent.Parts, part)
				may = append(may, allowed[part]...)
			}
		}
		for _, section := range summary.Names() {
			if rapid.Bool().Draw(rt, "section "+section) {
				consent.Sections = append(consent.Sections, section)
				if slices.Contains(consent.Parts, "sheet") {
					name := section
					if _, own := allowed["sheet/"+section]; own {
						name = "sheet/" + section
					}
					list, known := allowed[name]
					if !known {
						rt.Fatalf("say here what %s may show", section)
					}
					may = append(may, list...)
				}
			}
		}
		p, err := project(d.f.Journal(), evening, c, &consent, 1)
		if err != nil {
			rt.Fatal(err)
		}
		b, err := json.Marshal(p)
		if err != nil {
			rt.Fatal(err)
		}
		for _, mark := range []string{"name", "typed", "unit", "note", "question", "medicine", "substance", "change", "plan"} {
			if !slices.Contains(may, mark) && strings.Contains(string(b), "zq"+mark) {
				rt.Fatalf("%v, %v show a %s: %s", consent.Parts, consent.Sections, mark, b)
			}
		}
		var object map[string]json.RawMessage
		if err := json.Unmarshal(b, &object); err != nil {
			rt.Fatal(err)
		}
		for part, field := range fields {
			if _, there := object[field]; there && !slices.Contains(consent.Parts, part) {
				rt.Fatalf("%v: %s is there", consent.Parts, field)
			}
		}
	})
}
