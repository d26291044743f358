package locale

import (
	"math"
	"time"

	"github.com/evenkeel/evenkeel/insight/sign"
	"github.com/evenkeel/evenkeel/pkpd"
)

// Sign says a count of the last two weeks against the weeks before, or how much
// is still missing to say it.
func (c *Catalogue) Sign(s sign.Sign) string {
	name := c.T("standing.sign." + string(s.Kind))
	if !s.Known {
		return name + " " + c.T("standing.not_yet", "n", max(s.Days, s.More))
	}
	line := c.Number(pkpd.Round(s.Line, 2))
	if s.Kind == sign.Early {
		at := time.Time{}.Add(time.Duration(math.Round(s.Line*60)) * time.Minute)
		line = c.Clock(at, c.Clock24(""))
	}
	return name + " " + c.T("standing.count."+string(s.Kind), "n", s.Count, "of", s.Of, "line", line)
}
