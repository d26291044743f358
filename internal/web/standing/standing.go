// Package standing shows where a person stands.
package standing

import (
	"net/http"

	"github.com/evenkeel/evenkeel/internal/app/standing"
	"github.com/evenkeel/evenkeel/internal/web/shell"
	"github.com/evenkeel/evenkeel/safety/rule"
)

// Routes are the page, and what does not go well together.
func Routes() []shell.Route {
	return []shell.Route{
		{Pattern: "GET /standing", Do: show, Part: "today"},
		{Pattern: "GET /mixing", Do: mixing, Part: "today"},
	}
}

// lastDays is how far back the page of mixing looks.
const lastDays = 14

func mixing(v *shell.Visit) error {
	j, err := v.Read()
	if err != nil {
		return err
	}
	v.Notify()
	return v.Show(http.StatusOK, pairPage(&v.View, rule.CoUse(j, v.Today().Add(1-lastDays), v.Today())))
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
