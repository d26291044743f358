package entries

import (
	"net/http"
	"net/url"
	"slices"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/web/form"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/internal/web/shell"
	"github.com/evenkeel/evenkeel/journal"
)

// kindOf is the kind that a path names.
func kindOf(v *shell.Visit) (journal.Kind, error) {
	kind := journal.Kind(v.R.PathValue("kind"))
	if !slices.Contains(journal.EntryKinds(), kind) {
		return "", fault.New(fault.NotFound, "web.no_such_form")
	}
	return kind, nil
}

func begin(v *shell.Visit) error {
	kind, err := kindOf(v)
	if err != nil {
		return err
	}
	j, err := v.Read()
	if err != nil {
		return err
	}
	return v.Show(http.StatusOK, entryPage(&v.View, form.New(&v.View, j, kind), v.From()))
}

func add(v *shell.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	kind, err := kindOf(v)
	if err != nil {
		return err
	}
	e, err := read(v, kind, f, nil)
	if err == nil {
		var saved app.Saved
		if saved, err = record.New(v.Ctx(), v.App, e); err == nil {
			return v.Done(v.From(), &kit.Notice{Text: v.T("saved.list", "list", v.Describe(&e).All()), Undo: saved.IDs, Edit: saved.IDs[0], Found: saved.Found})
		}
	}
	return again(v, kind, f, nil, err)
}

func edit(v *shell.Visit) error {
	e, err := v.Entry()
	if err != nil {
		return err
	}
	if e.Kind == journal.KindProduct {
		http.Redirect(v.W, v.R, "/products/"+e.ID.String(), http.StatusSeeOther)
		return nil
	}
	if journal.Describe(e.Kind).Apart {
		return v.Show(http.StatusOK, apartPage(&v.View, &e))
	}
	j, err := v.Read()
	if err != nil {
		return err
	}
	return v.Show(http.StatusOK, entryPage(&v.View, form.Edit(&v.View, j, &e), v.FromOr("/journal")))
}

func change(v *shell.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	old, err := v.Entry()
	if err != nil {
		return err
	}
	if old.Kind == journal.KindProduct || journal.Describe(old.Kind).Apart {
		return fault.New(fault.NotFound, "web.no_such_form")
	}
	e, err := read(v, old.Kind, f, &old)
	if err == nil {
		var saved app.Saved
		if saved, err = record.Correct(v.Ctx(), v.App, old.ID, e); err == nil {
			return v.Done(v.FromOr("/journal"), &kit.Notice{Text: v.T("saved.changed", "entry", v.Describe(&e).All()), Edit: old.ID, Found: saved.Found})
		}
	}
	return again(v, old.Kind, f, &old, err)
}

// again shows a refused form with what was written in it.
func again(v *shell.Visit, kind journal.Kind, f url.Values, old *journal.Entry, why error) error {
	if fault.Is(why, fault.Locked) || fault.Is(why, fault.NotFound) {
		return why
	}
	j, err := v.Read()
	if err != nil {
		return err
	}
	back := v.From()
	if old != nil {
		back = v.FromOr("/journal")
	}
	return v.Show(shell.StatusOf(why), entryPage(&v.View, form.Again(j, kind, f, old, why), back))
}

// read turns a form into an event.
func read(v *shell.Visit, kind journal.Kind, f url.Values, old *journal.Entry) (journal.Event, error) {
	e := journal.Event{Kind: kind}
	j, err := v.Read()
	if err != nil {
		return e, err
	}
	if e.At, err = kit.Moment(f, v.Now, old); err != nil {
		return e, err
	}
	var held journal.Payload
	if old != nil {
		held = old.Body
	}
	e.Body, err = form.Read(v.Tag(), j, kind, f, held)
	return e, err
}

func remove(v *shell.Visit) error {
	e, err := v.Entry()
	if err != nil {
		return err
	}
	if err := record.Delete(v.Ctx(), v.App, e.ID); err != nil {
		return err
	}
	return v.Done("/journal", &kit.Notice{Text: v.T("deleted"), Bring: []journal.ID{e.ID}})
}

func askForget(v *shell.Visit) error {
	e, err := v.Entry()
	if err != nil {
		return err
	}
	return v.Show(http.StatusOK, forgetPage(&v.View, &e))
}

func forget(v *shell.Visit) error {
	e, err := v.Entry()
	if err != nil {
		return err
	}
	if err := record.Forget(v.Ctx(), v.App, e.ID); err != nil {
		return err
	}
	// A notice may still quote the entry.
	v.ForgetWords()
	return v.Done("/journal", &kit.Notice{Text: v.T("forgotten")})
}
