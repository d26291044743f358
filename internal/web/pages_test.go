package web_test

import "github.com/evenkeel/evenkeel/journal"

// demoDays is how long the made-up person of these tests wrote.
const demoDays = 60

// pageAt is a page of the app.
type pageAt struct{ name, path string }

// pages are all that a person with an open journal can come to.
func pages(s *site) []pageAt {
	list := []pageAt{{"today", "/"}, {"body", "/body?share=50"}, {"journal", "/journal"}, {"journal-found", "/journal?kind=dose"}, {"products", "/products"},
		{"product-new", "/products/new"}, {"help", "/help"}, {"help-other", "/help?country=AU"}, {"settings", "/settings"}, {"recovery", "/settings/recovery"},
		{"import", "/import"}, {"delete-everything", "/delete-everything"}, {"lost", "/nowhere"}}
	for _, k := range journal.EntryKinds() {
		list = append(list, pageAt{"new-" + string(k), "/new/" + string(k)})
	}
	days, _ := s.journal().Days(journal.DayFilter{Kinds: []journal.Kind{journal.KindDose}})
	if len(days) > 0 {
		id := days[0].Entries[0].ID.String()
		list = append(list, pageAt{"entry", "/entries/" + id}, pageAt{"forget", "/entries/" + id + "/forget"})
	}
	products := s.journal().Products()
	if len(products) > 0 {
		list = append(list, pageAt{"product", "/products/" + products[0].ID.String()})
	}
	return list
}
