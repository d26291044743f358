package insight

import (
	"strings"
	"testing"

	"github.com/evenkeel/evenkeel/insight/diary"
	"github.com/evenkeel/evenkeel/insight/trend"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/tools/insight/people"
)

// Half the amount from day 90 on, and nothing acts on anything: at most one person
// in twenty is ever told that it is better, or not as good, in looks of every week.
// 120 people have a standard error of 2 points at 5 %.
func TestACutThatDidNothingIsHardlyEverSaidToDo(t *testing.T) {
	k := people.NullB
	k.Cut = 0.5
	const n = 120
	fooled, lines := 0, 0
	for who := range uint64(n) {
		p := people.New(k, 13, who)
		var w people.Diarist
		told, line := false, false
		for day := 1; day <= 180; day++ {
			d := p.Live()
			w.Write(&d, p)
			if day < 126 || day%7 != 1 {
				continue // too early after the cut
			}
			j, now := w.Journal(), people.Midnight(day)
			l := &look{j: j, now: now, today: journal.DateOf(now), days: diary.Read(j, now), trend: trend.Of(j, now.Add(-1), 0)}
			for _, i := range steadier(l) {
				line = line || i.State == Says
				told = told || strings.HasSuffix(i.Says.Key, ".better") || strings.HasSuffix(i.Says.Key, ".harder")
			}
		}
		if told {
			fooled++
		}
		if line {
			lines++
		}
	}
	if fooled > n/20 {
		t.Errorf("%d of %d were told a change", fooled, n)
	}
	if lines < n/4 {
		t.Errorf("only %d of %d were told anything", lines, n)
	}
}
