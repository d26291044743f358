package entries

import (
	"net/http"
	"net/url"
	"slices"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/internal/web/shell"
	"github.com/evenkeel/evenkeel/journal"
)

// page is a part of the journal, by day.
type page struct {
	days   []journal.Day
	kind   journal.Kind
	text   string
	before journal.Date
	more   journal.Date
}

func list(v *shell.Visit) error {
	// Words come with a form alone: addresses are kept in the browser's history.
	q, err := v.Form()
	if err != nil {
		return err
	}
	p := page{text: q.Get("text")}
	if v.R.Method == http.MethodGet {
		q = v.R.URL.Query()
	}
	if k := journal.Kind(q.Get("kind")); slices.Contains(journal.ListedKinds(), k) {
		p.kind = k
	}
	if s := q.Get("before"); s != "" {
		d, err := journal.ParseDate(s)
		if err != nil {
			return fault.Wrap(err, fault.Invalid, "web.no_such_journal_page")
		}
		p.before = d
	}
	f := journal.DayFilter{Text: p.text, Before: p.before}
	if p.kind != "" {
		f.Kinds = []journal.Kind{p.kind}
	}
	j, err := v.Read()
	if err != nil {
		return err
	}
	p.days, p.more = j.Days(f)
	for _, d := range p.days {
		slices.Reverse(d.Entries)
	}
	v.Notify()
	return v.Show(http.StatusOK, listPage(&v.View, &p))
}

// earlier is the link to the days before these, where no words are looked for.
func (p *page) earlier() string {
	q := url.Values{"before": {string(p.more)}}
	if p.kind != "" {
		q.Set("kind", string(p.kind))
	}
	return "/journal?" + q.Encode()
}

// filtered reports that not everything is listed, so that nothing may be said
// about a day as a whole.
func (p *page) filtered() bool { return p.kind != "" || p.text != "" }

// known says what is known about a day's doses.
func known(v *kit.View, d journal.Day) string {
	switch d.State {
	case journal.DayNone:
		return v.T("day.none")
	case journal.DayDoses:
		n := 0
		for _, e := range d.Entries {
			if e.Kind == journal.KindDose {
				n++
			}
		}
		return v.T("day.doses", "n", n)
	}
	return v.T("day.unknown")
}
