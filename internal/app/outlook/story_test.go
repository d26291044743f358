package outlook_test

import (
	"strings"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/outlook"
	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/internal/locale"
	"github.com/evenkeel/evenkeel/internal/testkit/place"
	"github.com/evenkeel/evenkeel/journal"
)

// story is a person at a place, and what Today and Body say to them.
type story struct {
	t *testing.T
	a *app.App
	p *place.Place
}

func begin(t *testing.T) *story {
	p := place.New(t)
	return &story{t, p.Open(t), p}
}

func (s *story) product(p journal.Product) journal.ID {
	s.t.Helper()
	id, _, err := record.Product(s.t.Context(), s.a, journal.ID{}, p)
	if err != nil {
		s.t.Fatal(err)
	}
	return id
}

func (s *story) at(ago time.Duration, body journal.Payload) {
	s.t.Helper()
	place.Record(s.t, s.a, journal.Event{At: place.Evening.Add(-ago), Body: body})
}

func (s *story) says() (today, body string) {
	s.t.Helper()
	texts, err := locale.Load()
	if err != nil {
		s.t.Fatal(err)
	}
	look, j := outlook.New(s.a), place.Read(s.t, s.a)
	said, err := look.Said(s.t.Context(), j, s.a.Now(s.t.Context()))
	if err != nil {
		s.t.Fatal(err)
	}
	b, err := look.Body(s.t.Context(), j, s.a.Now(s.t.Context()), 0)
	if err != nil {
		s.t.Fatal(err)
	}
	var lines [2][]string
	for _, x := range said {
		lines[0] = append(lines[0], x.Text(texts.English().T))
	}
	for _, x := range b.Ahead.Said {
		lines[1] = append(lines[1], x.Text(texts.English().T))
	}
	today, body = strings.Join(lines[0], "\n"), strings.Join(lines[1], "\n")
	s.t.Logf("Today:\n%s\nBody:\n%s", today, body)
	return today, body
}

const hour, day = time.Hour, 24 * time.Hour

func score(n int) *int { return &n }

// Four 15 mg tablets of 7-OH a day for a week, none for three days, "rough 8"
// and "rough 9" written: the person's own words come first, and nothing says
// that there is no withdrawal.
func TestThreeDaysAfterSevenOH(t *testing.T) {
	s := begin(t)
	p := s.product(journal.Product{Name: "blue tablet", Form: journal.SevenOH, Units: []journal.Unit{{Name: "tablet", SevenOH: journal.Content{Basis: journal.Label, Mg: 15}}}})
	for d := range 7 {
		for k := range 4 {
			s.at(3*day+time.Duration(d)*day+time.Duration(k)*4*hour, &journal.Dose{Product: p, ProductName: "blue tablet", Amount: 1, Unit: "tablet"})
		}
	}
	for d := range 3 {
		s.at(time.Duration(d)*day+hour, &journal.None{})
	}
	s.at(20*hour, &journal.CheckIn{Rough: score(8)})
	s.at(2*hour, &journal.CheckIn{Rough: score(9)})
	today, body := s.says()
	for _, text := range []string{today, body} {
		for _, never := range []string{"no withdrawal", "next to nothing", "no more than mild", "most likely none", "most likely be over"} {
			if strings.Contains(strings.ToLower(text), never) {
				t.Errorf("says %q to somebody who wrote 8 and 9", never)
			}
		}
		if !strings.Contains(text, "severe") && !strings.Contains(text, "9") {
			t.Errorf("their own words are not there")
		}
	}
}

// 97 imported doses of unknown strength are no safety: no comparison, no "next
// to none", and the one question that would help.
func TestUnknownStrengthIsNoSafety(t *testing.T) {
	s := begin(t)
	p := s.product(journal.Product{Name: "white tablet", Form: journal.SevenOH, Units: []journal.Unit{{Name: "tablet"}}})
	for k := range 97 {
		s.at(time.Duration(k)*6*hour+hour, &journal.Dose{Product: p, ProductName: "white tablet", Amount: 1, Unit: "tablet"})
	}
	today, body := s.says()
	for _, text := range []string{today, body} {
		for _, never := range []string{"next to none", "no more than mild", "than your usual"} {
			if strings.Contains(strings.ToLower(text), never) {
				t.Errorf("says %q of doses of unknown strength", never)
			}
		}
		if !strings.Contains(text, "unknown strength") || !strings.Contains(text, "label") {
			t.Error("it does not ask what would help")
		}
	}
}
