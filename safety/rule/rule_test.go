package rule

import (
	"slices"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/safety"
)

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

func at(h float64, body journal.Payload) *journal.Entry {
	e := &journal.Entry{Event: journal.Event{Kind: body.Kind(), At: noon.Add(hours(h)), Body: body}}
	return e
}

func drink(h float64, c journal.SubstanceClass) *journal.Entry {
	return at(h, &journal.Substance{Class: c})
}

func dose(h float64) *journal.Entry { return at(h, &journal.Dose{}) }

// daily is a dose every twelve hours from some days ago until some hours ago.
func daily(fromDays, untilHours float64) []*journal.Entry {
	var list []*journal.Entry
	for h := -24 * fromDays; h <= -untilHours; h += 12 {
		list = append(list, dose(h))
	}
	return list
}

// What entries bring up together, by rule: SR-03 mixing within 12 hours either
// way, SR-11 a dose after three days without by somebody who took it often,
// SR-04, SR-08 and SR-10 by the list of medicines.
var written = []struct {
	name   string
	entry  *journal.Entry
	around []*journal.Entry
	want   []safety.Sign
}{
	{"SR-03 alcohol an hour before", dose(0), []*journal.Entry{drink(-1, "alcohol")}, []safety.Sign{safety.Mixing}},
	{"SR-03 a dose before a benzodiazepine", drink(0, "benzodiazepine"), []*journal.Entry{dose(-11.9)}, []safety.Sign{safety.Mixing}},
	{"SR-03 written later, taken after", dose(-3), []*journal.Entry{drink(0, "opioid")}, []safety.Sign{safety.Mixing}},
	{"SR-03 not after 12 hours", dose(0), []*journal.Entry{drink(-12.1, "alcohol")}, nil},
	{"SR-03 not coffee", dose(0), []*journal.Entry{drink(-1, "stimulant"), drink(-1, "cannabis"), drink(-1, "nicotine"), drink(-1, "other")}, nil},
	{"SR-03 alcohol alone", drink(0, "alcohol"), nil, nil},
	{"SR-11 after three days", dose(0), daily(10, 72), []safety.Sign{safety.AfterBreak}},
	{"SR-11 not after two", dose(0), daily(10, 48), nil},
	{"SR-11 not after a day's amount in one", dose(0), append(daily(10, 72), at(-20, &journal.PriorUse{PerDay: 20, Unit: "g", Days: 1})), nil},
	{"SR-11 not for somebody who took it seldom", dose(0), []*journal.Entry{dose(-80), dose(-200)}, nil},
	{"SR-11 not for the first dose there is", dose(0), nil, nil},
	{"SR-11 both", dose(0), append(daily(10, 72), drink(-2, "alcohol")), []safety.Sign{safety.Mixing, safety.AfterBreak}},
	{"SR-03 a medicine put on the list", at(0, &journal.Medicine{Name: "x", Class: "benzodiazepine"}), nil, []safety.Sign{safety.Mixing}},
	{"SR-04 a calming medicine stopped", at(0, &journal.Medicine{Name: "x", Class: "benzodiazepine", Stopped: true}), nil, []safety.Sign{safety.StopSedatives}},
	{"SR-10 naltrexone", at(0, &journal.Medicine{Name: "x", Class: "naltrexone"}), nil, []safety.Sign{safety.Precipitated}},
	{"SR-08 a medicine for mood", at(0, &journal.Medicine{Name: "x", Class: "antidepressant"}), nil, []safety.Sign{safety.Interaction}},
	{"SR-08 not a vitamin", at(0, &journal.Medicine{Name: "x", Class: "other"}), nil, nil},
}

func TestWritten(t *testing.T) {
	for _, c := range written {
		var got []safety.Sign
		for _, f := range Written(&c.entry.Event, append(c.around, c.entry)) {
			got = append(got, f.Sign)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// The order in which entries are looked at changes nothing.
func TestOrderDoesNotMatter(t *testing.T) {
	around := append(daily(10, 72), drink(-2, "alcohol"))
	want := Written(&dose(0).Event, around)
	slices.Reverse(around)
	if got := Written(&dose(0).Event, around); !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// Every sign has one rule, and every rule says on what it rests.
func TestRules(t *testing.T) {
	seen := map[safety.Sign]string{}
	for i, r := range All() {
		if want := "SR-" + string(rune('0'+(i+1)/10)) + string(rune('0'+(i+1)%10)); r.ID != want {
			t.Errorf("%s stands at %s", r.ID, want)
		}
		if r.Source == "" || len(r.By) == 0 || !slices.Contains([]string{"source", "secondary", "known"}, r.Read) {
			t.Errorf("%s: no source, trigger or reading", r.ID)
		}
		for _, s := range r.Signs {
			if !s.Known() || seen[s] != "" {
				t.Errorf("%s: %q is no sign, or is %s's", r.ID, s, seen[s])
			}
			seen[s] = r.ID
		}
	}
	for _, s := range safety.Signs() {
		if seen[s] == "" {
			t.Errorf("%s has no rule", s)
		}
	}
}
