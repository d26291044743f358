package cli

import (
	"time"

	"github.com/spf13/pflag"

	"github.com/evenkeel/evenkeel/internal/app/outlook"
	"github.com/evenkeel/evenkeel/internal/app/plan"
	"github.com/evenkeel/evenkeel/taper"
)

type (
	// planLeastAnswer is what was set for the lowest amounts, and how sure it is
	// that none are lower.
	planLeastAnswer struct {
		Ceiling     float64 `json:"ceiling"` // points of 0 to 10 that coming down may add
		Share       float64 `json:"share"`   // of the bodies, on each day
		Every       int     `json:"every_days"`
		Largest     float64 `json:"largest_percent,omitempty"`
		Hard        []int   `json:"hard_days,omitempty"` // 1 is the first
		HardCeiling float64 `json:"hard_ceiling,omitempty"`
		Keep        string  `json:"keep"` // alike, last or first
		// The rest only where there is a plan.
		Proof  taper.Proof `json:"proof,omitempty"`
		Within int         `json:"within_days,omitempty"`
		Joint  float64     `json:"share_on_all_days,omitempty"`
		Lowest float64     `json:"lowest_share,omitempty"`
		Worst  int         `json:"lowest_share_day,omitempty"`
		Finer  int         `json:"day_with_half_the_grain,omitempty"`
		// Keeps are the days of the last step if another dose kept its amount longest.
		Keeps map[string]int  `json:"day_if_kept,omitempty"`
		Binds []planWhyAnswer `json:"binds,omitempty"`
	}
	// planWhyAnswer says why the step of a day is not lower.
	planWhyAnswer struct {
		Day    int          `json:"day"`
		Reason taper.Reason `json:"reason"`
		Night  int          `json:"night,omitempty"`
		Over   float64      `json:"over,omitempty"`  // share of the bodies
		Draws  []int        `json:"draws,omitempty"` // which of the bodies
	}
)

// leastOptions are what the lowest amounts ask for beside a ceiling and days.
type leastOptions struct {
	share, largest, hardCeiling float64
	hard, keep                  string
}

func (c *commands) leastFlags(f *pflag.FlagSet, o *leastOptions) {
	f.Float64Var(&o.share, "share", 0, c.t("cli.plan.share"))
	f.Float64Var(&o.largest, "largest", 0, c.t("cli.plan.largest"))
	f.StringVar(&o.hard, "hard", "", c.t("cli.plan.hard"))
	f.StringVar(&o.keep, "keep", "", c.t("cli.plan.keep"))
	f.Float64Var(&o.hardCeiling, "hard-ceiling", 0, c.t("cli.plan.hard_ceiling"))
}

// limits turns the size and days of a pace that asks for the lowest amounts into
// what a person set; any other pace stays as it is.
func (o *leastOptions) limits(p taper.Pace) (taper.Pace, error) {
	if p.Strategy != taper.Lowest {
		return p, nil
	}
	hard, err := taper.ReadDays(o.hard)
	if err != nil {
		return p, plan.Refused(err)
	}
	keep := taper.Keep(o.keep)
	if o.keep == plan.KeepName(taper.KeepAlike) {
		keep = taper.KeepAlike
	}
	return taper.Pace{Strategy: p.Strategy, Limits: plan.Limits(p.Size, p.Every, o.share, o.largest, hard, o.hardCeiling, keep)}, nil
}

func leastAnswer(w *outlook.Way) *planLeastAnswer {
	if w.Pace.Strategy != taper.Lowest {
		return nil
	}
	l := &w.Pace.Limits
	out := &planLeastAnswer{Ceiling: l.Ceiling, Share: l.Share, Every: l.Every, Largest: l.Largest, HardCeiling: l.HardCeiling, Keep: plan.KeepName(l.Keep)}
	for _, d := range l.Hard {
		out.Hard = append(out.Hard, d+1)
	}
	if c := w.Least; c != nil && w.Err == nil {
		out.Proof, out.Within, out.Joint, out.Lowest, out.Worst, out.Finer = c.Proof, c.Within, figures(c.Joint), figures(c.Lowest), c.Worst+1, max(0, w.Finer+1)
		for k, day := range w.Keeps {
			if day >= 0 {
				if out.Keeps == nil {
					out.Keeps = map[string]int{}
				}
				out.Keeps[plan.KeepName(k)] = day + 1
			}
		}
		for _, b := range c.Binds {
			why := planWhyAnswer{Day: b.Day + 1, Reason: b.Reason, Over: figures(b.Over), Draws: b.Bodies}
			if b.Reason == taper.AtCeiling || b.Reason == taper.ForLater {
				why.Night = b.Night + 1
			}
			out.Binds = append(out.Binds, why)
		}
	}
	return out
}

// whyLines say of each step of a least plan why it is not lower.
func (c *commands) whyLines(w *outlook.Way, now time.Time) []string {
	if w.Least == nil {
		return nil
	}
	lines := []string{"  " + c.t("way.least.why") + ":"}
	for i := range w.Least.Binds {
		b := &w.Least.Binds[i]
		lines = append(lines, "  "+c.t("way.day_n", "n", b.Day+1)+": "+c.text.Phrase(plan.Why(w, b), now))
	}
	return lines
}
