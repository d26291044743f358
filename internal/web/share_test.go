package web_test

import (
	"strings"
	"testing"
)

// What another app shares is shown to be looked over, each part once, and not
// saved.
func TestSharedTextIsNotSaved(t *testing.T) {
	s := newSite(t, 3)
	before := s.count()
	got := s.want(422, s.post("/share", "title", "A note", "text", "3 g green leaf\n  at 8:30 A note", "url", "https://example.org/x"))
	s.contains(got, `value="3 g green leaf at 8:30 A note https://example.org/x"`, "Nothing is saved yet")
	if strings.Contains(got.body, `aria-invalid="true"`) {
		t.Error("a line that nobody refused is called wrong")
	}
	if s.count() != before {
		t.Error("it was saved")
	}
	s.contains(s.want(200, s.get("/share")), "Nothing shared waits here")
}
