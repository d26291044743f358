package plan

import (
	"net/http"

	use "github.com/evenkeel/evenkeel/internal/app/plan"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/web/shell"
)

// ahead forecasts the rest of the plan from what was lived by now.
func ahead(v *shell.Visit) error {
	j, err := v.Read()
	if err != nil {
		return err
	}
	a, err := use.Ahead(v.Ctx(), v.Look, j, v.Now)
	if fault.Is(err, fault.NotFound) || fault.Is(err, fault.Invalid) {
		return v.Show(shell.StatusOf(err), nothing(&v.View, v.T("way.ahead"), err))
	}
	if err != nil {
		return err
	}
	return v.Show(http.StatusOK, aheadPage(&v.View, a))
}
