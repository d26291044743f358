package today

import (
	"time"

	"github.com/evenkeel/evenkeel/exposure"
	"github.com/evenkeel/evenkeel/internal/app/outlook"
	"github.com/evenkeel/evenkeel/internal/web/shell"
)

// since says how long ago the last dose was, in words.
func since(v *shell.Visit, t *outlook.Today) string {
	if t.LastDose == nil {
		return ""
	}
	return v.Lasted(t.Now.Sub(t.LastDose.At).Truncate(time.Minute))
}

// sinceKey is the text beside the time: "since" fits a span, not "just now".
func sinceKey(t *outlook.Today) string {
	if t.Now.Sub(t.LastDose.At) < time.Minute {
		return "today.just"
	}
	return "today.since"
}

// totals says what today's doses held, as far as it is known.
func totals(v *shell.Visit, t *outlook.Today) []string {
	if t.Doses == 0 {
		return nil
	}
	var list []string
	one := func(key string, r exposure.Total) {
		if r.Known() {
			list = append(list, v.T("total."+key+"."+string(r.Basis), "span", v.Span(r.Range)))
		}
	}
	// Leaf holds some 7-OH too; a trace beside the mitragynine says nothing.
	one("mitragynine", t.Mitragynine)
	if t.SevenOH.High >= 1 {
		one("seven_oh", t.SevenOH)
	}
	if n := min(t.Mitragynine.Unknown, t.SevenOH.Unknown); n > 0 {
		list = append(list, v.T("total.unknown", "n", n))
	}
	return list
}
