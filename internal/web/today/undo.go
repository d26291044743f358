package today

import (
	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/internal/web/shell"
	"github.com/evenkeel/evenkeel/journal"
)

// undo takes out again what was just logged.
func undo(v *shell.Visit) error {
	ids, err := ids(v)
	if err != nil {
		return err
	}
	if err := record.Delete(v.Ctx(), v.App, ids...); err != nil {
		return err
	}
	return v.Done(v.From(), &kit.Notice{Text: v.T("undone"), Bring: ids})
}

// undelete brings back what was deleted.
func undelete(v *shell.Visit) error {
	ids, err := ids(v)
	if err != nil {
		return err
	}
	if _, err := record.Undelete(v.Ctx(), v.App, ids...); err != nil {
		return err
	}
	return v.Done(v.From(), &kit.Notice{Text: v.T("brought_back")})
}

// ids are the entries that a form names.
func ids(v *shell.Visit) ([]journal.ID, error) {
	f, err := v.Form()
	if err != nil {
		return nil, err
	}
	var ids []journal.ID
	for _, s := range f["id"] {
		id, err := journal.ParseID(s)
		if err != nil {
			return nil, fault.Wrap(err, fault.NotFound, "web.entry_gone")
		}
		ids = append(ids, id)
	}
	return ids, nil
}
