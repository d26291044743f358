package today

import (
	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/internal/web/shell"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/journal/quick"
)

// later is what a saved check-in left open: how much there is of what it names.
type later struct {
	id   journal.ID
	asks []quick.Ask
}

// laterAddress is the home page with the questions of that check-in on it.
func laterAddress(id journal.ID) string { return "/?later=" + id.String() }

// laterOf is what the address asks for; nothing where it names no check-in.
func laterOf(v *shell.Visit) (later, error) {
	id, err := journal.ParseID(v.R.URL.Query().Get("later"))
	if err != nil {
		return later{}, nil
	}
	asks, err := record.Later(v.Ctx(), v.App, id, v.Tag())
	for i := range asks {
		asks[i].AsNote = "" // it is one already
	}
	return later{id, asks}, err
}

// answerLater lays an answer into the check-in, and asks what is still open.
func answerLater(v *shell.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	id, err := journal.ParseID(f.Get("id"))
	if err != nil {
		return fault.Wrap(err, fault.NotFound, "web.entry_gone")
	}
	saved, err := record.Answer(v.Ctx(), v.App, id, f.Get("answer"), v.Tag())
	if err != nil {
		return err
	}
	j, err := v.Read()
	if err != nil {
		return err
	}
	n := &kit.Notice{Edit: id, Found: saved.Found}
	if e, ok := j.Entry(id); ok {
		n.Text = v.T("saved.changed", "entry", v.Describe(&e.Event).All())
	}
	return v.Done(laterAddress(id), n)
}
