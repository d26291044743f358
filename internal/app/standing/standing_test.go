package standing_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/app/standing"
	"github.com/evenkeel/evenkeel/internal/testkit/place"
	"github.com/evenkeel/evenkeel/journal"
)

// at is an entry of half past midnight, so many days ago.
func at(now time.Time, ago int, body journal.Payload) journal.Event {
	day := now.AddDate(0, 0, -ago)
	return journal.Event{At: time.Date(day.Year(), day.Month(), day.Day(), 0, 30, 0, 0, now.Location()), Body: body}
}

func answers(name string, finished bool, a map[string]int) *journal.Screening {
	return &journal.Screening{Instrument: name, Version: 1, Answers: a, Finished: finished}
}

func keys(list []standing.Reason) []string {
	out := []string{}
	for _, r := range list {
		out = append(out, r.Key[strings.LastIndex(r.Key, ".")+1:])
	}
	return out
}

// Each reason by itself, and its nearest neighbour that is none.
func TestReasons(t *testing.T) {
	rough := func(n int) *journal.CheckIn { return &journal.CheckIn{Rough: &n} }
	phq := map[string]int{"1": 2, "2": 2, "3": 2, "4": 2, "5": 2, "6": 0, "7": 0, "8": 0, "9": 0}
	lighter := map[string]int{"1": 2, "2": 2, "3": 2, "4": 2, "5": 1, "6": 0, "7": 0, "8": 0, "9": 0}
	now := place.InMemory(t).Now(t.Context())
	each := func(n int, body func() journal.Payload) (list []journal.Event) {
		for ago := 1; ago <= n; ago++ {
			list = append(list, at(now, ago, body()))
		}
		return list
	}
	drink := func() journal.Payload { return &journal.Substance{Class: "alcohol"} }
	calm := func() journal.Payload { return &journal.Substance{Class: "benzodiazepine"} }
	for name, c := range map[string]struct {
		events []journal.Event
		want   []string
	}{
		"nothing":                   {nil, nil},
		"a thought, then stopped":   {[]journal.Event{at(now, 3, answers("phq9", false, map[string]int{"9": 1}))}, []string{"thoughts"}},
		"a thought, later none":     {[]journal.Event{at(now, 3, answers("phq9", true, map[string]int{"9": 1})), at(now, 1, answers("phq9", false, map[string]int{"9": 0}))}, nil},
		"a thought, later left out": {[]journal.Event{at(now, 3, answers("phq9", true, map[string]int{"9": 2})), at(now, 1, answers("phq9", true, map[string]int{"1": 0}))}, []string{"thoughts"}},
		"words of dying":            {[]journal.Event{at(now, 10, &journal.Note{Text: "I want to die"})}, []string{"words"}},
		"words of another":          {[]journal.Event{at(now, 10, &journal.Note{Text: "my friend wants to kill himself"})}, nil},
		"ten days of drinking":      {each(10, drink), []string{"alcohol"}},
		"nine days of drinking":     {each(9, drink), nil},
		"four days of calming":      {each(4, calm), []string{"benzodiazepines"}},
		"three days of calming":     {each(3, calm), nil},
		"mood at ten":               {[]journal.Event{at(now, 1, answers("phq9", true, phq))}, []string{"mood"}},
		"mood at nine":              {[]journal.Event{at(now, 1, answers("phq9", true, lighter))}, nil},
		"a wish to stop, stopped":   {[]journal.Event{at(now, 1, answers("pattern", false, map[string]int{"supervised": 0, "more": 0, "cutdown": 1}))}, []string{"cutdown"}},
		"two rough days":            {[]journal.Event{at(now, 13, rough(7)), at(now, 0, rough(9))}, []string{"rough"}},
		"one of them too long ago":  {[]journal.Event{at(now, 14, rough(7)), at(now, 0, rough(9))}, nil},
		"mixed today and no more":   {[]journal.Event{at(now, 0, &journal.Dose{Amount: 1, Unit: "g"}), at(now, 0, drink())}, []string{"mixing"}},
	} {
		a := place.InMemory(t)
		place.Record(t, a, c.events...)
		s := standing.Of(place.Read(t, a), now)
		if got := keys(s.Reasons); !slices.Equal(got, c.want) && len(got)+len(c.want) > 0 {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

// What was written on the morning of tomorrow's date, before a flight to the west that
// landed on today's, is of the last two weeks.
func TestWordsFromAheadOfToday(t *testing.T) {
	a := place.InMemory(t)
	now := a.Now(t.Context()).In(time.FixedZone("", -12*3600))
	ahead := now.Add(-time.Hour).In(time.FixedZone("", 14*3600))
	place.Record(t, a, journal.Event{At: ahead, Body: &journal.Note{Text: "I want to die"}})
	if got := keys(standing.Of(place.Read(t, a), now).Reasons); !slices.Equal(got, []string{"words"}) {
		t.Errorf("%s, read at %s: %v", ahead, now, got)
	}
}

// Every instrument that a person answers for themselves stands in one of the
// parts, asked or not, and what is hard beside the use is said by its numbers.
func TestBeside(t *testing.T) {
	a := place.InMemory(t)
	now := a.Now(t.Context())
	place.Record(t, a,
		at(now, 2, answers("peg", true, map[string]int{"pain": 6, "enjoyment": 4, "activity": 2})),
		at(now, 2, answers("pcptsd5", true, map[string]int{"exposure": 1, "1": 1, "2": 1, "3": 1, "4": 0, "5": 0})))
	s := standing.Of(place.Read(t, a), now)
	if len(s.Use) == 0 || len(s.Beside) == 0 || len(s.Holds) == 0 {
		t.Errorf("%d, %d, %d", len(s.Use), len(s.Beside), len(s.Holds))
	}
	if got := keys(s.Harder); !slices.Equal(got, []string{"pain", "trauma"}) {
		t.Errorf("harder: %v", got)
	}
	if n := s.Harder[1].Args[1]; n != 3 {
		t.Errorf("%v of five, want 3", n)
	}
}

// Nothing asked is not nothing wrong.
func TestNoReason(t *testing.T) {
	for name, c := range map[string]struct {
		events []journal.Event
		want   string
	}{
		"empty":          {nil, "standing.reason.unasked"},
		"doses alone":    {[]journal.Event{{Body: &journal.Dose{Amount: 3, Unit: "g", ProductName: "leaf"}}}, "standing.reason.unasked"},
		"what holds":     {[]journal.Event{{Body: answers("barc10", true, map[string]int{"1": 5})}}, "standing.reason.unasked"},
		"worry answered": {[]journal.Event{{Body: answers("gad7", true, map[string]int{"1": 0, "2": 0, "3": 0, "4": 0, "5": 0, "6": 0, "7": 0})}}, "standing.reason.none"},
	} {
		a := place.InMemory(t)
		now := a.Now(t.Context())
		for i := range c.events {
			c.events[i].At = now.Add(-time.Hour)
		}
		place.Record(t, a, c.events...)
		s := standing.Of(place.Read(t, a), now)
		if got := s.NoReason(); got != c.want || len(s.Reasons) > 0 {
			t.Errorf("%s: %s, %v", name, got, s.Reasons)
		}
	}
}
