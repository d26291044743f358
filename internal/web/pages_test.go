package web_test

import (
	"strings"
	"testing"

	"github.com/evenkeel/evenkeel/instrument"
	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/internal/app/screen"
	"github.com/evenkeel/evenkeel/journal"
)

// demoDays is how long the made-up person of these tests wrote.
const demoDays = 60

// pageAt is a page of the app.
type pageAt struct{ name, path string }

// pages are all that a person with an open journal can come to.
func pages(s *site) []pageAt {
	list := []pageAt{
		{"today", "/"},
		{"body", "/body?share=50"},
		{"sources", "/sources"},
		{"recalls", "/recalls"},
		{"learn", "/learn"},
		{"check", "/check"},
		{"learn-claim", "/learn/liver-when"},
		{"learn-how", "/learn/how"},
		{"screens", "/screen"},
		{"screen", "/screen/phq9"},
		{"screen-ask", "/screen/phq9/ask"},
		{"screen-ten", "/screen/peg/ask"},
		{"screen-cows", "/screen/cows/ask?item=gut"},
		{"journal", "/journal"},
		{"journal-found", "/journal?kind=dose"},
		{"trends", "/trends"},
		{"month", "/month"},
		{"trends-year", "/trends?days=364"},
		{"products", "/products"},
		{"standing", "/standing"},
		{"mixing", "/mixing"},
		{"plan", "/plan"},
		{"product-new", "/products/new"},
		{"help", "/help"},
		{"help-other", "/help?country=AU"},
		{"places", "/places"},
		{"settings", "/settings"}, {"urge", "/urge"},
		{"recovery", "/settings/recovery"},
		{"devices", "/settings/devices"},
		{"devices-join", "/settings/devices/join"},
		{"summary", "/summary"},
		{"sharing", "/sharing"},
		{"sharing-new", "/sharing/new"},
		{"sharing-code", "/sharing/new?form=sealed"},
		{"sharing-draft", "/sharing/new?form=link"},
		{"sharing-disclosures", "/sharing/disclosures"},
		{"import", "/import"},
		{"delete-everything", "/delete-everything"},
		{"lost", "/nowhere"},
	}
	for _, k := range journal.EntryKinds() {
		list = append(list, pageAt{"new-" + string(k), "/new/" + string(k)})
	}
	days, _ := s.journal().Days(journal.DayFilter{Kinds: []journal.Kind{journal.KindDose}})
	if len(days) > 0 {
		id := days[0].Entries[0].ID.String()
		list = append(list, pageAt{"entry", "/entries/" + id}, pageAt{"forget", "/entries/" + id + "/forget"})
	}
	shared := s.sharedFile()
	list = append(list, pageAt{"sharing-one", shared}, pageAt{"sharing-end", shared + "/end"})
	list = append(list, pageAt{"screen-result", s.screened("phq9", instrument.Answers{"1": 2, "2": 1, "9": 1})})
	products := s.journal().Products()
	if len(products) > 0 {
		list = append(list, pageAt{"product", "/products/" + products[0].ID.String()})
	}
	return list
}

// screened answers a questionnaire and is the address of its result.
func (s *site) screened(name string, answers instrument.Answers) string {
	s.t.Helper()
	in, _ := instrument.Find(name)
	id, _, err := screen.Answer(s.t.Context(), s.app, screen.Change{Instrument: in, Answers: answers, Finish: true})
	if err != nil {
		s.t.Fatal(err)
	}
	return "/screen/" + name + "/result/" + id.String()
}

// A page is of one language: no country, line or label of another stands on it.
func TestSpanishPagesNameCountriesInSpanish(t *testing.T) {
	s := newSite(t, 3)
	spanish, us := "es", "US"
	if err := record.Settings(t.Context(), s.app, journal.Settings{Language: &spanish, Country: &us}); err != nil {
		t.Fatal(err)
	}
	s.want(200, s.get("/")) // Help waits for nothing, so it speaks as the last page did
	for _, path := range []string{"/help", "/help?country=AU", "/settings"} {
		r := s.want(200, s.get(path))
		s.contains(r, "Estados Unidos", "Reino Unido")
		for _, english := range []string{"United States", "United Kingdom", "New Zealand"} {
			if strings.Contains(r.body, english) {
				t.Errorf("%s says %s", path, english)
			}
		}
	}
}
