// Package standing shows where a person stands.
package standing

import (
	"net/http"

	"github.com/evenkeel/evenkeel/internal/app/standing"
	"github.com/evenkeel/evenkeel/internal/web/shell"
)

// Routes is the page.
func Routes() []shell.Route {
	return []shell.Route{{Pattern: "GET /standing", Do: show, Part: "today"}}
}

func show(v *shell.Visit) error {
	j, err := v.Read()
	if err != nil {
		return err
	}
	s := standing.Of(j, v.Now)
	v.Notify()
	return v.Show(http.StatusOK, page(&v.View, j, &s))
}
