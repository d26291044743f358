// Package sharing is where a person lets somebody see a part of their journal: who it
// is, what they will see, the consent, and later what is shared, and taking it back.
package sharing

import (
	"net/http"

	"github.com/evenkeel/evenkeel/care"
	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/share"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/internal/web/shell"
	"github.com/evenkeel/evenkeel/journal"
)

// Part is a part of what will be seen, as the recipient reads it: XHTML of our own
// making, whose texts are escaped.
type Part = struct{ Title, Div string }

// Desk is what the pages are wired from.
type Desk struct {
	// Of is the sharing of a journal.
	Of func(*app.App) *share.Sharing
	// Shown is a projection as its recipient reads it.
	Shown func(care.Projection) ([]Part, error)
	// QR draws a text as a code to scan, as SVG of our own making.
	QR func(string) (string, error)
	// Viewer is the page of a host that opens a link, such as "/view".
	Viewer string
}

// Routes are the list, the way to a new share, one share, and the accounting.
func (d Desk) Routes() []shell.Route {
	list := []shell.Route{
		{Pattern: "GET /sharing", Do: d.list},
		{Pattern: "POST /sharing/ask", Do: d.ask, Back: "/sharing"},
		{Pattern: "POST /sharing/due", Do: d.due, Back: "/sharing"},
		{Pattern: "GET /sharing/disclosures", Do: d.disclosures},
		{Pattern: "GET /sharing/new", Do: d.begin},
		{Pattern: "POST /sharing/look", Do: d.look, Back: "/sharing/new"},
		{Pattern: "POST /sharing/preview", Do: d.preview, Back: "/sharing/new"},
		{Pattern: "POST /sharing/change", Do: d.change, Back: "/sharing/new"},
		{Pattern: "POST /sharing/sign", Do: d.sign, Back: "/sharing/new"},
		{Pattern: "GET /sharing/{id}", Do: d.one},
		{Pattern: "POST /sharing/{id}/file", Do: d.file, Back: "/sharing"},
		{Pattern: "POST /sharing/{id}/renew", Do: d.renew, Back: "/sharing"},
		{Pattern: "GET /sharing/{id}/end", Do: d.ending},
		{Pattern: "POST /sharing/{id}/end", Do: d.end, Back: "/sharing"},
	}
	for i := range list {
		list[i].Part = "settings"
	}
	return list
}

// listed is the page of what is shared.
type listed struct {
	items []share.Item
	// asked says that the host was asked how often each was fetched, away why it did
	// not answer.
	asked bool
	away  error
	steps []share.Step
}

func (d Desk) list(v *shell.Visit) error {
	v.Notify()
	return d.draw(v, &listed{})
}

// ask has the host say how often each was fetched: a person asks for it, the page
// does not by itself.
func (d Desk) ask(v *shell.Visit) error {
	if v.Demo {
		return errDemo
	}
	return d.draw(v, &listed{asked: true})
}

// errDemo keeps a made-up journal from the person's own host.
var errDemo = fault.New(fault.Invalid, "sharing.demo")

// due brings out what is due and what has not arrived.
func (d Desk) due(v *shell.Visit) error {
	if v.Demo {
		return errDemo
	}
	steps, err := d.Of(v.App).RenewDue(v.Ctx())
	if err != nil {
		return err
	}
	return d.draw(v, &listed{asked: true, steps: steps})
}

func (d Desk) draw(v *shell.Visit, p *listed) (err error) {
	if p.items, p.away, err = d.Of(v.App).List(v.Ctx(), p.asked); err != nil {
		return err
	}
	return v.Show(http.StatusOK, listPage(v, p))
}

func (d Desk) disclosures(v *shell.Visit) error {
	list, err := d.Of(v.App).Disclosures(v.Ctx())
	if err != nil {
		return err
	}
	return v.Show(http.StatusOK, disclosuresPage(v, list))
}

// due items are those that something is left to do for.
func (p *listed) waits() bool {
	for _, i := range p.items {
		if i.State == share.Waiting || i.State == share.Ending || i.State == share.Holds && i.Renew != "by_hand" {
			return true
		}
	}
	return false
}

// holds tells that a share can be renewed and ended.
func holds(i *share.Item) bool {
	return i.State == share.Holds || i.State == share.Waiting || i.State == share.Handed
}

// find is the share that an address names.
func (d Desk) find(v *shell.Visit) (share.Item, error) {
	id, err := journal.ParseID(v.R.PathValue("id"))
	if err != nil {
		return share.Item{}, fault.Wrap(err, fault.NotFound, "share.none")
	}
	list, _, err := d.Of(v.App).List(v.Ctx(), false)
	if err != nil {
		return share.Item{}, err
	}
	for _, i := range list {
		if i.ID == id {
			return i, nil
		}
	}
	return share.Item{}, fault.New(fault.NotFound, "share.none")
}

func notice(text string) *kit.Notice { return &kit.Notice{Text: text} }
