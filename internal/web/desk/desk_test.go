package desk_test

import (
	"encoding/csv"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/evenkeel/evenkeel/care/audit"
	"github.com/evenkeel/evenkeel/internal/demo/program"
	"github.com/evenkeel/evenkeel/internal/web/desk"
)

const notLive = "Not a live channel."

// addresses are all that can be got or sent, of every route without being told of
// it, with Alma's share where somebody's is needed.
func addresses(s *site) (gets, posts []string) {
	for _, pattern := range desk.Patterns() {
		method, path, _ := strings.Cut(pattern, " ")
		path = strings.ReplaceAll(strings.TrimSuffix(path, "{$}"), "{id}", s.id("Alma R"))
		switch {
		case path == "/unlock" || path == "/state": // for a desk that is locked
		case method == http.MethodGet:
			gets = append(gets, path)
		default:
			posts = append(posts, path)
		}
	}
	return gets, posts
}

// A stranger gets nothing, and a locked desk asks to be opened: neither sees a name,
// and no form of theirs does anything.
func TestWhoIsLetIn(t *testing.T) {
	s := newSite(t, program.People)
	gets, posts := addresses(s)
	lines := func() int {
		list, err := s.desk.Audit(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return len(list)
	}
	let := s.client
	s.client = s.stranger()
	before := lines()
	for _, path := range gets {
		if r := s.want(403, s.get(path)); strings.Contains(r.body, "Alma") {
			t.Errorf("a stranger sees Alma at %s", path)
		}
	}
	for _, path := range append(posts, "/unlock", "/state") {
		s.want(403, s.post(path, "member", program.Member, "passphrase", program.Passphrase))
	}
	if lines() != before {
		t.Error("a stranger did something")
	}
	s.client = let
	s.desk.Lock()
	for _, path := range gets {
		r := s.want(200, s.get(path))
		if r.path != "/unlock" || strings.Contains(r.body, "Alma") {
			t.Errorf("a locked desk answers %s with %s", path, r.path)
		}
		s.contains(r, notLive)
	}
	for _, path := range posts {
		if r := s.want(200, s.post(path, "text", "x", "reason", "y")); r.path != "/unlock" {
			t.Errorf("a locked desk answers a form at %s with %s", path, r.path)
		}
	}
	s.want(403, s.get("/state"))

	s.contains(s.want(403, s.post("/unlock", "member", program.Member, "passphrase", "not this one at all")), "Open the desk")
	if s.desk.IsOpen() {
		t.Fatal("a wrong passphrase opens the desk")
	}
	if lost := s.post("/unlock", "member", program.Member, "passphrase", program.Passphrase, "next", "//elsewhere.example"); lost.path != "/unlock" && lost.path != "/" {
		t.Errorf("led to %s", lost.path)
	}
}

// Every page of an open desk says that it is no live channel, what to do in danger,
// in both languages, and has nothing inline.
func TestEveryPage(t *testing.T) {
	s := sharedSite(t)
	gets, _ := addresses(s)
	for _, name := range []string{"Greta L", "Hugo S", "Jonas B", "Luis F"} {
		gets = append(gets, "/people/"+s.id(name))
	}
	for _, path := range gets {
		r := s.want(200, s.get(path))
		s.contains(r, notLive, "If somebody may be in danger")
		for _, body := range []string{r.body, s.inSpanish(path).body} {
			if at := strings.Index(body, "program."); at >= 0 {
				t.Errorf("%s shows a key: %.60s", path, body[at:])
			}
			if at := strings.Index(body, "caseload."); at >= 0 {
				t.Errorf("%s shows a key: %.60s", path, body[at:])
			}
		}
		if strings.Contains(r.body, " style=") || strings.Contains(r.body, "<script>") || strings.Contains(r.body, " onclick") {
			t.Errorf("%s has something inline", path)
		}
		if !strings.Contains(r.header.Get("Content-Security-Policy"), "default-src 'none'") {
			t.Errorf("%s has no policy", path)
		}
		s.contains(s.want(200, s.inSpanish(path)), "No es un canal en vivo.", `lang="es"`)
	}
	s.want(404, s.get("/nowhere"))
	s.want(404, s.get("/people/"+strings.Repeat("0", 64)))
}

// The list stands in the order of the table, with reasons in words, and narrows
// without a script.
func TestList(t *testing.T) {
	s := sharedSite(t)
	r := s.want(200, s.get("/"))
	s.contains(r, "A wish to die or to harm themselves", "No check-in for 11 days", "12 people.", "Nothing of it could be fetched so far.")
	last := -1
	for _, name := range []string{"Alma R", "Luis F", "Devon T", "Bruno K", "Carla M", "Elsa P", "Farid N", "Greta L", "Hugo S"} {
		at := strings.Index(r.body, ">"+name+"<")
		if at <= last {
			t.Errorf("%s stands at %d, behind %d", name, at, last)
		}
		last = at
	}
	r = s.want(200, s.get("/?kind=silence"))
	s.contains(r, "1 person of 12.", "Carla M")
	if strings.Contains(r.body, "Alma R") {
		t.Error("the list is not narrowed")
	}
	s.contains(s.get("/?show=over"), "Hugo S", "1 person of 12.")
	s.contains(s.get("/?name=ELSA"), "Elsa P", "1 person of 12.")
	s.contains(s.get("/?name=nobody"), "Nobody is like this.")
}

// What was acknowledged goes down, and who did it is on record.
func TestAcknowledge(t *testing.T) {
	s := newSite(t, program.People)
	id := s.id("Alma R")
	r := s.want(200, s.post("/people/"+id+"/seen", "reason", "flag/2026-11-23/SR-01/self_harm", "next", "/"))
	s.contains(r, "Acknowledged. It goes down until it changes.", "Acknowledged")
	if strings.Index(r.body, ">Alma R<") < strings.Index(r.body, ">Farid N<") {
		t.Error("what was acknowledged still stands first")
	}
	s.want(404, s.post("/people/"+id+"/seen", "reason", "flag/2026-11-23/SR-01/self_harm/no"))
	s.contains(s.get("/audit"), "acknowledged a reason", "Alma R", "The record holds together")
}

// One person's page: both halves, what is not shared and what is unknown said as
// such, and on record each time it is opened.
func TestPerson(t *testing.T) {
	s := sharedSite(t)
	id := s.id("Bruno K")
	opened := func() (n int) {
		lines, err := s.desk.Audit(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range lines {
			if l.Action == audit.Open && l.Subject == id {
				n++
			}
		}
		return n
	}
	r := s.want(200, s.get("/people/"+id))
	s.contains(r, "The use", "What lies beside it", "Mitragynine, estimated", "Anxiety (GAD-7)", "Plan and drift", "42 CFR part 2", "Day by day, in figures", "not known", "Last day", "More than chance, for this person’s days.")
	if opened() != 1 {
		t.Errorf("opened once, on record %d times", opened())
	}
	r = s.want(200, s.get("/people/"+s.id("Jonas B")))
	if n := strings.Count(r.body, "Not shared."); n != 6 { // scores, days, plan, flags, answers, sheet
		t.Errorf("%d parts are said to be not shared", n)
	}
	s.contains(s.get("/people/"+s.id("Hugo S")), "What was shared is no longer here", "Notes of this program")
}

func TestNotes(t *testing.T) {
	s := newSite(t, program.People)
	at := "/people/" + s.id("Elsa P")
	s.contains(s.want(200, s.post(at+"/notes", "text", "Called <b>at ten</b>.\nShe is fine with it.")), "Note saved.", "Called &lt;b&gt;at ten&lt;/b&gt;.", program.Member)
	for range 2 { // a thumb that taps twice
		s.want(200, s.post(at+"/notes", "text", "Tomorrow at nine.", "once", strings.Repeat("0a", 16)))
	}
	if n := strings.Count(s.get(at).body, "Tomorrow at nine."); n != 1 {
		t.Errorf("a form that was sent twice is kept %d times", n)
	}
	// Another note on the page that a browser went back to is another note.
	s.contains(s.post(at+"/notes", "text", "At ten, not nine.", "once", strings.Repeat("0a", 16)), "At ten, not nine.")
	long := strings.Repeat("a", 16<<10) + "b"
	s.contains(s.want(422, s.post(at+"/notes", "text", long)), long)
}

// A file that is taken along is on record before it is given, and none is given of
// what is over.
func TestFiles(t *testing.T) {
	s := sharedSite(t)
	at := "/people/" + s.id("Elsa P")
	r := s.want(200, s.post(at+"/csv"))
	rows, err := csv.NewReader(strings.NewReader(r.body)).ReadAll()
	if err != nil || len(rows) != 91 || rows[0][0] != "date" {
		t.Errorf("%d rows, %v", len(rows), err)
	}
	for _, row := range rows[1:] {
		if (row[1] == "unknown") != (row[2] == "") {
			t.Errorf("a day that is %s has %q doses", row[1], row[2])
		}
	}
	if r := s.want(200, s.post(at+"/fhir")); r.header.Get("Content-Type") != "application/fhir+json" || !strings.Contains(r.body, "Bundle") {
		t.Errorf("%s: %s", r.header.Get("Content-Type"), r.body)
	}
	s.contains(s.want(200, s.get(at+"/sheet")), "Printed from version", "42 CFR part 2")
	s.contains(s.get("/audit"), "took a copy along")
	gone := "/people/" + s.id("Hugo S")
	for _, form := range []string{"/csv", "/fhir"} {
		s.want(404, s.post(gone+form))
	}
	s.want(404, s.get(gone+"/sheet"))
}

func TestMembers(t *testing.T) {
	s := newSite(t, 1)
	s.contains(s.want(422, s.post("/members", "name", "Sam", "passphrase", "one long passphrase", "again", "another passphrase")), "The two passphrases differ", `value="Sam"`)
	s.contains(s.want(200, s.post("/members", "name", "Sam", "passphrase", "one long passphrase", "again", "one long passphrase")), "The member can open the desk now.", "Remove Sam")
	list, err := s.desk.Members(t.Context())
	if err != nil || len(list) != 2 {
		t.Fatalf("%d members, %v", len(list), err)
	}
	s.contains(s.want(200, s.post("/members/"+list[1].ID.String()+"/remove")), "Sam can no longer open the desk.")
	s.want(404, s.post("/members/"+strings.Repeat("0", 32)+"/remove"))
}

// Counts of few people are not shown.
func TestCounts(t *testing.T) {
	s := sharedSite(t) // ten of them share now
	s.contains(s.want(200, s.get("/counts")), "Fewer than 11 people")
	s = newSite(t, 10*program.People)
	r := s.want(200, s.get("/counts"))
	s.contains(r, "100 people share with this program now.", "withheld", "Cell Size Suppression Policy")
}

// A link that another site leads here with shows nothing of anybody.
func TestOtherSites(t *testing.T) {
	s := sharedSite(t)
	r, err := http.NewRequest(http.MethodPost, s.url+"/lock", strings.NewReader(url.Values{}.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Origin", "https://elsewhere.example")
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	s.want(403, s.read(s.client.Do(r)))
	if !s.desk.IsOpen() {
		t.Error("another site locks the desk")
	}
}
