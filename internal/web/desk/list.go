package desk

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/evenkeel/evenkeel/care/caseload"
)

// perPage is how many people a page of the list shows.
const perPage = 50

// filters are the groups of people that a list can be narrowed to; "" is all.
var filters = []string{"", "open", "seen", "none", "over"}

// listPage is what a page of the list shows.
type listPage struct {
	rows []caseload.Row
	// found of all people are like what was asked for.
	found, all  int
	show, kind  string
	name        string
	page, pages int
	// answered is when a host last answered; zero for never.
	answered time.Time
}

func list(v *visit) error {
	rows, err := v.desk.List(v.r.Context())
	if err != nil {
		return err
	}
	q := v.r.URL.Query()
	p := &listPage{all: len(rows), answered: lastAnswer(rows), show: q.Get("show"), kind: q.Get("kind"), name: strings.TrimSpace(q.Get("name"))}
	if p.narrowed() {
		rows = slices.DeleteFunc(rows, func(r caseload.Row) bool { return !p.wants(&r) })
	}
	p.found = len(rows)
	p.pages = max(1, (len(rows)+perPage-1)/perPage)
	n, err := strconv.Atoi(q.Get("page"))
	if err != nil {
		n = 1
	}
	p.page = min(max(n, 1), p.pages)
	p.rows = rows[(p.page-1)*perPage : min(p.page*perPage, len(rows))]
	return v.show(http.StatusOK, wholeList(v, p))
}

// narrowed reports that some people only were asked for.
func (p *listPage) narrowed() bool { return p.show != "" || p.kind != "" || p.name != "" }

// wants reports that a row is among those that were asked for.
func (p *listPage) wants(r *caseload.Row) bool {
	group := "none"
	switch {
	case r.State == caseload.Over:
		group = "over"
	case len(r.Open) > 0:
		group = "open"
	case len(r.Seen) > 0:
		group = "seen"
	}
	// One that ended with a reason that nobody saw is among the open, too.
	if p.show != "" && p.show != group && (p.show != "open" || len(r.Open) == 0) {
		return false
	}
	if p.kind != "" && !slices.ContainsFunc(slices.Concat(r.Open, r.Seen, r.Told), func(x caseload.Reason) bool { return string(x.Kind) == p.kind }) {
		return false
	}
	return strings.Contains(strings.ToLower(r.Patient), strings.ToLower(p.name))
}

func (p *listPage) earlier() bool { return p.page > 1 }
func (p *listPage) later() bool   { return p.page < p.pages }

// at is the address of a page of the same list.
func (p *listPage) at(page int) string {
	q := url.Values{}
	for name, value := range map[string]string{"show": p.show, "kind": p.kind, "name": p.name} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if page > 1 {
		q.Set("page", strconv.Itoa(page))
	}
	if len(q) == 0 {
		return "/"
	}
	return "/?" + q.Encode()
}

// order names the kinds in the order of the table.
func order(v *visit) string {
	var names []string
	for _, k := range caseload.Kinds() {
		names = append(names, v.T("program.kind."+string(k)))
	}
	return strings.Join(names, ", ")
}

func (v *visit) says(r caseload.Reason) string { return v.Phrase(r.Says, v.Now) }

// poll asks the hosts for news, now.
func poll(v *visit) error {
	did, err := v.desk.Poll(v.r.Context())
	if err != nil {
		return err
	}
	said := v.T("program.polled", "new", len(did.Received), "newer", len(did.Replaced), "ended", len(did.Ended))
	if n := len(did.Silent); n > 0 {
		said += " " + v.T("program.polled.silent", "n", n)
	}
	if n := len(did.Refused); n > 0 {
		said += " " + v.T("program.polled.refused", "n", n)
	}
	return v.done("/", said)
}

// lastAnswer is when a host of somebody on the list last answered; zero for never.
func lastAnswer(rows []caseload.Row) (last time.Time) {
	for i := range rows {
		if rows[i].Asked.After(last) {
			last = rows[i].Asked
		}
	}
	return last
}

// acknowledge keeps that somebody saw a reason.
func acknowledge(v *visit) error {
	if err := v.desk.Acknowledge(v.r.Context(), v.r.PathValue("id"), v.r.PostFormValue("reason")); err != nil {
		return err
	}
	return v.done(v.next(), v.T("program.ack.done"))
}
