package today

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/internal/web/shell"
)

// shared puts what another app shared into the line of quick entry, to be looked
// over: nothing is saved. Its page is the only place that has the words, so a
// form that met a locked journal ends with it.
func shared(v *shell.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	line := sharedLine(f)
	if line == "" {
		return v.Done("/", nil)
	}
	r, err := record.Understand(v.Ctx(), v.App, record.Line{Text: line, Language: v.Tag()})
	if err != nil {
		return err
	}
	v.Notice = &kit.Notice{Text: v.T("share.look")}
	return show(v, http.StatusUnprocessableEntity, page{typed: line, read: &r, shared: true})
}

// nothingShared answers who comes for it when it is gone.
func nothingShared(v *shell.Visit) error {
	return v.Done("/", &kit.Notice{Text: v.T("share.gone")})
}

// sharedLine is one line of what was shared, each part once: apps put the title
// or the address into the text as well.
func sharedLine(f url.Values) string {
	line := ""
	for _, name := range []string{"text", "title", "url"} {
		part := strings.Join(strings.Fields(f.Get(name)), " ")
		if part != "" && !strings.Contains(line, part) {
			line = strings.TrimSpace(line + " " + part)
		}
	}
	return line
}
