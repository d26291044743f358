package web

import (
	"io/fs"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/evenkeel/evenkeel/directory"
	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/locale"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/pkpd"
)

var usedKey = regexp.MustCompile(`\bT\(\s*"([a-z0-9_.]+)"\s*[,)]`)

// TestEveryKeyInUseIsThere finds the keys that are written out in the code.
func TestEveryKeyInUseIsThere(t *testing.T) {
	texts, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	files, err := fs.Glob(os.DirFS("."), "*.*")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, f := range files {
		if !strings.HasSuffix(f, ".templ") && !strings.HasSuffix(f, ".go") || strings.HasSuffix(f, "_test.go") {
			continue
		}
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range usedKey.FindAllStringSubmatch(string(data), -1) {
			n++
			if !texts.English().Has(m[1]) {
				t.Errorf("%s uses %q, which is not in the catalogue", f, m[1])
			}
		}
	}
	if n < 300 {
		t.Errorf("only %d uses found", n)
	}
}

// TestEveryWordOfTheDomainHasAText goes over what the journal and the
// directory can hold, so that a new symptom cannot show up as its key.
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
	for _, s := range journal.Symptoms {
		add("symptom.", string(s))
	}
	for _, s := range journal.Changes {
		add("change.", string(s))
	}
	for _, s := range journal.Reasons {
		add("reason.", string(s))
	}
	for _, s := range journal.Forms {
		add("form.", string(s))
	}
	for _, s := range journal.SubstanceClasses {
		add("class.", string(s))
	}
	for _, s := range journal.LifeAreas {
		add("area.", string(s))
	}
	add("effect.", journal.LifeEffects...)
	for _, s := range journal.EntryKinds() {
		add("kind.", string(s))
	}
	for _, b := range []journal.Basis{journal.Assumed, journal.Label, journal.Laboratory} {
		add("basis.", string(b))
		add("product.holds.", string(b))
		add("total.mitragynine.", string(b))
		add("total.seven_oh.", string(b))
	}
	for _, f := range app.CSVFields[1:] {
		add("csv.", f)
	}
	for i := range 5 {
		add("helped.", strconv.Itoa(i))
	}
	for i := range 12 {
		add("month.", strconv.Itoa(i+1))
	}
	for i := range 7 {
		add("weekday.", strconv.Itoa(i))
	}
	for _, u := range historySpans {
		add("span.", u.name)
		add("spans.", u.name)
	}
	for _, s := range []string{"rough", "craving", "mood", "calm", "energy", "pain", "sleep_quality"} {
		add("checkin."+s, "", ".low", ".high", ".said")
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
			add("help.sure.", l.Sure)
		}
	}
	add("nav.", "today", "journal", "body", "products", "settings", "help")
	for i := range 7 {
		add("weekday_short.", strconv.Itoa(i))
	}
	for grade, words := range pkpd.Grades {
		add("grade.", grade)
		if got := texts.English().T("grade." + grade); got != words {
			t.Errorf("grade %s is %q here and %q in the model", grade, got, words)
		}
	}
	for b := pkpd.Fitted; b <= pkpd.Unstable; b++ {
		add("basis_of.", b.String())
	}
	for _, key := range standings {
		add("", key)
	}
	add("tolerance.", "more", "less", "same")
	add("sure.", "mitragynine", "seven_oh", "occupancy", "withdrawal")
	add("fit.", "ess", "pareto", "modes", "drift")
	for _, c := range texts.All() {
		for _, k := range keys {
			if !c.Has(k) {
				t.Errorf("%s lacks %q", c.Tag(), k)
			}
		}
	}
}

func TestPluralsAndWords(t *testing.T) {
	texts, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	v := &view{Catalogue: texts.Match("en"), now: journal.Date("2026-11-22").Time()}
	for _, c := range []struct{ got, want string }{
		{v.amount(0.5, "tablet"), "½ tablet"}, {v.amount(1, "capsule"), "1 capsule"}, {v.amount(2, "capsule"), "2 capsules"}, {v.amount(1.5, "capsule"), "1½ capsules"},
		{v.amount(3, "g"), "3 g"}, {v.amount(2, "mug"), "2 × mug"}, {v.amount(0.25, "blue tablet"), "¼ blue tablet"}, {v.amount(2.7, "mL"), "2.7 mL"},
		{v.dose(2, "tablet", "blue tablet"), "2 blue tablets"}, {v.dose(3, "g", "green leaf"), "3 g green leaf"},
		{v.lasted(0), "just now"}, {v.lasted(59e9 * 60), "59 min"}, {v.lasted(3600e9 * 2), "2 h"}, {v.lasted(3600e9*26 + 60e9), "1 day 2 h"}, {v.lasted(3600e9 * 24 * 9), "9 days"},
		{v.days(3 * 365), "3 years"}, {v.days(547.5), "1.5 years"}, {v.days(45), "1.5 months"}, {v.days(10), "10 days"}, {v.days(1), "1 day"},
		{v.span(journal.Range{Low: 44.6, Mid: 60, High: 81.3, Basis: journal.Assumed}), "45–81 mg"}, {v.span(journal.Range{Low: 15, Mid: 15, High: 15, Basis: journal.Laboratory}), "15 mg"},
		{v.day("2026-11-22"), "Sunday, November 22"}, {v.day("2025-01-05"), "Sunday, January 5, 2025"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
	es := &view{Catalogue: texts.Match("es"), now: v.now}
	for _, c := range []struct{ got, want string }{
		{es.dose(0.5, "tablet", "blue tablet"), "½ tableta de blue tablet"}, {es.amount(2, "capsule"), "2 cápsulas"}, {es.day("2026-11-22"), "domingo 22 de noviembre"},
		{es.T("journal.gap", "n", 1), "1 día sin entradas: desconocido, no cero"}, {es.amount(2.7, "mL"), "2,7 mL"}, {es.money(4.5, "USD"), "4,50 USD"}, {es.span(journal.Range{Low: 1.24, Mid: 2, High: 3.51, Basis: journal.Assumed}), "1,2–3,5 mg"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
	for in, want := range map[float64]float64{0: 0, 0.0312: 0.031, 4.44: 4.4, 99.6: 100, 185: 190, 12345: 12000} {
		if got := two(in); got != want {
			t.Errorf("two(%v) = %v, want %v", in, got, want)
		}
	}
}
