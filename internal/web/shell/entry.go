package shell

import (
	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/journal"
)

// Entry finds the live entry or product that the {id} of the path names.
func (v *Visit) Entry() (journal.Entry, error) {
	id, err := journal.ParseID(v.R.PathValue("id"))
	if err != nil {
		return journal.Entry{}, fault.Wrap(err, fault.NotFound, "web.entry_gone")
	}
	j, err := v.Read()
	if err != nil {
		return journal.Entry{}, err
	}
	e, ok := j.Entry(id)
	if !ok {
		return journal.Entry{}, app.Gone()
	}
	return e, nil
}
