package web_test

import (
	"testing"

	"github.com/evenkeel/evenkeel/internal/testkit/browser"
	"github.com/evenkeel/evenkeel/journal"
)

// walk counts the touches of somebody with a phone. A field to type in is
// counted as what is typed there.
type walk struct {
	*browser.Tab
	taps, typed int
}

func (w *walk) tap(selector string) { w.taps++; w.Click(selector) }

func (w *walk) load(selector string) { w.taps++; w.Submit(selector) }

func (w *walk) write(selector, text string) {
	w.typed++
	w.Click(selector)
	w.Type(text)
}

// From nothing to a curve of one's own it is four taps and one number, and every
// dose after that is one tap.
func TestFirstRunEndsInACurve(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ form, field, number string }{
		{"seven_oh", "#f-label_mg", "15"},
		{"leaf_powder", "#f-usual_amount", "3"},
	} {
		s := newSite(t, 0)
		w := &walk{Tab: browser.Open(t).Tab(t, browser.Look{Width: 360, Height: 640})}
		s.enter(w.Tab)
		w.load(`a[href="/welcome/2"]`)
		w.tap(`input[name=form][value=` + c.form + `]`)
		if shown := browser.Eval[bool](w.Tab, `document.querySelector("#f-label_mg").checkVisibility()`); shown != (c.form == "seven_oh") {
			t.Errorf("%s: the label is asked about: %v", c.form, shown)
		}
		w.write(c.field, c.number)
		w.load(`button[name=log]`)
		w.load(`form[action="/welcome/3"] button[type=submit]`)
		if w.Path() != "/" || !browser.Eval[bool](w.Tab, `document.querySelector("#hero path.past") !== null`) {
			t.Fatalf("%s: no curve at %s", c.form, w.Path())
		}
		if w.taps != 4 || w.typed != 1 {
			t.Errorf("%s: %d taps and %d numbers", c.form, w.taps, w.typed)
		}
		if p := s.journal().Products(); len(p) != 1 || p[0].Product().UsualAmount == 0 {
			t.Errorf("%s: %+v", c.form, p)
		}
		before := s.count()
		w.tap(".tap")
		w.Until(`document.querySelector("#toasts .toast") !== null`)
		if d := s.last(journal.KindDose).Dose(); s.count() != before+1 || d.Product.IsZero() {
			t.Errorf("%s: a tap later %+v", c.form, d)
		}
	}
}

// Where the strength is not known, Today leads to the place where it is said.
func TestStrengthIsAskedForLater(t *testing.T) {
	s := newSite(t, 0)
	s.want(200, s.post("/welcome/2", "form", "seven_oh", "log", "1"))
	r := s.want(200, s.post("/welcome/3"))
	s.contains(r, "1 tablet 7-OH")
	link := "/products/" + s.journal().Products()[0].ID.String() + "?ask=1"
	s.contains(r, `href="`+link+`#holds-0"`)
	s.contains(s.want(200, s.get(link)), `id="holds-0" open`)
	// Nothing chosen, nothing saved; what was chosen stays.
	before := s.count()
	s.contains(s.want(422, s.post("/welcome/2", "log", "1")), "Choose what kind")
	s.contains(s.want(422, s.post("/welcome/2", "form", "leaf_powder", "log", "1")), `value="leaf_powder" checked`)
	s.contains(s.want(422, s.post("/welcome/2", "form", "seven_oh", "label_mg", "many", "log", "1")), `value="many"`)
	if s.count() != before || len(s.journal().Products()) != 1 {
		t.Error("a refused step saved something")
	}
}
