package web_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/testkit/place"
	"github.com/evenkeel/evenkeel/journal"
)

// typedPlan is a form of the plan page with numbers of the person's own.
func typedPlan(more ...string) []string {
	return append([]string{"none", "1", "product", "", "name", "leaf", "unit", "g", "grain", "0.5", "day", "8:00 3\r\n14:00 3\r\n20:00 3", "goal", "",
		"strategy1", "percent", "size1", "10", "every1", "7", "strategy2", "fewer", "size2", "", "every2", "30"}, more...)
}

func TestPacesAreComparedAndNothingIsProposed(t *testing.T) {
	s := newSite(t, demoDays)
	// The start is what the journal knows; no number of a pace, no goal and no day
	// to begin is filled in.
	r := s.want(200, s.get("/plan"))
	s.contains(r, "From 7 known days", "So that nothing is suggested"[3:], "10 % a month", "PMC11044711", "It is no instruction to you")
	for _, m := range regexp.MustCompile(`name="(size|every|goal|strategy)[^"]*"[^>]*value="([^"]+)"`).FindAllStringSubmatch(r.body, -1) {
		t.Errorf("%s is filled in with %q", m[1], m[2])
	}
	if strings.Contains(r.body, `type="date"`) || strings.Contains(r.body, "recommend") {
		t.Error("the page proposes")
	}
	// The form is worth nothing until what stands before a plan is answered.
	r = s.post("/plan/compare", typedPlan("none", "")...)
	if r = s.post("/plan/compare", typedPlan()[2:]...); r.status == 200 {
		t.Error("a comparison without an answer to what stands before it")
	}
	s.contains(r, "Answer what is asked before a plan", "8:00 3")
	r = s.want(200, s.post("/plan/compare", typedPlan()...))
	s.contains(r, "10 % of what is left, every 7 days", "One dose less, every 30 days", "The last step goes from 3 g a day to none", "are left out: with them, there is more in your body",
		"ask for less than ½ g", "No study has followed people", "Amounts, step by step", "By its name it is taken for this kind: Leaf powder", "going on as now, 8 in 10", "How rough, as a table", "<svg")
	// The lowest amounts under a ceiling are one way more, and say what holds them.
	least := s.want(200, s.post("/plan/compare", append([]string{"strategy1", "least", "size1", "3", "every1", "7", "largest", "30", "hard", "3", "hard_ceiling", "2", "share", "90"}, typedPlan()...)...))
	s.contains(least, "The lowest amounts that keep what coming down adds under 3 of 10", "in 90 of 100 bodies of people in general", "No amounts within your limits", "On all days together,",
		"Why each amount is not lower", "Your goal.", "On the days you marked as hard it stays under 2 of 10", `name="hard" type="text" value="3"`, "Make this my plan")
	s.contains(s.post("/plan/compare", append([]string{"strategy1", "least", "size1", "3", "every1", "7", "hard", "soon"}, typedPlan()...)...), "is no list of days", `value="soon"`)
	unknown := s.want(200, s.post("/plan/compare", append([]string{"name", "stuff", "unit", "spoon", "strategy3", "least", "size3", "3", "every3", "7"}, typedPlan()...)...))
	s.contains(unknown, "How rough it may get is not said", "so the lowest amounts would be made up")
	if strings.Contains(unknown.body, "How rough, as a table") {
		t.Error("it is said how rough doses of unknown strength may get")
	}
	// What is known of a fast pace stands with the pace that is one, and not with
	// the other.
	if n := strings.Count(r.body, "had more overdoses: about 5 times"); n != 2 {
		t.Errorf("%d paces are said to be fast: the percent ends below what can be measured, and the fewer doses go by a third", n)
	}
	for _, flag := range []string{"pregnancy", "seizures", "alcohol", "benzodiazepines", "opioids", "minor", "liver"} {
		r = s.want(200, s.post("/plan/compare", typedPlan("flag", flag)...))
		s.contains(r, "This needs a clinician first", `href="/summary"`)
		if strings.Contains(r.body, "Side by side") || strings.Contains(r.body, "step by step") {
			t.Errorf("a plan in spite of %s", flag)
		}
	}
	// Numbers that cannot be are said, and nothing typed is lost.
	r = s.post("/plan/compare", typedPlan("strategy3", "table", "rows", "1 9\n8 9.5")...)
	s.contains(s.want(200, r), "9.5 in the table is more than the amount before it")
	r = s.post("/plan/compare", typedPlan("strategy3", "table", "rows", "what")...)
	s.contains(r, "is no day and amount", "14:00 3")
	if r.status == 200 || r.status >= 500 {
		t.Errorf("status %d", r.status)
	}
	// In Spanish, too.
	s.want(200, s.post("/settings", "language", "es", "clock", "24h", "units", "metric", "country", "US", "currency", "USD", "auto_lock_min", "15"))
	r = s.want(200, s.post("/plan/compare", typedPlan()...))
	s.contains(r, "Uno junto a otro", "10 % de lo que queda, cada 7 días", "No es una instrucción para ti")
	if strings.Contains(r.body, ">way.") {
		t.Error("the page shows a key")
	}
}

// What the journal shows stands before a plan, too, whatever was ticked.
func TestTheJournalStandsBeforeAPlan(t *testing.T) {
	s := newSite(t, 0)
	r := s.want(200, s.get("/plan"))
	s.contains(r, "does not hold enough yet")
	place.Record(t, s.app, journal.Event{At: evening.Add(-time.Hour), Body: &journal.Substance{Class: "opioid", Name: "x"}})
	r = s.want(200, s.post("/plan/compare", typedPlan()...))
	s.contains(r, "This needs a clinician first", "other opioids")
	if strings.Contains(r.body, "Side by side") {
		t.Error("a plan beside other opioids")
	}
}

// Who took none and then some again is shown the days before as a start only with
// what a break means, and so is who types such a day.
func TestAStartFromBeforeABreakSaysSo(t *testing.T) {
	const said = "After a break your body is used to less: a day as before it can be too much"
	s := newSite(t, 0)
	for ago := 3; ago <= 6; ago++ {
		place.Record(t, s.app, journal.Event{At: evening.AddDate(0, 0, -ago), Body: &journal.Dose{ProductName: "leaf", Amount: 9, Unit: "g"}})
	}
	if strings.Contains(s.get("/plan").body+s.post("/plan/compare", typedPlan()...).body, said) {
		t.Error("days of which nothing is known are taken for a break")
	}
	place.Record(t, s.app, journal.Event{At: evening.AddDate(0, 0, -2), Body: &journal.None{}})
	place.Record(t, s.app, journal.Event{At: evening.AddDate(0, 0, -1), Body: &journal.Dose{ProductName: "leaf", Amount: 3, Unit: "g"}})
	s.contains(s.get("/plan"), "From 5 known days of the last two weeks; the middle day held 9 g", said)
	s.contains(s.want(200, s.post("/plan/compare", typedPlan()...)), "Side by side", said)
}
