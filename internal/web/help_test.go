package web_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/evenkeel/evenkeel/directory"
	"github.com/evenkeel/evenkeel/internal/testkit/browser"
)

var telLinks = regexp.MustCompile(`href="tel:([^"]+)"`)

// Help shows no line that was not checked, for any country, and says what to do
// where none was.
func TestHelpShowsOnlyWhatWasChecked(t *testing.T) {
	s := newSite(t, 0)
	good := map[string]bool{}
	for _, c := range directory.Countries() {
		good[c.Emergency] = true
		for _, l := range c.Checked() {
			good[l.Dial()] = true
		}
	}
	for _, c := range directory.Countries() {
		r := s.want(200, s.get("/help?country="+c.Code))
		for _, m := range telLinks.FindAllStringSubmatch(r.body, -1) {
			if !good[m[1]] {
				t.Errorf("%s shows %s, which nobody checked", c.Code, m[1])
			}
		}
		_, known := c.Crisis("en")
		if says := strings.Contains(r.body[strings.Index(r.body, `id="urgent"`):strings.Index(r.body, `id="days"`)], "Call "+c.Emergency+", go to the nearest hospital"); says == known {
			t.Errorf("%s: a crisis line is known: %v; what to do without one is said: %v", c.Code, known, says)
		}
	}
	r := s.want(200, s.get("/help?country=US"))
	s.contains(r, "The first days after stopping", "10.2174/2405461503666180420120649", "Survey: Singh 2014", "No study has followed people hour by hour")
}

// The first screen of a phone holds the emergency number and 988, once.
func TestFirstScreenOfHelp(t *testing.T) {
	t.Parallel()
	s := newSite(t, 3)
	tab := browser.Open(t).Tab(t, browser.Look{Width: 360, Height: 640})
	s.enter(tab)
	tab.Go(s.url + "/help?country=US")
	got := browser.Eval[string](tab, `[...document.querySelectorAll("main a[href^='tel:']")].filter(a => a.checkVisibility() && a.getBoundingClientRect().bottom <= document.querySelector(".nav").getBoundingClientRect().top).map(a => a.getAttribute("href")).join()`)
	if got != "tel:911,tel:988" {
		t.Errorf("the first screen holds %q", got)
	}
}
