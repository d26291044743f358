package sharing

import (
	"iter"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/evenkeel/evenkeel/internal/app/share"
	"github.com/evenkeel/evenkeel/internal/app/summary"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/vault/fingerprint"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/internal/web/shell"
	"github.com/evenkeel/evenkeel/journal"
)

// reaches are how many days back a share can reach; 0 is all of them.
var reaches = []string{"30", "90", "0"}

// usual is what a new form begins with: little, and for three months.
func usual(v *shell.Visit, form string) url.Values {
	return url.Values{
		"form": {form}, "part": {"contact", "scores", "trends"}, "days": {"90"}, "section": summary.Names(),
		"purpose": {"request"}, "until": {string(v.Today().Add(90))}, "renew": {"by_hand"}, "kind": {"clinician"},
	}
}

// drafted is a share as it is put together.
type drafted struct {
	form url.Values
	// to is whom a code leads to.
	to     share.Seen
	digits string
	err    error
}

func (p *drafted) has(name, value string) bool { return slices.Contains(p.form[name], value) }

func (d Desk) begin(v *shell.Visit) error {
	form := v.R.URL.Query().Get("form")
	switch {
	case !slices.Contains(journal.ShareForms, form):
		return v.Show(http.StatusOK, howPage(v))
	case form == "sealed":
		return v.Show(http.StatusOK, codePage(v, &drafted{form: url.Values{}}))
	}
	return v.Show(http.StatusOK, draftPage(v, &drafted{form: usual(v, form)}))
}

// look shows whom a code leads to, before anything is chosen.
func (d Desk) look(v *shell.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	p := &drafted{form: usual(v, "sealed")}
	p.form["code"] = f["code"]
	if err := d.fetch(v, p); err != nil {
		return v.Show(shell.StatusOf(err), codePage(v, &drafted{form: f, err: err}))
	}
	return v.Show(http.StatusOK, draftPage(v, p))
}

// fetch looks up whom the code of a form leads to. It is asked anew for each page:
// the code holds the sum of the card, so that nobody else can come between.
func (d Desk) fetch(v *shell.Visit, p *drafted) (err error) {
	if p.form.Get("form") != "sealed" {
		return nil
	}
	if p.to, err = d.Of(v.App).Look(v.Ctx(), p.form.Get("code")); err != nil {
		return err
	}
	p.digits = fingerprint.Digits(p.to.Seal)
	return nil
}

// draft is what a form says.
func (p *drafted) draft(v *shell.Visit) (*share.Draft, error) {
	f := p.form
	days, err := strconv.Atoi(f.Get("days"))
	if err != nil || !slices.Contains(reaches, f.Get("days")) {
		return nil, fault.New(fault.Invalid, "sharing.days_wrong")
	}
	draft := &share.Draft{
		Form: f.Get("form"), Renew: f.Get("renew"), Recipient: kit.Trimmed(f, "recipient"), RecipientKind: f.Get("kind"), Patient: kit.Trimmed(f, "patient"),
		Parts: f["part"], Sections: f["section"], Days: days, Purposes: f["purpose"], Purpose: kit.Trimmed(f, "own_purpose"),
		Until: journal.Date(f.Get("until")), Clear: f.Get("clear") == "1", Language: v.Tag(),
	}
	if p.to.Name != "" {
		draft.Card = &p.to.Card
	}
	return draft, nil
}

// read reads a form with whom it is for.
func (d Desk) read(v *shell.Visit) (*drafted, *share.Draft, error) {
	f, err := v.Form()
	if err != nil {
		return nil, nil, err
	}
	p := &drafted{form: f}
	if !slices.Contains(journal.ShareForms, f.Get("form")) {
		return nil, nil, fault.New(fault.NotFound, "web.no_such_form")
	}
	if err := d.fetch(v, p); err != nil {
		return p, nil, err
	}
	draft, err := p.draft(v)
	return p, draft, err
}

// change goes back from what was shown to the form.
func (d Desk) change(v *shell.Visit) error {
	p, _, err := d.read(v)
	if p == nil || fault.Is(err, fault.Locked) {
		return err
	}
	p.err = err
	return v.Show(shell.StatusOf(err), draftPage(v, p))
}

// previewed is what they will see, and the consent to it.
type previewed struct {
	*drafted
	parts   []Part
	consent []share.Line
}

// fields are what the form carries on to its next page, in order.
func (p *drafted) fields() iter.Seq2[string, []string] {
	return func(yield func(string, []string) bool) {
		for _, name := range slices.Sorted(maps.Keys(p.form)) {
			if slices.Contains(carried, name) && !yield(name, p.form[name]) {
				return
			}
		}
	}
}

var carried = []string{"form", "code", "recipient", "kind", "patient", "part", "section", "days", "purpose", "own_purpose", "until", "renew", "clear"}

// preview shows exactly what will be seen, and the consent in full.
func (d Desk) preview(v *shell.Visit) error {
	p, draft, err := d.read(v)
	if p == nil {
		return err
	}
	if err == nil {
		err = d.show(v, http.StatusOK, p, draft)
	}
	return d.refused(v, p, err)
}

func (d Desk) show(v *shell.Visit, status int, p *drafted, draft *share.Draft) error {
	projection, err := d.Of(v.App).Preview(v.Ctx(), draft)
	if err != nil {
		return err
	}
	parts, err := d.Shown(projection)
	if err != nil {
		return err
	}
	return v.Show(status, previewPage(v, &previewed{p, parts, share.Form(v.Catalogue, &projection.Consent, v.Now)}))
}

// refused shows the form again with what is to be mended.
func (d Desk) refused(v *shell.Visit, p *drafted, err error) error {
	if err == nil || fault.Is(err, fault.Locked) {
		return err
	}
	p.err = err
	if p.form.Get("form") == "sealed" && p.to.Name == "" {
		return v.Show(shell.StatusOf(err), codePage(v, p))
	}
	return v.Show(shell.StatusOf(err), draftPage(v, p))
}

// sign begins the share that was seen.
func (d Desk) sign(v *shell.Visit) error {
	p, draft, err := d.read(v)
	if p == nil {
		return err
	}
	if err != nil {
		return d.refused(v, p, err)
	}
	signature := kit.Trimmed(p.form, "signature")
	if signature == "" {
		p.err = fault.New(fault.Invalid, "share.missing.signature")
		return d.refused(v, p, d.show(v, http.StatusUnprocessableEntity, p, draft))
	}
	s := d.Of(v.App)
	if v.Demo && draft.Form != "file" {
		return d.refused(v, p, errDemo)
	}
	if draft.Form == "file" {
		f, err := s.File(v.Ctx(), draft, signature)
		if err != nil {
			return d.refused(v, p, err)
		}
		return v.Done("/sharing/"+f.ID.String(), notice(v.T("sharing.begun_file")))
	}
	begun, err := s.Begin(v.Ctx(), draft, signature)
	if err != nil {
		return d.refused(v, p, err)
	}
	text := v.T("sharing.begun", "name", draft.Recipient)
	if draft.Card != nil {
		text = v.T("sharing.begun", "name", draft.Card.Name)
	}
	if begun.Waits != nil {
		text = v.T("sharing.begun_waits", "why", v.Fault(begun.Waits))
	}
	return v.Done("/sharing/"+begun.ID.String(), notice(text))
}
