package transfer

import (
	"strings"

	"github.com/evenkeel/evenkeel/internal/app/transfer/batch"
	"github.com/evenkeel/evenkeel/internal/app/transfer/columns"
	"github.com/evenkeel/evenkeel/internal/app/transfer/incoming"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/internal/web/shell"
)

func orderOptions(v *shell.Visit, plan *columns.Plan) []kit.Option {
	unsaid := "import.order_table"
	if plan.OrderOpen {
		unsaid = "import.choose"
	}
	return []kit.Option{{Value: "", Label: v.T(unsaid)}, {Value: string(columns.MonthFirst), Label: v.T("import.order_month")}, {Value: string(columns.DayFirst), Label: v.T("import.order_day")}}
}

func commaOptions(v *shell.Visit) []kit.Option {
	return []kit.Option{{Value: "", Label: v.T("import.choose")}, {Value: string(columns.Thousands), Label: v.T("import.comma_thousands")}, {Value: string(columns.Decimal), Label: v.T("import.comma_decimal")}}
}

func changedOptions(v *shell.Visit) []kit.Option {
	return []kit.Option{{Value: string(batch.Replace), Label: v.T("import.changed_replace")}, {Value: string(batch.Leave), Label: v.T("import.changed_skip")}, {Value: string(batch.AddBoth), Label: v.T("import.changed_add")}}
}

func changedShown(p *previewPage) string {
	if p.choices.Changed == "" {
		return string(batch.Replace)
	}
	return string(p.choices.Changed)
}

func tick(on bool) string {
	if on {
		return "1"
	}
	return ""
}

// scaleEnd is an end of a column's scale; empty where it has that of the
// journal.
func scaleEnd(v *shell.Visit, end float64, c columns.Column) string {
	if c.Low == 0 && c.High == 0 {
		return ""
	}
	return v.Number(end)
}

func problemText(v *shell.Visit, why *incoming.Problem) string {
	key, args := why.Text()
	return v.T(key, args...)
}

func cellsText(cells []string) string { return strings.Join(cells, " · ") }
