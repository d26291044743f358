package caseload_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/evenkeel/evenkeel/care"
	"github.com/evenkeel/evenkeel/care/caseload"
	"github.com/evenkeel/evenkeel/journal"
)

// now is a Tuesday at noon; today is 2026-11-24.
var now = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

const today = journal.Date("2026-11-24")

// received is a share of everything, in which nothing asks for a look.
func received(name string, change func(*care.Projection)) care.Received {
	p := &care.Projection{Version: 1, Number: 1, Made: now, Consent: journal.Consent{Patient: name, Parts: journal.SharedParts, Until: "2027-05-01", SignedAt: now.AddDate(0, -2, 0)},
		Contact: &care.Contact{LastEntry: today, LastCheckIn: today}, Scores: []care.Score{}, Trends: []care.Day{}, Flags: []care.Flag{},
		Plan: &care.Plan{Product: "leaf", Unit: "g", Begins: "2026-11-01", OverDays: 1, KnownDays: 10}}
	if change != nil {
		change(p)
	}
	return care.Received{ID: name, Patient: name, Since: now.AddDate(0, -2, 0), Fetched: now, Asked: now, Shown: p}
}

// days makes check-ins of one figure for the n days up to and with last.
func days(last journal.Date, n int, rough func(back int) float64) []care.Day {
	var list []care.Day
	for i := n - 1; i >= 0; i-- {
		r := rough(i)
		list = append(list, care.Day{Date: last.Add(-i), State: "unknown", Rough: &r})
	}
	return list
}

func points(f float64) *float64 { return &f }

func keys(list []caseload.Reason) []string {
	out := []string{}
	for _, r := range list {
		out = append(out, r.Key)
	}
	return out
}

// Each reason alone, with the key that says what it rests on.
func TestReasons(t *testing.T) {
	steady := func(back int) float64 { return []float64{3, 4, 3, 4, 3}[back%5] }
	for name, c := range map[string]struct {
		change func(*care.Projection)
		open   []string
		told   []string
	}{
		"nothing": {nil, nil, nil},
		"a flag": {func(p *care.Projection) {
			p.Flags = []care.Flag{{Rule: "SR-03", Sign: "mixing", Day: "2026-11-20", Said: "x"}}
		}, []string{"flag/2026-11-20/SR-03/mixing"}, nil},
		// Eight days without: the line where no usual gap is known is seven, and 8
		// has doubled it no time.
		"silence, usual not known":  {func(p *care.Projection) { p.Contact.LastCheckIn = "2026-11-16" }, []string{"silence/2026-11-16/1"}, nil},
		"seven days are the line":   {func(p *care.Projection) { p.Contact.LastCheckIn = "2026-11-17" }, nil, nil},
		"fourteen are twice seven":  {func(p *care.Projection) { p.Contact.LastCheckIn = "2026-11-10" }, []string{"silence/2026-11-10/2"}, nil},
		"no check-in since sharing": {func(p *care.Projection) { p.Contact.LastCheckIn = "" }, []string{"silence/none/4"}, nil}, // 61 days are 8 times 7
		"silence of who writes daily": {func(p *care.Projection) {
			p.Contact.LastCheckIn = "2026-11-21"
			p.Trends = days("2026-11-21", 20, steady)
		}, []string{"silence/2026-11-21/1"}, nil}, // three days are more than two, the least line
		"contact not shared": {func(p *care.Projection) { p.Contact = nil }, nil, nil},
		// PHQ-9 has no published change here; GAD-7 has 4 points.
		"score up by its change": {func(p *care.Projection) {
			p.Scores = []care.Score{{Instrument: "gad7", Version: 1, Day: "2026-10-20", Name: "total", Value: points(6)}, {Instrument: "gad7", Version: 1, Day: "2026-11-18", Name: "total", Value: points(10)}}
		}, []string{"score_heavier/gad7/total/2026-11-18"}, nil},
		"score within its change": {func(p *care.Projection) {
			p.Scores = []care.Score{{Instrument: "gad7", Version: 1, Day: "2026-10-20", Name: "total", Value: points(6)}, {Instrument: "gad7", Version: 1, Day: "2026-11-18", Name: "total", Value: points(9)}}
		}, nil, nil},
		"score creeps since the first": {func(p *care.Projection) {
			p.Scores = []care.Score{{Instrument: "gad7", Version: 1, Day: "2026-10-01", Name: "total", Value: points(6)}, {Instrument: "gad7", Version: 1, Day: "2026-10-20", Name: "total", Value: points(8)}, {Instrument: "gad7", Version: 1, Day: "2026-11-18", Name: "total", Value: points(11)}}
		}, []string{"score_heavier/gad7/total/2026-11-18"}, nil},
		"score lighter": {func(p *care.Projection) {
			p.Scores = []care.Score{{Instrument: "gad7", Version: 1, Day: "2026-11-18", Name: "total", Value: points(5)}, {Instrument: "gad7", Version: 1, Day: "2026-10-20", Name: "total", Value: points(9)}}
		}, nil, []string{"score_lighter/gad7/total/2026-11-18"}},
		"a score without a published change": {func(p *care.Projection) {
			p.Scores = []care.Score{{Instrument: "phq9", Version: 1, Day: "2026-10-20", Name: "total", Value: points(2)}, {Instrument: "phq9", Version: 1, Day: "2026-11-18", Name: "total", Value: points(20)}}
		}, nil, nil},
		// From 3.4 on average to 7: more than chance, and 3.6 points.
		"rougher": {func(p *care.Projection) {
			p.Trends = append(days("2026-11-17", 28, steady), days(today, 7, func(b int) float64 { return []float64{7, 8, 7, 6, 7, 7, 7}[b] })...)
		}, []string{"rougher/4"}, nil},
		"less rough": {func(p *care.Projection) {
			p.Trends = append(days("2026-11-17", 28, func(b int) float64 { return 4 + steady(b) }), days(today, 7, steady)...)
		}, nil, []string{"lighter/4"}},
		"six known days are too few": {func(p *care.Projection) {
			p.Trends = append(days("2026-11-10", 28, steady), days(today, 6, func(int) float64 { return 9 })...)
		}, nil, nil},
		"over the plan":  {func(p *care.Projection) { p.Plan.OverDays = 3 }, []string{"over_plan/2026-11-01/0"}, nil},
		"plan not known": {func(p *care.Projection) { p.Plan.OverDays, p.Plan.KnownDays = 3, 3 }, nil, nil},
		"plan held":      {func(p *care.Projection) { p.Plan.OverDays, p.Plan.Held = 9, "2026-11-20" }, nil, nil},
		"consent":        {func(p *care.Projection) { p.Consent.Until = "2026-12-08" }, []string{"consent_ends/2026-12-08"}, nil},
		"consent later":  {func(p *care.Projection) { p.Consent.Until = "2026-12-09" }, nil, nil},
		"consent soon":   {func(p *care.Projection) { p.Consent.Until = "2026-11-27" }, []string{"consent_ends/2026-11-27/soon"}, nil},
		"last day":       {func(p *care.Projection) { p.Consent.Until = today }, []string{"consent_ends/2026-11-24/soon"}, nil},
		"consent over":   {func(p *care.Projection) { p.Consent.Until = "2026-11-23" }, []string{"ended/until/2026-11-23"}, nil},
		// Item 9 of PHQ-9 speaks of being better off dead.
		"an answer": {func(p *care.Projection) {
			p.Answers = []care.Answered{{Instrument: "phq9", Version: 1, At: now.AddDate(0, 0, -2), Answers: map[string]int{"9": 1}}}
		}, []string{"flag/2026-11-22/phq9/self_harm"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			r := received("A", c.change)
			row := caseload.One(&r, now)
			if got := keys(row.Open); !slices.Equal(got, append([]string{}, c.open...)) {
				t.Errorf("open %v, want %v", got, c.open)
			}
			if got := keys(row.Told); !slices.Equal(got, append([]string{}, c.told...)) {
				t.Errorf("told %v, want %v", got, c.told)
			}
		})
	}
}

func TestSharesThatDoNotHold(t *testing.T) {
	waits := care.Received{ID: "w", Patient: "W", Since: now.AddDate(0, 0, -2)}
	ended := received("E", nil)
	ended.Shown, ended.Ended = nil, now.AddDate(0, 0, -1)
	silent := received("S", nil)
	silent.Asked = now.AddDate(0, 0, -3)
	for _, c := range []struct {
		r     care.Received
		state caseload.State
		open  string
	}{{waits, caseload.Waiting, "not_fetched/2026-11-22"}, {ended, caseload.Over, "ended/2026-11-23"}, {silent, caseload.Holds, "unasked/2026-11-21"}} {
		row := caseload.One(&c.r, now)
		if row.State != c.state || !slices.Equal(keys(row.Open), []string{c.open}) {
			t.Errorf("%s: %s %v", c.r.ID, row.State, keys(row.Open))
		}
	}
	if caseload.Shown(&ended, now) != nil {
		t.Error("an ended share is shown")
	}
	over := received("O", func(p *care.Projection) { p.Consent.Until = "2026-11-23" })
	if caseload.Shown(&over, now) != nil {
		t.Error("what was shared is shown after the last day of its consent")
	}
}

// The order is that of the table: flags, scores, rough days, silence, plan,
// consent, what could not be fetched, what ended; who was acknowledged after all
// that is open; nothing to say is no reason.
func TestOrder(t *testing.T) {
	flag := func(sign string, day journal.Date) func(*care.Projection) {
		return func(p *care.Projection) { p.Flags = []care.Flag{{Rule: "SR-01", Sign: sign, Day: day}} }
	}
	seen := received("8 seen", flag("self_harm", "2026-11-23"))
	seen.Acknowledged = map[string]time.Time{"flag/2026-11-23/SR-01/self_harm": now.AddDate(0, 0, -100)}
	ended := received("7 ended", nil)
	ended.Shown, ended.Ended = nil, now
	gone := received("91 ended and seen", nil)
	gone.Shown, gone.Ended, gone.Acknowledged = nil, now, map[string]time.Time{"ended/2026-11-24": now}
	list := []care.Received{
		received("9 nothing", nil), gone, ended, seen,
		{ID: "6", Patient: "6 waits", Since: now.AddDate(0, 0, -2)},
		received("5 consent", func(p *care.Projection) { p.Consent.Until = "2026-12-01" }),
		received("4 plan", func(p *care.Projection) { p.Plan.OverDays = 5 }),
		received("3b silent", func(p *care.Projection) { p.Contact.LastCheckIn = "2026-11-12" }),
		received("3a silent longer", func(p *care.Projection) { p.Contact.LastCheckIn = "2026-11-02" }),
		received("2 flag that can wait", flag("mixing", "2026-11-24")),
		received("1b flag", flag("self_harm", "2026-11-20")),
		received("1a flag, later", flag("suicide_plan", "2026-11-21")),
	}
	want := []string{"1a flag, later", "1b flag", "2 flag that can wait", "3a silent longer", "3b silent", "4 plan", "5 consent", "6 waits", "7 ended", "8 seen", "9 nothing", "91 ended and seen"}
	var got []string
	for _, row := range caseload.Of(list, now) {
		got = append(got, row.Patient)
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

// An acknowledgement holds until the reason changes, and for what goes on four
// weeks at most.
func TestAcknowledged(t *testing.T) {
	r := received("A", func(p *care.Projection) { p.Contact.LastCheckIn = "2026-11-16" })
	open := func(at time.Time, key string) int {
		r.Acknowledged = map[string]time.Time{key: at}
		row := caseload.One(&r, now)
		return len(row.Open)
	}
	if open(now, "silence/2026-11-16/1") != 0 {
		t.Error("what was acknowledged is open")
	}
	if open(now.AddDate(0, 0, -28), "silence/2026-11-16/1") != 1 {
		t.Error("a silence that goes on is not looked at again")
	}
	r.Shown.Contact.LastCheckIn = "2026-11-10"
	if open(now, "silence/2026-11-10/1") != 1 {
		t.Error("a silence twice as long is no other")
	}
}

// What is not shared, or not known, is said.
func TestUnknown(t *testing.T) {
	r := received("A", func(p *care.Projection) {
		p.Contact, p.Scores, p.Trends, p.Plan, p.Flags, p.Consent.Parts = nil, nil, nil, nil, nil, nil
	})
	row := caseload.One(&r, now)
	var got []string
	for _, p := range row.Unknown {
		got = append(got, p.Key)
	}
	want := []string{"caseload.unknown.flags", "caseload.unknown.scores", "caseload.unknown.trends", "caseload.unknown.contact", "caseload.unknown.plan"}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

// Words that come from elsewhere do not break the list.
func TestWrongDays(t *testing.T) {
	r := received("A", func(p *care.Projection) {
		p.Contact.LastCheckIn, p.Consent.Until, p.Trends = "tomorrow", "9999-99-99", days("never", 40, func(int) float64 { return 5 })
		p.Flags = []care.Flag{{Rule: "SR-01", Sign: "x", Day: "?"}}
		p.Scores = []care.Score{{Instrument: "gad7", Version: 1, Day: "", Name: "total", Value: points(3)}, {Instrument: "none", Version: 7, Day: today, Name: "?", Value: points(3)}}
		p.Answers = []care.Answered{{Instrument: "phq9", Version: 1, Answers: map[string]int{"77": 4}}}
	})
	caseload.One(&r, now)
}

// Twelve people, of whom nobody is over their plan: a table of 12 within is shown.
// One is silent: with that one the cells of zero are withheld, the 11 are not.
func TestAggregates(t *testing.T) {
	var list []care.Received
	for i := range 12 {
		list = append(list, received(fmt.Sprint(i), nil))
	}
	list[0].Shown.Contact.LastCheckIn = "2026-10-01"
	ended := received("ended", nil)
	ended.Ended = now
	a := caseload.Aggregates(append(list, ended), now)
	if a.People != 12 {
		t.Fatalf("%d people", a.People)
	}
	for _, table := range a.Tables {
		switch table.Name {
		case "plan":
			if table.Withheld != 0 || table.Cells[1] != (caseload.Cell{Name: "within", N: 12}) {
				t.Errorf("plan: %v", table)
			}
		case "contact":
			if table.Withheld != 4 || table.Cells[0].N != 11 {
				t.Errorf("contact: %v", table)
			}
		}
	}
	if few := caseload.Aggregates(list[:10], now); few.People != -1 || few.Tables != nil {
		t.Errorf("ten people are counted: %v", few)
	}
}

// The order is the same however the list came, and kinds stand in the order of the
// table.
func TestOrderIsOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var list []care.Received
		for i := range rapid.IntRange(1, 12).Draw(t, "people") {
			list = append(list, received(fmt.Sprint(i), func(p *care.Projection) {
				p.Contact.LastCheckIn = today.Add(-rapid.IntRange(0, 40).Draw(t, "silent"))
				p.Plan.OverDays = rapid.IntRange(0, 10).Draw(t, "over")
				p.Consent.Until = today.Add(rapid.IntRange(-5, 30).Draw(t, "until"))
				if rapid.Bool().Draw(t, "flag") {
					p.Flags = []care.Flag{{Rule: "SR-06", Sign: "liver", Day: today.Add(-rapid.IntRange(0, 3).Draw(t, "day"))}}
				}
			}))
		}
		rows := caseload.Of(list, now)
		last := -1
		for _, r := range rows {
			at := len(caseload.Kinds())
			if len(r.Open) > 0 {
				at = slices.Index(caseload.Kinds(), r.Open[0].Kind)
			}
			if at < last {
				t.Fatalf("%s stands behind a kind that comes later", r.Open[0].Key)
			}
			last = at
		}
		for i, r := range caseload.Of(rapid.Permutation(list).Draw(t, "mixed"), now) {
			if r.ID != rows[i].ID {
				t.Fatalf("%s stands at %d, and %s before", r.ID, i, rows[i].ID)
			}
		}
	})
}

// Whatever a projection says, the list stands.
func FuzzOne(f *testing.F) {
	for _, change := range []func(*care.Projection){nil, func(p *care.Projection) {
		p.Trends, p.Contact.LastCheckIn = days(today, 40, func(b int) float64 { return float64(b % 11) }), "2026-10-01"
		p.Scores = []care.Score{{Instrument: "peg", Version: 1, Day: today, Name: "mean", Value: points(3)}}
		p.Answers = []care.Answered{{Instrument: "phq9", Version: 1, At: now, Answers: map[string]int{"9": 2}}}
	}} {
		r := received("A", change)
		data, err := json.Marshal(r.Shown)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		r := care.Received{Shown: new(care.Projection)}
		if json.Unmarshal(data, r.Shown) != nil {
			t.Skip()
		}
		row := caseload.One(&r, now)
		for _, reason := range slices.Concat(row.Open, row.Told) {
			if reason.Key == "" || reason.Says.Key == "" {
				t.Errorf("%+v", reason)
			}
		}
	})
}
