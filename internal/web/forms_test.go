package web_test

import (
	"fmt"
	"html"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/journal"
)

// form is a form of a page as a browser without scripts reads it.
type form struct {
	method, action string
	fields         []control
}

// control is a field of a form, or its button.
type control struct{ tag, kind, name, value, complete string }

var (
	formTags    = regexp.MustCompile(`(?s)<form([^>]*)>(.*?)</form>`)
	controlTags = regexp.MustCompile(`(?s)<(input|textarea|select|button)([^>]*)>`)
	idsInPaths  = regexp.MustCompile(`/[0-9a-f-]{32,36}`)
)

func attribute(tag, name string) string {
	if m := regexp.MustCompile(`\s` + name + `="([^"]*)"`).FindStringSubmatch(tag); m != nil {
		return html.UnescapeString(m[1])
	}
	return ""
}

func forms(r reply) []form {
	var list []form
	for _, m := range formTags.FindAllStringSubmatch(r.body, -1) {
		f := form{method: attribute(m[1], "method"), action: attribute(m[1], "action")}
		for _, c := range controlTags.FindAllStringSubmatch(m[2], -1) {
			f.fields = append(f.fields, control{c[1], attribute(c[2], "type"), attribute(c[2], "name"), attribute(c[2], "value"), attribute(c[2], "autocomplete")})
		}
		list = append(list, f)
	}
	return list
}

// hidden are the values that a form brings without anybody typing.
func (f form) hidden() url.Values {
	v := url.Values{}
	for _, c := range f.fields {
		if c.kind == "hidden" || c.tag == "button" && c.name != "" {
			v.Add(c.name, c.value)
		}
	}
	return v
}

// records are all that the journal holds, by their ids.
func (s *site) records() map[journal.ID]string {
	s.t.Helper()
	all := map[journal.ID]string{}
	if _, err := s.app.Each(s.t.Context(), false, func(id journal.ID, plain []byte) error {
		all[id] = string(plain)
		return nil
	}); err != nil {
		s.t.Fatal(err)
	}
	return all
}

// posted is a form that changes something: the page it stands on and what a
// person types. A page of "" is the answer to the one before.
type posted struct {
	on, action string
	typed      []string
}

// question writes one down and gives its id.
func (s *site) question() journal.ID {
	s.t.Helper()
	s.want(200, s.post("/summary/questions", "text", "Is it my liver?"))
	return s.last(journal.KindQuestion).ID
}

// twice are all forms that change something. Those that need a step before
// them name it.
func twice(s *site) map[string][]posted {
	dose := s.last(journal.KindDose).ID.String()
	product := s.journal().Products()[0].ID.String()
	question := s.question().String()
	shared := s.sharedFile()
	note := posted{"/new/note", "/new/note", []string{"text", "a plan"}}
	list := map[string][]posted{
		"/dose":                   {{"/", "/dose", nil}},
		"/quick":                  {{"/", "/quick", []string{"line", "2 g green leaf and 3 g purple leaf"}}},
		"/quick/later":            {{"/", "/quick", []string{"line", "nauseous"}}, {"", "/quick/later", []string{"answer", "nauseous 2"}}},
		"/check-in":               {{"/", "/check-in", []string{"rough", "4"}}},
		"/undo":                   {{"/", "/dose", nil}, {"", "/undo", nil}},
		"/undelete":               {{"/", "/dose", nil}, {"", "/undo", nil}, {"", "/undelete", nil}},
		"/entries/{id}":           {{"/entries/" + dose, "/entries/" + dose, []string{"amount", "7", "unit", "g", "product_name", "other leaf"}}},
		"/entries/{id}/delete":    {{"/entries/" + dose, "/entries/" + dose + "/delete", nil}},
		"/entries/{id}/forget":    {{"/entries/" + dose + "/forget", "/entries/" + dose + "/forget", nil}},
		"/products/new":           {{"/products/new", "/products/new", []string{"name", "new leaf", "form", "leaf_powder"}}},
		"/products/{id}":          {{"/products/" + product, "/products/" + product, []string{"name", "renamed", "form", "leaf_powder"}}},
		"/products/{id}/put-away": {{"/products", "/products/" + product + "/put-away", nil}},
		"/products/{id}/delete":   {{"/products/" + product, "/products/" + product + "/delete", nil}},
		"/settings":               {{"/settings", "/settings", []string{"currency", "EUR", "auto_lock_min", "15", "units", "us", "country", "US"}}},
		"/curve":                  {{"/", "/curve", nil}},
		"/welcome/2":              {{"/welcome/2", "/welcome/2", []string{"name", "first leaf", "form", "leaf_powder", "usual_amount", "2", "per_day", "8", "unit", "g", "days", "2", "span", "years"}}},
		"/urge":                   {{"/urge", "/urge", []string{"reasons", "my mornings", "someone_name", "Ana"}}},
		"/urge/end":               {{"/urge", "/urge/end", []string{"end", "passed", "helped", "a walk"}}},
		"/first-days":             {{"/welcome/3", "/welcome/3", []string{"goal", "quit"}}, {"/", "/first-days", []string{"line", "one evening at a time"}}},
		"/welcome/3":              {{"/welcome/3", "/welcome/3", []string{"goal", "quit"}}},
		"/welcome/skip":           {{"/welcome", "/welcome/skip", nil}},
		"/settings/passphrase":    {{"/settings", "/settings/passphrase", []string{"passphrase", "a long quiet river", "again", "a long quiet river"}}},
		"/settings/passphrase/remove": {{"/settings", "/settings/passphrase", []string{"passphrase", "a long quiet river", "again", "a long quiet river"}},
			{"/settings", "/settings/passphrase/remove", []string{"present", "a long quiet river"}}},
		"/summary/questions":            {{"/summary", "/summary/questions", []string{"text", "Can we look at my sleep?"}}},
		"/summary/questions/{id}/asked": {{"/summary", "/summary/questions/" + question + "/asked", nil}},
		"/screen/phq9/ask":              {{"/screen/phq9/ask", "/screen/phq9/ask", []string{"value", "2", "do", ""}}},
		"/screen/peg/ask":               {{"/screen/peg/ask", "/screen/peg/ask", []string{"value", "7", "do", ""}}},
		"/screen/cows/ask":              {{"/screen/cows/ask?item=gut", "/screen/cows/ask", []string{"value", "3", "do", ""}}},
		"/plan/use":                     {{"/plan", "/plan/compare", typedPlan()}, {"", "/plan/use", []string{"begins", "2026-11-23", "seen", "1"}}},
		"/plan/change": {{"/plan", "/plan/compare", typedPlan()}, {"", "/plan/use", []string{"begins", "2026-11-23", "seen", "1"}},
			{"", "/plan/change", nil}},
		"/sharing/sign":      {{"/sharing/new?form=file", "/sharing/preview", draftOfAFile}, {"", "/sharing/sign", []string{"signature", "Sam Rivers"}}},
		"/sharing/{id}/end":  {{shared + "/end", shared + "/end", nil}},
		"/delete-everything": {note, {"/delete-everything", "/delete-everything", []string{"word", "delete"}}},
	}
	if throughPocket { // Today reminds of a backup there alone
		list["/keep"] = []posted{{"/", "/keep", []string{"until", "later"}}}
	}
	for _, kind := range []string{"dose", "check_in", "substance", "body_change", "life", "note", "spending", "none_today", "history", "question", "medicine", "urge"} {
		typed := map[string][]string{"dose": {"product_name", "tea", "amount", "1", "unit", "mug"}, "check_in": {"rough", "6"}, "substance": {"class", "alcohol"},
			"body_change": {"change", "itch", "since", "2026-11-03"}, "life": {"area", "work", "effect", "worse"}, "urge": {"end", "passed"}, "note": {"text", "a plan"}, "question": {"text", "Is it my liver?"}, "medicine": {"name", "sertraline", "class", "antidepressant"},
			"spending": {"amount", "12.5", "currency", "usd"}, "history": {"per_day", "20", "unit", "g", "days", "3", "span", "years"}}[kind]
		list["/new/"+kind] = []posted{{"/new/" + kind, "/new/" + kind, typed}}
	}
	return list
}

// aDirectory is a list of treatment places, made up.
const aDirectory = "directory_type,name1,street1,city,state,zip,phone,service_code_info\nsubstance,Harbor House,12 Main St,Springfield,IL,62701,217-555-0100,SA CO * OP\n"

// once are the forms that need no guard against being sent twice, and why.
var once = map[string]string{
	"/none":                     "stands on a day without entries; TestNoneTwice",
	"/lock":                     "locks what is locked",
	"/unlock":                   "opens what is open",
	"/unlock/recovery":          "opens what is open",
	"/journal":                  "looks for something",
	"/backup":                   "a download",
	"/settings/passkey":         "puts the same key in the place of the same key",
	"/settings/recovery":        "shows a fresh code, and only the newest opens: whoever asks again is shown that one",
	"/demo/enter":               "changes nothing of the person's",
	"/demo/leave":               "changes nothing of the person's",
	"/import":                   "records keep their ids; TestAnImportSentTwice",
	"/import/table":             "the file is gone after the first time; TestAnImportSentTwice",
	"/places":                   "looks for something",
	"/learn":                    "looks for something",
	"/check":                    "reads a text, and keeps nothing",
	"/check/file":               "reads a text, and keeps nothing",
	"/plan/compare":             "compares, and keeps nothing",
	"/sharing/look":             "looks up whom a code leads to",
	"/sharing/preview":          "shows what would be seen, and keeps nothing",
	"/sharing/ask":              "asks the host, and keeps nothing",
	"/sharing/{id}/file":        "a download; each one is on record",
	"/places/import":            "puts the same list in the place of the same list",
	"/recalls/import":           "puts the same notices in the place of the same notices",
	"/import/batches/{id}/undo": "what is undone is gone; TestTableIsShownBeforeItIsWritten",
	"/import/batches/{id}/rows": "the row is off the list after the first time",
	"/settings/devices/start":   "a journal that is at a host already says so; TestTwoDevices",
	"/settings/devices/join":    "a code is good once; TestTwoDevices",
	"/restore":                  "records keep their ids, as in an import",
}

// A browser may send a form twice: a double tap, a reload, a lost answer. The
// second time gets the first one's answer and leaves every byte as it is, also
// a minute later.
func TestAFormSentTwiceChangesNothing(t *testing.T) {
	t.Parallel()
	table := twice(newSite(t, 5))
	for _, name := range slices.Sorted(maps.Keys(table)) {
		t.Run(name, func(t *testing.T) {
			s := newSite(t, 5)
			steps := twice(s)[name]
			var r reply
			for i, step := range steps {
				if step.on != "" {
					r = s.want(200, s.get(step.on))
				}
				at := slices.IndexFunc(forms(r), func(f form) bool { return f.method == "post" && f.action == step.action })
				if at < 0 {
					t.Fatalf("no form to %s on %s:\n%.2000s", step.action, r.path, r.body)
				}
				v := forms(r)[at].hidden()
				for j := 0; j < len(step.typed); j += 2 {
					v.Set(step.typed[j], step.typed[j+1])
				}
				before := fmt.Sprint(s.records())
				r = s.want(200, s.read(s.client.PostForm(s.url+step.action, v)))
				if i < len(steps)-1 {
					continue
				}
				after := fmt.Sprint(s.records())
				if before == after && !strings.Contains(name, "passphrase") {
					t.Fatal("the form changed nothing even once")
				}
				s.clock.set(s.clock.now.Add(time.Minute))
				again := s.want(200, s.read(s.client.PostForm(s.url+step.action, v)))
				if fmt.Sprint(s.records()) != after {
					t.Error("the second time changed the journal")
				}
				if again.path != r.path {
					t.Errorf("the second time led to %s, the first to %s", again.path, r.path)
				}
			}
		})
	}
}

func TestNoneTwice(t *testing.T) {
	s := newSite(t, 0)
	s.want(200, s.post("/welcome/skip"))
	r := s.get("/")
	at := slices.IndexFunc(forms(r), func(f form) bool { return f.action == "/none" })
	v := forms(r)[at].hidden()
	for range 2 {
		s.contains(s.want(200, s.read(s.client.PostForm(s.url+"/none", v))), "None today, as you noted")
		if n := s.count(); n != 1 {
			t.Errorf("%d entries, want 1", n)
		}
	}
}

func TestAnImportSentTwice(t *testing.T) {
	s := newSite(t, 5)
	out := s.want(200, s.get("/export.json")).body
	other := newSite(t, 0)
	other.want(200, other.upload("/import", "journal.json", out))
	after := fmt.Sprint(other.records())
	other.want(200, other.upload("/import", "journal.json", out))
	if fmt.Sprint(other.records()) != after {
		t.Error("an export that came twice changed the journal")
	}
	r := other.want(200, other.upload("/import", "list.csv", "date,amount,unit,product\n2026-11-03 10:00,2,g,leaf\n"))
	at := slices.IndexFunc(forms(r), func(f form) bool { return f.action == "/import/table" })
	v := forms(r)[at].hidden()
	for _, m := range regexp.MustCompile(`(?s)<select[^>]*name="field"[^>]*>(.*?)</select>`).FindAllStringSubmatch(r.body, -1) {
		chosen := regexp.MustCompile(`value="([^"]*)" selected`).FindStringSubmatch(m[1])
		if chosen == nil {
			t.Fatalf("nothing is proposed:\n%s", m[1])
		}
		v.Add("field", chosen[1])
	}
	other.want(200, other.read(other.client.PostForm(other.url+"/import/table", v)))
	n := other.count()
	other.want(200, other.read(other.client.PostForm(other.url+"/import/table", v)))
	if other.count() != n {
		t.Errorf("%d entries became %d", n, other.count())
	}
}

// Every form that there is has its place in the table above or a reason to
// need none; it brings what tells it from another; and nobody's words stay in
// the browser: no field is filled in by it, and none goes into an address.
func TestEveryFormOfEveryPage(t *testing.T) {
	t.Parallel()
	s := newSite(t, 5)
	table, seen := twice(s), map[string]bool{}
	list := append(pages(s), pageAt{"welcome", "/welcome"}, pageAt{"welcome-2", "/welcome/2"}, pageAt{"welcome-3", "/welcome/3"})
	look := func(r reply) {
		for _, f := range forms(r) {
			path := idsInPaths.ReplaceAllString(f.action, "/{id}")
			seen[path] = true
			if f.method == "get" {
				for _, c := range f.fields {
					if c.tag != "select" && c.tag != "button" && c.kind != "range" && c.kind != "checkbox" {
						t.Errorf("%s: the address of %s holds what is in %+v", r.path, f.action, c)
					}
				}
				continue
			}
			if _, ok := table[path]; ok {
				if !formIDOf(f) {
					t.Errorf("%s: the form to %s can be sent twice", r.path, f.action)
				}
			} else if once[path] == "" {
				t.Errorf("%s: the form to %s is in no table", r.path, f.action)
			}
		}
		for _, m := range controlTags.FindAllStringSubmatch(r.body, -1) {
			kind := attribute(m[2], "type")
			if m[1] == "select" || m[1] == "button" || slices.Contains([]string{"radio", "checkbox", "hidden", "file", "range"}, kind) {
				continue
			}
			want := []string{"off"}
			if kind == "password" {
				want = []string{"new-password", "current-password", "off"}
			}
			if !slices.Contains(want, attribute(m[2], "autocomplete")) {
				t.Errorf("%s: the browser keeps what is written in %s", r.path, m[0])
			}
		}
	}
	for _, p := range list {
		look(s.get(p.path))
	}
	look(s.post("/quick", "line", "nauseous"))
	page := s.get("/")
	look(s.post("/dose", "product", field(page, "product"), "name", field(page, "name"), "amount", "1", "unit", "g"))
	look(s.post("/undo", "id", s.last(journal.KindDose).ID.String()))
	r := s.upload("/import", "list.csv", "date,amount,unit,product\n2026-11-03 10:00,2,g,leaf\n2026-11-04 10:00,a lot,g,leaf\n")
	look(r)
	look(s.post("/import/table", "shown", field(r, "shown"), "field", "date", "field", "amount", "field", "unit", "field", "product"))
	look(s.post("/plan/compare", typedPlan("strategy3", "least", "size3", "3", "every3", "7")...))
	look(s.post("/plan/use", typedPlan("pace", "1", "begins", "2026-11-23", "seen", "1")...))
	s.wants("quit")
	look(s.get("/"))
	look(s.post("/sharing/preview", append([]string{"form", "file"}, draftOfAFile...)...))
	look(s.upload("/places/import", "places.csv", aDirectory))
	look(s.post("/demo/enter"))
	s.post("/demo/leave")
	s.post("/settings/passphrase", "passphrase", "a long quiet river", "again", "a long quiet river")
	look(s.get("/settings"))
	s.post("/lock")
	look(s.get("/unlock"))
	s.post("/unlock", "passphrase", "a long quiet river")
	s.post("/settings/recovery", "present", "a long quiet river")
	s.post("/lock")
	look(s.get("/unlock/recovery"))
	for path := range table {
		if !seen[path] && path != "/none" {
			t.Errorf("no page has a form to %s any more", path)
		}
	}
	for path := range once {
		if !seen[path] && path != "/none" && (throughPocket || path != "/settings/passkey") { // the desk has no passkey
			t.Errorf("no page has a form to %s any more", path)
		}
	}
}

func formIDOf(f form) bool { return len(f.hidden().Get("once")) == 32 }

// What somebody looks for is in the answer and in no address.
func TestWhatIsLookedForIsInNoAddress(t *testing.T) {
	s := newSite(t, 5)
	s.post("/new/note", "text", "a secret plan")
	s.post("/new/note", "text", "something else")
	r := s.want(200, s.post("/journal", "text", "secret"))
	s.contains(r, "a secret plan")
	if strings.Contains(r.body, "something else") {
		t.Error("the search found everything")
	}
	for _, m := range regexp.MustCompile(`(?:href|action)="([^"]*)"`).FindAllStringSubmatch(r.body, -1) {
		if strings.Contains(m[1], "secret") {
			t.Errorf("an address holds the words: %s", m[1])
		}
	}
	if r := s.get("/journal?text=secret"); !strings.Contains(r.body, "something else") {
		t.Error("an address looks for words")
	}
}
