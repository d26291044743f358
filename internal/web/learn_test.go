package web_test

import (
	"strings"
	"testing"

	"github.com/evenkeel/evenkeel/evidence"
	"github.com/evenkeel/evenkeel/internal/testkit/browser"
)

// A question is found by other words than its own, and no statement stands
// anywhere without its verdict.
func TestLearn(t *testing.T) {
	s := newSite(t, 0)
	list := s.want(200, s.get("/learn"))
	c, ok := evidence.ByID("liver-when")
	if !ok {
		t.Fatal("no claim")
	}
	text := c.Text("en")
	s.contains(list, text.Question, `href="/learn/liver-when"`)
	for _, c := range evidence.All() {
		if statement := c.Text("en").Statement; strings.Contains(list.body, ">"+statement+"<") {
			t.Errorf("%s stands in the list without a verdict", c.ID)
		}
	}
	s.contains(s.want(200, s.post("/learn", "words", "yellow eyes liver")), "What fits your words", `href="/learn/liver-`)
	s.contains(s.want(200, s.post("/learn", "words", "zzqqxx")), "No question here fits")
	page := s.want(200, s.get("/learn/liver-when"))
	s.contains(page, text.Statement, text.Answer, text.Why, "What would change this", "doi.org/10.1016/j.drugalcdep.2020.108426")
	if strings.Index(page.body, text.Statement) > strings.Index(page.body, `class="verdict`) {
		t.Error("the verdict does not follow its sentence")
	}
	s.want(404, s.get("/learn/no-such-question"))
	s.contains(s.want(200, s.get("/help")), `href="/learn"`, `href="/learn/wd-symptoms"`)
}

// The list gets shorter while somebody types, in words with or without accents.
func TestLearnNarrows(t *testing.T) {
	t.Parallel()
	s := newSite(t, 0)
	tab := browser.Open(t).Tab(t, browser.Look{Width: 390, Height: 844})
	s.enter(tab)
	tab.Go(s.url + "/learn")
	shown := func() int {
		return browser.Eval[int](tab, `document.querySelectorAll("#questions details[open]:not([hidden]) li:not([hidden])").length`)
	}
	typed := func(words string) {
		browser.Eval[bool](tab, `(() => { const f = document.getElementById("words"); f.value = `+"`"+words+"`"+`; f.dispatchEvent(new Event("input")); return true; })()`)
	}
	typed("HÁIR")
	if n, all := shown(), len(evidence.All()); n == 0 || n > all/4 {
		t.Errorf("%d of %d questions about hair", n, all)
	}
	typed("")
	if n := shown(); n != 0 {
		t.Errorf("%d questions stand open before anything is typed", n)
	}
}
