package web_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/journal"
)

// last is the entry written down last.
func (s *site) last(kind journal.Kind) *journal.Entry {
	s.t.Helper()
	days, _ := s.journal().Days(journal.DayFilter{Kinds: []journal.Kind{kind}, Limit: 10000})
	var found *journal.Entry
	for _, d := range days {
		for _, e := range d.Entries {
			if found == nil || e.Recorded.After(found.Recorded) {
				found = e
			}
		}
	}
	return found
}

// field is the value of the first input of that name on a page.
func field(r reply, name string) string {
	m := regexp.MustCompile(`name="` + name + `"[^>]*? value="([^"]*)"`).FindStringSubmatch(r.body)
	if m == nil {
		return ""
	}
	return m[1]
}

// upload sends a file with small fields beside it.
func (s *site) upload(path, file, content string, pairs ...string) reply {
	s.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for i := 0; i < len(pairs); i += 2 {
		if err := w.WriteField(pairs[i], pairs[i+1]); err != nil {
			s.t.Fatal(err)
		}
	}
	part, err := w.CreateFormFile("file", file)
	if err != nil {
		s.t.Fatal(err)
	}
	if _, err := part.Write([]byte(content)); err != nil {
		s.t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		s.t.Fatal(err)
	}
	return s.read(s.client.Post(s.url+path, w.FormDataContentType(), &b))
}

func TestOneTapLogsAndUndoes(t *testing.T) {
	s := newSite(t, 20)
	before := s.count()
	page := s.get("/")
	r := s.want(200, s.post("/dose", "product", field(page, "product"), "name", field(page, "name"), "amount", field(page, "amount"), "unit", field(page, "unit")))
	s.contains(r, "Saved:", "Undo", "since")
	if s.count() != before+1 {
		t.Fatalf("%d entries, want %d", s.count(), before+1)
	}
	if d := s.last(journal.KindDose); d.Dose().Product.IsZero() || !d.At.Equal(evening) {
		t.Errorf("logged %+v at %v", d.Dose(), d.At)
	}
	// The notice shows once.
	if strings.Contains(s.get("/").body, "Saved:") {
		t.Error("the notice shows again")
	}
	r = s.post("/undo", "id", s.last(journal.KindDose).ID.String())
	s.contains(r, "Taken out again")
	if s.count() != before {
		t.Errorf("%d entries after undo, want %d", s.count(), before)
	}
	s.contains(s.post("/undelete", "id", field(r, "id")), "back in your journal")
	if s.count() != before+1 {
		t.Errorf("%d entries after bringing back, want %d", s.count(), before+1)
	}
}

func TestQuickEntrySavesOrAsks(t *testing.T) {
	s := newSite(t, 20)
	before := s.count()
	s.contains(s.want(200, s.post("/quick", "line", "2 g green leaf 20 min ago")), "Saved:", "2 g green leaf", "7:20 PM")
	if d := s.last(journal.KindDose); d.Dose().Amount != 2 || !d.At.Equal(evening.Add(-20*time.Minute)) {
		t.Errorf("saved %+v at %v", d.Dose(), d.At)
	}
	// What is unclear is asked about; the line stays, and nothing is saved.
	r := s.want(422, s.post("/quick", "line", `2 g green leaf, some <b>kratom</b>`))
	s.contains(r, `value="2 g green leaf, some &lt;b&gt;kratom&lt;/b&gt;"`, "Nothing is saved until this is clear")
	if strings.Contains(r.body, "<b>kratom") {
		t.Error("a line came back unescaped")
	}
	if s.count() != before+1 {
		t.Errorf("%d entries, want %d", s.count(), before+1)
	}
	p := s.want(200, s.post("/quick/preview", "line", "rough 6 craving 8"))
	s.contains(p, "Rough 6 of 10", "Craving 8 of 10")
	if s.count() != before+1 || strings.Contains(p.body, "<html") {
		t.Error("the preview saved something or is a whole page")
	}
	s.want(204, s.post("/quick/preview", "line", "  "))
}

// A question is answered by pressing an answer: the line with it is sent, and
// saved when nothing else is open.
func TestQuickEntryIsAnsweredInPlace(t *testing.T) {
	s := newSite(t, 3)
	before := s.count()
	r := s.want(422, s.post("/quick", "line", "2 g green leaf at 7:15, 5 tablets today"))
	s.contains(r, `name="choice"`, `value="2 g green leaf 7:15 am, 5 tablets today"`, "Spread over the day", "Keep as a note")
	r = s.want(422, s.post("/quick", "line", "2 g green leaf at 7:15, 5 tablets today", "choice", "2 g green leaf 7:15 am, 5 tablets today"))
	s.contains(r, `value="2 g green leaf 7:15 am, 5 tablets over the day"`)
	s.contains(s.want(200, s.post("/quick", "line", "", "choice", "2 g green leaf 7:15 am, 5 tablets over the day")), "Saved:")
	if s.count() != before+2 || s.last(journal.KindDose).At.Hour() != 7 {
		t.Errorf("%d entries, want %d; %v", s.count(), before+2, s.last(journal.KindDose).At)
	}
	// Words that cannot be read are not shown beside what seemed to be understood.
	if p := s.post("/quick/preview", "line", "jake took 3 g"); strings.Contains(p.body, "<strong>") || !strings.Contains(p.body, "Keep as a note") {
		t.Errorf("half of a line is shown as understood: %s", p.body)
	}
	// What can wait is saved, and its number is asked for afterwards.
	r = s.want(200, s.post("/quick", "line", "mood 4, nauseous"))
	s.contains(r, "Saved:", `action="/quick/later"`, `value="nauseous 3"`)
	s.contains(s.want(200, s.post("/quick/later", "id", field(r, "id"), "answer", "nauseous 3")), "hanged")
	if c := s.last(journal.KindCheckIn).CheckIn(); c.Symptoms["upset_stomach"] != 3 || *c.Mood != 4 || c.Note != "" {
		t.Errorf("%+v", c)
	}
}

func TestNoneTodayIsItsOwnAnswer(t *testing.T) {
	s := newSite(t, 0)
	s.want(200, s.post("/welcome/skip"))
	s.contains(s.get("/"), "unknown, not as none", `action="/none"`)
	s.contains(s.post("/none"), "None today, as you noted", "Saved: none today")
	s.contains(s.get("/journal"), `class="state state-none">none<`)
}

func TestEveryFormSavesAndKeepsWhatWasRefused(t *testing.T) {
	t.Parallel()
	s := newSite(t, 5)
	for _, c := range []struct {
		kind  string
		good  []string
		want  string
		bad   []string // refused; every value must come back
		wrong string   // how what was refused begins
	}{
		{"dose", []string{"product_name", "tea from a friend", "amount", "0,5", "unit", "mug", "reasons", "pain", "reasons", "sleep", "helped", "3", "note", "on the train"}, "½ mug tea from a friend",
			[]string{"amount", "much", "unit", "mug", "note", "kept-words"}, `name="amount"`},
		{"check_in", []string{"rough", "6", "s_yawning", "2", "s_anxiety", "4", "sleep_h", "6.5", "note", "long day"}, "Rough 6 of 10", []string{"sleep_h", "99", "note", "kept-words"}, `name="sleep_h"`},
		{"substance", []string{"class", "alcohol", "name", "beer", "amount", "2 glasses"}, "Alcohol", []string{"name", "kept-words"}, `<fieldset class="choices" role="radiogroup"`},
		{"body_change", []string{"change", "itch", "since", "2026-11-03", "ongoing", "1"}, "since Tuesday, November 3", []string{"since", "2026-11-03", "note", "kept-words"}, `<fieldset class="choices" role="radiogroup"`},
		{"life", []string{"area", "work", "effect", "worse", "note", "left early"}, "for the worse", []string{"note", "kept-words"}, `<fieldset class="choices" role="radiogroup"`},
		{"note", []string{"text", "I want to see <what> it does"}, "I want to see &lt;what&gt; it does", []string{"text", "kept-words", "at", "yesterday"}, ""},
		{"spending", []string{"amount", "12.5", "currency", "usd"}, "12.50 USD", []string{"amount", "12", "currency", "dollars", "note", "kept-words"}, `name="currency"`},
		{"none_today", nil, "None today", []string{"at", "kept-words"}, ""},
		{"history", []string{"per_day", "20", "unit", "g", "days", "3", "span", "years", "times_per_day", "4"}, "About 20 g a day for 3 years", []string{"per_day", "20", "unit", "g", "note", "kept-words"}, ""},
	} {
		before := s.count()
		r := s.want(200, s.post("/new/"+c.kind, c.good...))
		s.contains(r, "Saved:")
		s.contains(s.get("/journal"), c.want)
		e := s.last(journal.Kind(c.kind))
		if e == nil || s.count() != before+1 {
			t.Fatalf("%s: not saved", c.kind)
		}
		// The form of the entry shows it, and saved unchanged it stays as it was.
		s.want(200, s.get("/entries/"+e.ID.String()))
		r = s.want(422, s.post("/new/"+c.kind, c.bad...))
		s.contains(r, `role="alert"`, "kept-words")
		if c.wrong != "" && !regexp.MustCompile(c.wrong+`[^>]*aria-invalid="true"`).MatchString(r.body) {
			t.Errorf("%s: what was refused is not marked", c.kind)
		}
		if s.count() != before+1 {
			t.Errorf("%s: a refused form saved something", c.kind)
		}
	}
}

func TestEditingKeepsOffsetAndSeconds(t *testing.T) {
	s := newSite(t, 0)
	tokyo := time.Date(2026, 11, 20, 9, 30, 17, 0, time.FixedZone("", 9*3600))
	ids, err := record.New(t.Context(), s.app, journal.Event{At: tokyo, Body: &journal.Note{Text: "in Tokyo"}})
	if err != nil {
		t.Fatal(err)
	}
	path := "/entries/" + ids.IDs[0].String()
	s.contains(s.get(path), `value="2026-11-20T09:30"`, "UTC+09:00")
	s.contains(s.post(path, "text", "in Tokyo, early", "at", "2026-11-20T09:30"), "Changed:")
	e, ok := s.journal().Entry(ids.IDs[0])
	if !ok || !e.At.Equal(tokyo) || e.Note().Text != "in Tokyo, early" {
		t.Fatalf("%+v", e.Event)
	}
	s.post(path, "text", "in Tokyo, late", "at", "2026-11-20T23:10")
	e, ok = s.journal().Entry(ids.IDs[0])
	if !ok || e.At.Format(time.RFC3339) != "2026-11-20T23:10:00+09:00" {
		t.Fatalf("%v", e.At)
	}
	s.want(422, s.post("/new/note", "text", "from the future", "at", "2027-01-01T00:00"))
}

func TestDeleteAndForget(t *testing.T) {
	s := newSite(t, 0)
	s.post("/new/note", "text", "a secret plan")
	id := s.last(journal.KindNote).ID.String()
	s.contains(s.get("/entries/"+id+"/forget"), "a secret plan", "Nobody can bring it back")
	r := s.post("/entries/" + id + "/delete")
	s.contains(r, "Deleted.")
	s.post("/undelete", "id", id)
	s.contains(s.get("/journal"), "a secret plan")
	id = s.last(journal.KindNote).ID.String()
	s.contains(s.post("/entries/"+id+"/forget"), "Forgotten.")
	if strings.Contains(s.get("/journal").body, "a secret plan") {
		t.Error("it still shows")
	}
	s.want(404, s.get("/entries/"+id))
	s.want(404, s.post("/undelete", "id", id))
}

func TestProductSaysServingsOutLoud(t *testing.T) {
	s := newSite(t, 0)
	r := s.want(200, s.post("/products/new", "name", "blue tablets", "form", "seven_oh", "unit_name", "tablet", "unit_grams", "", "unit_servings", "", "mit_basis", "", "mit_mg", "", "soh_basis", "label", "soh_mg", "15",
		"soh_low", "", "soh_high", "", "units_per_pack", "4", "servings_per_pack", "16", "usual_amount", "0.25", "other_alkaloids", "pseudoindoxyl, MGM-15"))
	s.contains(r, "This pack holds 4 tablets and the label counts 16 servings: 1 tablet is 4 servings.", "going by the label", "pseudoindoxyl, MGM-15")
	list := s.journal().Products()
	if len(list) != 1 || list[0].Product().Units[0].SevenOH.Mg != 15 {
		t.Fatalf("%+v", list)
	}
	s.contains(s.get("/"), "¼ tablet")
	path := "/products/" + list[0].ID.String()
	s.contains(s.get(path), `value="blue tablets"`, `value="15"`)
	// A figure without its source is refused, and nothing typed is lost.
	s.contains(s.want(422, s.post(path, "name", "renamed", "form", "seven_oh", "unit_name", "tablet", "soh_mg", "20", "soh_basis", "")), `value="renamed"`, "Say where the figure comes from")
	s.contains(s.want(409, s.post("/products/new", "name", "Blue Tablets", "form", "tea")), "already have a product")
	s.contains(s.post(path+"/put-away", "away", "1"), "is put away")
	if strings.Contains(s.get("/").body, "¼ tablet") {
		t.Error("a product that was put away is still offered")
	}
	s.contains(s.post(path+"/put-away", "away", "0"), "back in use")
	s.contains(s.post(path+"/delete"), "is deleted")
}

func TestFirstRunInThreeSteps(t *testing.T) {
	s := newSite(t, 0)
	r := s.get("/")
	if r.path != "/welcome" {
		t.Fatalf("the first visit went to %s", r.path)
	}
	s.contains(r, "Step 1 of 3", "Skip all this", "made-up person")
	s.contains(s.want(422, s.post("/welcome/2", "name", "green leaf", "form", "leaf_powder", "usual_amount", "x", "unit", "g")), `value="green leaf"`, "Step 2 of 3")
	r = s.want(200, s.post("/welcome/2", "name", "green leaf", "form", "leaf_powder", "usual_amount", "3", "unit", "g", "per_day", "20", "days", "3", "span", "years"))
	s.contains(r, "Step 3 of 3")
	// Going back and sending the step again doubles nothing.
	s.post("/welcome/2", "name", "green leaf", "form", "leaf_powder", "usual_amount", "4", "unit", "g")
	list := s.journal().Products()
	if len(list) != 1 || list[0].Product().UsualAmount != 4 {
		t.Fatalf("%+v", list)
	}
	if h := s.last(journal.KindPriorUse); h == nil || h.PriorUse().Days != 3*365 || h.PriorUse().Product != list[0].ID {
		t.Fatalf("history %+v", h)
	}
	s.contains(s.want(422, s.post("/welcome/3", "goal", "cut_down", "passphrase", "one thing", "again", "another")), "not the same")
	r = s.want(200, s.post("/welcome/3", "goal", "cut_down", "passphrase", "a long quiet river", "again", "a long quiet river"))
	s.contains(r, "Now make a recovery code")
	settings := s.journal().Settings()
	if journal.Or(settings.Goal, "") != "cut_down" || !journal.Or(settings.Welcomed, false) {
		t.Fatalf("%+v", settings)
	}
	s.contains(s.get("/"), "4 g", "green leaf")
}

func TestLockKeepsTheFormThatMetIt(t *testing.T) {
	t.Parallel()
	s := newSite(t, 5)
	const pass = "a long quiet river"
	s.want(200, s.post("/settings/passphrase", "passphrase", pass, "again", pass))
	before := s.count()
	// Left alone for longer than the lock waits.
	s.clock.set(s.clock.now.Add(16 * time.Minute))
	r := s.post("/quick", "line", "2 g green leaf")
	if r.path != "/unlock" {
		t.Fatalf("a form on a locked journal led to %s", r.path)
	}
	s.contains(r, "is kept")
	if strings.Contains(r.body, "2 g green leaf") {
		t.Error("the locked page shows what was written")
	}
	for _, p := range []string{"/", "/journal", "/products", "/settings", "/settings/recovery", "/import", "/delete-everything", "/new/dose", "/export.json", "/welcome"} {
		if r := s.get(p); r.path != "/unlock" || strings.Contains(r.body, "green leaf") {
			t.Errorf("locked, %s led to %s", p, r.path)
		}
	}
	r = s.want(200, s.post("/unlock", "passphrase", pass))
	s.contains(r, "Saved:", "2 g green leaf")
	if s.count() != before+1 {
		t.Errorf("%d entries, want %d", s.count(), before+1)
	}
	// Locking by hand drops what was kept, and a link from outside stays ours.
	s.post("/lock")
	if r := s.post("/unlock", "passphrase", pass, "next", "https://evil.example/"); r.path != "/" {
		t.Errorf("unlocking led to %s", r.path)
	}
	s.post("/lock")
	if r := s.post("/unlock", "passphrase", pass, "next", "/journal"); r.path != "/journal" {
		t.Errorf("unlocking led to %s", r.path)
	}
}

func TestRecoveryCodeOpens(t *testing.T) {
	t.Parallel()
	s := newSite(t, 3)
	const pass = "a long quiet river"
	s.post("/settings/passphrase", "passphrase", pass, "again", pass)
	r := s.want(200, s.post("/settings/recovery", "present", pass))
	code := regexp.MustCompile(`class="code"[^>]*>([^<]+)<`).FindStringSubmatch(r.body)
	if code == nil {
		t.Fatal("no code on the page")
	}
	if strings.Contains(s.get("/settings/recovery").body, code[1]) {
		t.Error("the code shows again")
	}
	s.post("/lock")
	s.contains(s.want(422, s.post("/unlock/recovery", "code", code[1], "passphrase", "a new river", "again", "an old river")), "not the same")
	r = s.want(200, s.post("/unlock/recovery", "code", code[1], "passphrase", "another quiet river", "again", "another quiet river"))
	s.contains(r, "new passphrase opens it")
	s.post("/lock")
	if r := s.post("/unlock", "passphrase", "another quiet river"); r.path != "/" {
		t.Errorf("the new passphrase led to %s", r.path)
	}
}

// The page with a fresh code, loaded again, sends its form again: the code that
// was written down stays the one that opens.
func TestARecoveryCodeIsMadeOnceAForm(t *testing.T) {
	t.Parallel()
	s := newSite(t, 3)
	const pass = "a long quiet river"
	s.post("/settings/passphrase", "passphrase", pass, "again", pass)
	page := forms(s.want(200, s.get("/settings/recovery")))
	v := page[slices.IndexFunc(page, func(f form) bool { return f.action == "/settings/recovery" })].hidden()
	v.Set("present", pass)
	send := func() reply { return s.want(200, s.read(s.client.PostForm(s.url+"/settings/recovery", v))) }
	shown := regexp.MustCompile(`class="code"[^>]*>([^<]+)<`)
	code := shown.FindStringSubmatch(send().body)
	if code == nil {
		t.Fatal("no code on the page")
	}
	again := send()
	if shown.MatchString(again.body) {
		t.Error("a second code was made")
	}
	s.contains(again, "A code was made a moment ago")
	s.post("/lock")
	s.contains(s.want(200, s.post("/unlock/recovery", "code", code[1], "passphrase", "another quiet river", "again", "another quiet river")), "new passphrase opens it")
}

func TestExportBackupImport(t *testing.T) {
	t.Parallel()
	s := newSite(t, 10)
	export := s.want(200, s.get("/export.json"))
	if !strings.Contains(export.header.Get("Content-Disposition"), `filename="evenkeel-2026-11-22.json"`) {
		t.Errorf("it downloads as %s", export.header.Get("Content-Disposition"))
	}
	backup := s.want(200, s.post("/backup", "passphrase", "for the backup", "again", "for the backup"))
	if strings.Contains(backup.body, "green leaf") || !strings.HasPrefix(backup.body, "age-encryption.org/") {
		t.Fatal("the backup is not sealed")
	}
	// What was refused is said on the page that the form stands on.
	s.contains(s.want(422, s.post("/backup", "passphrase", "for the backup", "again", "for the backpu")), "are not the same", `id="choices"`, "<details class=\"fold\" open><summary>Make a backup")
	s.contains(s.want(200, s.get("/export.csv")), "kind,date,time,at")
	s.contains(s.want(200, s.get("/export.csv?bom=1")), "\ufeffid,kind")
	s.contains(s.want(200, s.get("/dataset.csv")), "C,ID,TIME,AMT")
	n := s.count()
	s.contains(s.want(200, s.upload("/import", "own.json", export.body)), "0 records were added")

	other := newSite(t, 0)
	other.contains(other.want(403, other.upload("/restore", "b.age", backup.body, "passphrase", "wrong")), "does not open the backup")
	other.contains(other.want(200, other.upload("/restore", "b.age", backup.body, "passphrase", "for the backup")), "records were added")
	if other.count() != n {
		t.Errorf("%d entries came back, want %d", other.count(), n)
	}
	other.contains(other.want(422, other.upload("/import", "broken.json", `{"format": "x"`)), "Nothing was imported")
}

func TestTableIsShownBeforeItIsWritten(t *testing.T) {
	s := newSite(t, 0)
	const table = "when,strain,grams,notes,Wife asked\n2026-11-20 08:00,red leaf,3,first,no\n2026-11-20 20:00,red leaf,2.5,second,no\n2026-11-21 08:00,red leaf,a lot,third,no\n2026-11-21 20:00,red leaf,16000,fourth,no\n"
	r := s.want(200, s.upload("/import", "mine.csv", table))
	s.contains(r, "The file has 4 rows", "They become: 2 doses.", "red leaf", "New products: red leaf.", "Columns left out: Wife asked.", "1 row cannot be read", "unusually large", "Nothing is written yet")
	if s.count() != 0 {
		t.Fatal("the preview wrote something")
	}
	columns := func(r reply, more ...string) []string {
		v := []string{"shown", field(r, "shown"), "field", "at", "field", "product", "field", "amount", "unit-2", "g", "field", "text", "field", ""}
		return append(v, more...)
	}
	s.contains(s.want(422, s.post("/import/table", "field", "", "field", "product", "field", "amount", "field", "text", "field", "")), "date and time", "Wife asked")
	// What was not shown is shown before it is written.
	again := s.want(200, s.post("/import/table", columns(r, "field-0", "", "odd", "1")...))
	s.contains(again, "You changed how the file is read", "They become: 3 doses.")
	if s.count() != 0 {
		t.Fatal("a changed preview was written unseen")
	}
	done := s.want(200, s.post("/import/table", columns(r)...))
	s.contains(done, "Added: 2 doses.", "wait in a list for you to mend", "Row 4", "The amount is in words", "Row 5")
	if s.count() != 2 {
		t.Errorf("%d entries, want 2", s.count())
	}
	s.contains(s.want(404, s.post("/import/table", "field", "at")), "Choose it again")
	// A row is mended, another taken off the list, and all of it undone as one.
	rows := done.path + "/rows"
	s.contains(s.want(422, s.post(rows, "row", "4", "do", "mend", "cell", "2026-11-21 08:00", "cell", "red leaf", "cell", "plenty", "cell", "third", "cell", "")), "still cannot be read", "plenty")
	s.contains(s.want(200, s.post(rows, "row", "4", "do", "mend", "cell", "2026-11-21 08:00", "cell", "red leaf", "cell", "3", "cell", "third", "cell", "")), "Row 4 was added")
	s.contains(s.want(200, s.post(rows, "row", "5", "do", "drop")), "Row 5 is off the list", "3 of its entries")
	s.contains(s.want(200, s.get("/import")), "Imported so far", "mine.csv")
	s.contains(s.want(200, s.post(done.path+"/undo")), "Undone: 3 entries were taken out.", "1 product that nothing else used")
	if s.count() != 0 || len(s.journal().Products()) != 0 {
		t.Error("something of the import is left")
	}
}

func TestDemoLeavesNoTrace(t *testing.T) {
	s := newSite(t, 0)
	s.want(200, s.post("/welcome/skip"))
	s.contains(s.want(200, s.post("/demo/enter")), "Made-up person.", "Nothing here is yours.", "green leaf")
	s.contains(s.post("/new/note", "text", "written in the demo"), "Made-up person.")
	if s.count() != 0 {
		t.Fatal("the demo wrote into the journal")
	}
	// Another browser of the same person does not see it.
	inside := s.client
	s.client = s.stranger()
	s.read(s.client.Get(s.gate.Link()))
	if strings.Contains(s.get("/").body, "Made-up person.") {
		t.Error("the demo shows in another session")
	}
	s.client = inside
	r := s.post("/demo/leave")
	if strings.Contains(r.body, "Made-up person.") || strings.Contains(s.get("/journal").body, "written in the demo") || s.count() != 0 {
		t.Error("the demo left something")
	}
}

func TestDeleteEverything(t *testing.T) {
	s := newSite(t, 5)
	s.contains(s.want(422, s.post("/delete-everything", "word", "no")), "Nothing was deleted")
	if s.count() == 0 {
		t.Fatal("the wrong word deleted it")
	}
	r := s.want(200, s.post("/delete-everything", "word", "Delete"))
	s.contains(r, "Everything is deleted")
	if s.count() != 0 {
		t.Errorf("%d entries left", s.count())
	}
}

func TestSettingsAreChosen(t *testing.T) {
	s := newSite(t, 5)
	s.contains(s.want(200, s.post("/settings", "clock", "24h", "units", "us", "language", "en", "country", "NZ", "currency", "nzd", "auto_lock_min", "5", "goal", "quit", "hide_curve", "1")), "Your settings are saved")
	s.contains(s.get("/"), "The curve is hidden", "19:")
	s.contains(s.get("/help"), `href="tel:111"`)
	s.clock.set(s.clock.now.Add(time.Second))
	s.contains(s.post("/curve", "hide", "0"), "Hide the curve")
	s.contains(s.want(422, s.post("/settings", "clock", "24h", "units", "us", "language", "en", "country", "NZ", "currency", "dollars", "auto_lock_min", "5")), `value="dollars"`)
}

func TestUnknownAddressesAndKinds(t *testing.T) {
	s := newSite(t, 1)
	s.want(404, s.get("/nowhere"))
	s.want(404, s.get("/new/spaceship"))
	s.want(404, s.get("/welcome/9"))
	s.want(404, s.get("/entries/zz"))
	s.want(404, s.get("/entries/"+strings.Repeat("0", 31)+"1"))
	s.want(422, s.get("/journal?before=tomorrow"))
	s.want(http.StatusMethodNotAllowed, s.post("/help"))
}
