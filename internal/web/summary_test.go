package web_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/evenkeel/evenkeel/internal/app/summary/print"
	"github.com/evenkeel/evenkeel/internal/testkit/browser"
	"github.com/evenkeel/evenkeel/journal"
)

// Printed from the page, a year of heavy use is one sheet of two sides, with the
// sheet on it and nothing of the app around it.
func TestThePageForTheDoctorOnPaper(t *testing.T) {
	t.Parallel()
	s := newSite(t, 365)
	s.question()
	tab := browser.Open(t).Tab(t, browser.Look{Width: 1280, Height: 800, Scale: 1})
	s.enter(tab)
	tab.Go(s.url + "/summary")
	pdf := tab.Print()
	if n := len(regexp.MustCompile(`/Type\s*/Page\b`).FindAll(pdf, -1)); n < 1 || n > print.Sides {
		t.Errorf("%d pages", n)
	}
}

// The person ticks what stands on the page for the doctor, sees all of it, and
// gets the same as a file; a question stands there until it was asked.
func TestThePageForTheDoctor(t *testing.T) {
	t.Parallel()
	s := newSite(t, 40)
	all := s.want(200, s.get("/summary"))
	s.contains(all, "Summary for a visit", `id="sheet-products"`, `id="sheet-questions"`, "blue tablet", "15 mg 7-OH in 1 tablet", "Last 30 days")
	some := s.want(200, s.get("/summary?ticked=1&show=doses"))
	s.contains(some, `id="sheet-doses"`, "/summary.pdf?show=doses&amp;ticked=1")
	if strings.Contains(some.body, `id="sheet-products"`) {
		t.Error("a part that is not ticked is shown")
	}
	s.contains(s.want(200, s.get("/summary?ticked=1")), "Nothing is ticked")
	s.want(422, s.get("/summary?ticked=1&show=diagnosis"))

	file := s.want(200, s.get("/summary.pdf?ticked=1&show=doses"))
	if !strings.HasPrefix(file.body, "%PDF-") || file.header.Get("Content-Type") != "application/pdf" ||
		!strings.Contains(file.header.Get("Content-Disposition"), `"summary-2026-11-22.pdf"`) {
		t.Errorf("the file: %v", file.header)
	}

	long := strings.Repeat("x", journal.MaxQuestion+1)
	s.contains(s.want(422, s.post("/summary/questions", "text", long)), long, "longer than 300 characters")
	s.contains(s.want(200, s.post("/summary/questions", "text", "Is it my liver?")), "<li>Is it my liver?</li>")
	id := s.last(journal.KindQuestion).ID
	s.want(200, s.post("/summary/questions/"+id.String()+"/asked"))
	if again := s.want(200, s.get("/summary")); strings.Contains(again.body, "<li>Is it my liver?</li>") {
		t.Error("a question that was asked is asked again")
	}
	if e, ok := s.journal().Entry(id); !ok || !e.Question().Asked || e.Question().Text != "Is it my liver?" {
		t.Errorf("the journal keeps %v", e)
	}
}
