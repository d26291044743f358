// Package learn shows what is known of the sentences people meet about kratom and
// 7-OH: by question, each with its verdict, how sure it is, and its sources.
package learn

import (
	"net/http"
	"strings"

	"github.com/evenkeel/evenkeel/evidence"
	"github.com/evenkeel/evenkeel/evidence/lookup"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/internal/web/shell"
)

// Routes hold nothing personal and are there for everybody, also before a journal
// is opened. What somebody looks for is sent in a form: addresses are kept in the
// browser's history.
func Routes() []shell.Route {
	return []shell.Route{
		{Pattern: "GET /learn", Do: list, Needs: shell.Nobody, Part: "help"},
		{Pattern: "POST /learn", Do: search, Needs: shell.Nobody, Part: "help", Back: "/learn"},
		{Pattern: "GET /learn/how", Do: how, Needs: shell.Nobody, Part: "help"},
		{Pattern: "GET /learn/{id}", Do: claim, Needs: shell.Nobody, Part: "help"},
	}
}

// found is how many questions a search lists.
const found = 20

// asked is what somebody looked for, and the questions that fit.
type asked struct {
	words    string
	searched bool
	hits     []evidence.Claim
}

func list(v *shell.Visit) error {
	v.Notify()
	return v.Show(http.StatusOK, listPage(&v.View, &asked{}))
}

func search(v *shell.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	a := asked{words: kit.Trimmed(f, "words"), searched: true}
	for _, h := range lookup.Search(a.words, found) {
		a.hits = append(a.hits, h.Claim)
	}
	return v.Show(http.StatusOK, listPage(&v.View, &a))
}

func claim(v *shell.Visit) error {
	c, ok := evidence.ByID(v.R.PathValue("id"))
	if !ok {
		return fault.New(fault.NotFound, "learn.no_claim")
	}
	return v.Show(http.StatusOK, claimPage(&v.View, &c))
}

func how(v *shell.Visit) error { return v.Show(http.StatusOK, howPage(&v.View)) }

// sides are a claim's sources by what they say to it.
type side struct {
	key     string
	sources []evidence.Source
}

func sides(c *evidence.Claim) []side {
	var list []side
	for _, s := range []struct {
		key string
		ids []string
	}{{"for", c.For}, {"against", c.Against}, {"beside", c.Beside}} {
		one := side{key: s.key}
		for _, id := range s.ids {
			if found, ok := evidence.SourceByID(id); ok {
				one.sources = append(one.sources, found)
			}
		}
		if len(one.sources) > 0 {
			list = append(list, one)
		}
	}
	return list
}

func reasons(v *kit.View, list []evidence.Reason) string {
	var words []string
	for _, r := range list {
		words = append(words, v.T("evidence.reason."+string(r)))
	}
	return strings.Join(words, "; ")
}

func places(v *kit.View, list []evidence.Place) string {
	var words []string
	for _, p := range list {
		words = append(words, v.T("evidence.place."+string(p)))
	}
	return strings.Join(words, ", ")
}
