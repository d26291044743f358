package web_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/evenkeel/evenkeel/internal/web"
	"github.com/evenkeel/evenkeel/internal/web/shell"
	"github.com/evenkeel/evenkeel/journal"
)

var wildcard = regexp.MustCompile(`\{\w+\}`)

// ask sends what a route answers to, with the id of an entry where it wants
// one.
func (s *site) ask(r shell.Route, id journal.ID) reply {
	s.t.Helper()
	method, path, _ := strings.Cut(strings.TrimSuffix(r.Pattern, "{$}"), " ")
	fill := map[string]string{"{kind}": "note", "{step}": "2", "{name}": "phq9", "{part}": "list", "{id}": id.String()}
	path = wildcard.ReplaceAllStringFunc(path, func(name string) string {
		value, ok := fill[name]
		if !ok {
			s.t.Fatalf("%s: say here what %s may be", r.Pattern, name)
		}
		return value
	})
	if method == http.MethodGet {
		return s.get(path)
	}
	return s.post(path, "text", "x", "line", "2 g green leaf")
}

// No route answers somebody who was not let in, but for those that need nobody.
func TestNoRouteAnswersAStranger(t *testing.T) {
	s := newSite(t, 5)
	id := s.last(journal.KindDose).ID
	before := s.count()
	s.client = s.stranger()
	for _, r := range web.Routes(web.Config{}) {
		if r.Needs == shell.Nobody {
			continue
		}
		if got := s.ask(r, id); got.status != http.StatusForbidden || !strings.Contains(got.body, "press Enter there for a fresh link") {
			t.Errorf("%s answers a stranger with %d", r.Pattern, got.status)
		}
	}
	if s.count() != before {
		t.Errorf("a stranger changed the journal: %d entries, were %d", s.count(), before)
	}
}

// Each route that needs the journal leads to unlocking it, and says nothing of
// it before.
func TestEveryRouteThatNeedsTheJournalAsksToUnlock(t *testing.T) {
	s := newSite(t, 5)
	id := s.last(journal.KindDose).ID
	const pass = "a long quiet river"
	s.want(200, s.post("/settings/passphrase", "passphrase", pass, "again", pass))
	s.want(200, s.post("/lock"))
	for _, r := range web.Routes(web.Config{}) {
		if r.Needs != shell.Journal {
			continue
		}
		got := s.ask(r, id)
		if got.path != "/unlock" || !strings.Contains(got.body, `action="/unlock"`) {
			t.Errorf("%s of a locked journal led to %s with %d", r.Pattern, got.path, got.status)
		}
		if strings.Contains(got.body, "green leaf") {
			t.Errorf("%s of a locked journal says what is in it", r.Pattern)
		}
	}
}

// What a route asks for fits what it is.
func TestRoutesSayWhatFits(t *testing.T) {
	secrets := []string{"passphrase", "recovery", "backup", "unlock", "delete", "forget"}
	for _, r := range web.Routes(web.Config{}) {
		method, path, _ := strings.Cut(r.Pattern, " ")
		if method != http.MethodGet && method != http.MethodPost {
			t.Errorf("%s is neither read nor sent", r.Pattern)
		}
		if r.Kept && (method != http.MethodPost || r.Needs != shell.Journal || r.Body > shell.Small) {
			t.Errorf("%s cannot be kept", r.Pattern)
		}
		for _, word := range secrets {
			if r.Kept && strings.Contains(path, "/"+word) {
				t.Errorf("%s is kept, and holds a secret or takes something away", r.Pattern)
			}
		}
		if r.Nav && (r.Part == "" || method != http.MethodGet) {
			t.Errorf("%s is no place for the navigation", r.Pattern)
		}
		if r.Back != "" && !strings.HasPrefix(r.Back, "/") {
			t.Errorf("%s goes back to %q", r.Pattern, r.Back)
		}
	}
}
