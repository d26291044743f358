package web

import (
	"strconv"
	"testing"

	"github.com/evenkeel/evenkeel/directory"
	"github.com/evenkeel/evenkeel/internal/app/transfer/adapter"
	"github.com/evenkeel/evenkeel/internal/app/transfer/columns"
	"github.com/evenkeel/evenkeel/internal/app/transfer/incoming"
	"github.com/evenkeel/evenkeel/internal/app/transfer/sheet"
	"github.com/evenkeel/evenkeel/internal/locale"
	"github.com/evenkeel/evenkeel/journal"
)

// TestEveryWordOfTheDomainHasAText goes over what the journal and the
// directory can hold, so that a new form cannot show up as its key.
// (What entries hold is gone over in package locale.)
func TestEveryWordOfTheDomainHasAText(t *testing.T) {
	texts, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	var keys []string
	add := func(prefix string, values ...string) {
		for _, v := range values {
			keys = append(keys, prefix+v)
		}
	}
	for _, s := range journal.Forms {
		add("form.", string(s))
	}
	for _, b := range []journal.Basis{journal.Assumed, journal.Label, journal.Laboratory} {
		add("basis.", string(b))
		add("product.holds.", string(b))
		add("total.mitragynine.", string(b))
		add("total.seven_oh.", string(b))
	}
	for _, f := range columns.Fields()[1:] {
		keys = append(keys, sheet.Label(f))
	}
	for _, k := range journal.EntryKinds() {
		add("batch.n.", string(k))
	}
	for _, why := range []incoming.Passed{incoming.NotKnown, incoming.Total, incoming.Other, incoming.Waiting} {
		add("batch.passed.", string(why))
	}
	add("batch.source.", adapter.Names()...)
	for i := range 12 {
		add("month.", strconv.Itoa(i+1))
	}
	for i := range 7 {
		add("weekday.", strconv.Itoa(i))
	}
	for _, u := range locale.Spans {
		add("span.", u.Name)
		add("spans.", u.Name)
	}
	for _, s := range []string{"wake", "breath", "lips", "seizure"} {
		add("help.sign.", s)
	}
	for _, s := range []string{"naloxone", "side", "stay"} {
		add("help.act.", s)
	}
	for _, c := range directory.Countries() {
		for _, l := range c.Lines {
			add("help.for.", l.For)
		}
	}
	add("nav.", "today", "journal", "body", "products", "settings", "help")
	for i := range 7 {
		add("weekday_short.", strconv.Itoa(i))
	}
	add("tolerance.", "more", "less", "same")
	add("fit.", "ess", "pareto", "modes", "drift")
	for _, c := range texts.All() {
		for _, k := range keys {
			if !c.Has(k) {
				t.Errorf("%s lacks %q", c.Tag(), k)
			}
		}
	}
}
