package today

import (
	"net/http"
	"slices"
	"strings"

	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/internal/web/shell"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/journal/quick"
)

// quickAdd saves a line of quick entry, or asks about it.
func quickAdd(v *shell.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	line := strings.TrimSpace(f.Get("line"))
	if answer := f.Get("choice"); answer != "" {
		line = strings.TrimSpace(answer)
	}
	if line == "" {
		return v.Done("/", nil)
	}
	added, err := record.Add(v.Ctx(), v.App, record.Line{Text: line, Language: v.Tag()})
	if fault.Is(err, fault.Locked) {
		return err
	}
	if err != nil {
		return show(v, shell.StatusOf(err), page{typed: line, err: err})
	}
	if len(added.IDs) == 0 {
		return show(v, http.StatusUnprocessableEntity, page{typed: line, read: &added.Result})
	}
	var words []string
	for _, r := range added.Entries {
		s := v.Describe(&r.Event)
		words = append(words, v.T("saved.one", "entry", s.All(), "time", v.WhenSaid(r.Event.At)))
	}
	text := v.T("saved.list", "list", strings.Join(words, "; "))
	if len(added.NewProducts) > 0 {
		text += " " + v.T("saved.product_too", "n", len(added.NewProducts))
	}
	to := "/"
	if open := openCheckIn(&added); !open.IsZero() {
		to = laterAddress(open)
	}
	return v.Done(to, &kit.Notice{Text: text, Undo: slices.Concat(added.IDs, added.NewProducts), Edit: added.IDs[0], Found: added.Found})
}

// openCheckIn is the check-in that was saved with a question open; zero for
// none.
func openCheckIn(added *record.Added) journal.ID {
	if len(added.Later()) == 0 {
		return journal.ID{}
	}
	for i, e := range added.Entries {
		if e.Event.CheckIn() != nil && e.Event.CheckIn().Note != "" {
			return added.IDs[i]
		}
	}
	return journal.ID{}
}

// anySure reports that something of a line was understood beyond doubt.
func anySure(r *quick.Result) bool {
	return slices.ContainsFunc(r.Entries, func(e quick.Read) bool { return !e.Unsure })
}

// preview shows what a line is understood as, below the field.
func preview(v *shell.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	line := strings.TrimSpace(f.Get("line"))
	if line == "" {
		v.W.WriteHeader(http.StatusNoContent)
		return nil
	}
	r, err := record.Understand(v.Ctx(), v.App, record.Line{Text: line, Language: v.Tag()})
	if err != nil {
		return err
	}
	return v.Show(http.StatusOK, previewPart(v, &r))
}
