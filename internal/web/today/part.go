package today

import (
	"net/http"

	"github.com/a-h/templ"

	"github.com/evenkeel/evenkeel/internal/app/plan"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/web/shell"
)

// parts are the pieces of Today that are asked for again after something was
// saved in place.
var parts = map[string]func(*shell.Visit, *page) templ.Component{"list": todayList, "more": logMore, "steady": steadyPanel, "daily": dailyPanel, "plan": planPart}

func part(v *shell.Visit) error {
	draw, ok := parts[v.R.PathValue("part")]
	if !ok {
		return fault.New(fault.NotFound, "web.no_such_form")
	}
	j, err := v.Read()
	if err != nil {
		return err
	}
	v.Path = "/" // what it leads to leads back to the page that it stands on
	p := page{Today: v.Look.Today(j, v.Now), unread: j.Newer() + j.Damaged(), plan: plan.Today(j, v.Now)}
	return v.Show(http.StatusOK, draw(v, &p))
}
