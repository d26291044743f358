package cli

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/outlook"
	"github.com/evenkeel/evenkeel/internal/app/plan"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/journal/number"
	"github.com/evenkeel/evenkeel/taper"
)

// The answer of `plan compare --json`.
type (
	planAnswer struct {
		// Flags need a clinician; nothing is compared then.
		Flags []taper.Flag    `json:"flags"`
		Start *planDayAnswer  `json:"start,omitempty"`
		Basis string          `json:"basis,omitempty"`
		First *journal.Date   `json:"first_day,omitempty"`
		Days  int             `json:"days,omitempty"`
		Rests []string        `json:"rests_on,omitempty"`
		Paces []planWayAnswer `json:"paces,omitempty"`
	}
	planDayAnswer struct {
		Product string           `json:"product"`
		Unit    string           `json:"unit"`
		Grain   float64          `json:"grain"`
		Amount  float64          `json:"amount"`
		Doses   []planDoseAnswer `json:"doses"`
	}
	planDoseAnswer struct {
		At     string  `json:"at"`
		Amount float64 `json:"amount"`
	}
	planWayAnswer struct {
		Strategy taper.Strategy   `json:"strategy"`
		Size     float64          `json:"size,omitempty"`
		Every    int              `json:"every_days,omitempty"`
		Least    *planLeastAnswer `json:"least,omitempty"`
		Error    string           `json:"error,omitempty"`
		Steps    []planStepAnswer `json:"steps,omitempty"`
		Says     []string         `json:"says,omitempty"`
		Rough    []planBandAnswer `json:"rough,omitempty"`
	}
	planStepAnswer struct {
		Day    int              `json:"day"` // 1 is the first
		Amount float64          `json:"amount"`
		Doses  []planDoseAnswer `json:"doses"`
	}
	// planBandAnswer is how rough a day could be, 0 to 10: what holds 8 in 10.
	planBandAnswer struct {
		Day    int     `json:"day"`
		Low    float64 `json:"low"`
		Median float64 `json:"median"`
		High   float64 `json:"high"`
	}
)

type planOptions struct {
	paces, flags       []string
	product, unit, day string
	grain, goal        float64
	none               bool
	leastOptions
}

func (c *commands) planCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "plan", Short: c.t("cli.plan.short"), Long: c.t("cli.plan.long"), Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() }}
	cmd.AddCommand(c.planCompareCommand(), c.planNewCommand(), c.planShowCommand(), c.planLivedCommand(), c.planAheadCommand(), c.planSheetCommand())
	cmd.AddCommand(c.planChangeCommands()...)
	cmd.AddCommand(c.planFileCommands()...)
	return cmd
}

func (c *commands) planCompareCommand() *cobra.Command {
	var o planOptions
	cmd := &cobra.Command{
		Use: "compare", Short: c.t("cli.plan.compare.short"), Long: c.t("cli.plan.long"), Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.look(cmd.Context(), func(a *app.App) error {
				j, err := a.Read(cmd.Context())
				if err != nil {
					return err
				}
				now := a.Now(cmd.Context())
				q, err := c.planQuestion(j, now, &o)
				if err != nil {
					return err
				}
				answer, err := plan.Compare(cmd.Context(), outlook.New(a), j, now, &q)
				if err != nil {
					return err
				}
				if c.json {
					return c.printJSON(c.planAnswer(&answer, now))
				}
				return c.print(c.planText(&answer, now))
			})
		},
	}
	c.planFlags(cmd, &o)
	return cmd
}

func (c *commands) planFlags(cmd *cobra.Command, o *planOptions) {
	f := cmd.Flags()
	f.StringArrayVar(&o.paces, "pace", nil, c.t("cli.plan.pace"))
	f.StringVar(&o.product, "product", "", c.t("cli.plan.product"))
	f.StringVar(&o.unit, "unit", "", c.t("cli.plan.unit"))
	f.StringVar(&o.day, "day", "", c.t("cli.plan.day"))
	f.Float64Var(&o.grain, "grain", 0, c.t("cli.plan.grain"))
	f.Float64Var(&o.goal, "goal", 0, c.t("cli.plan.goal"))
	c.leastFlags(f, &o.leastOptions)
	f.StringArrayVar(&o.flags, "flag", nil, c.t("cli.plan.flag"))
	f.BoolVar(&o.none, "none-of-these", false, c.t("cli.plan.none"))
}

func (c *commands) planQuestion(j *journal.Journal, now time.Time, o *planOptions) (plan.Question, error) {
	q := plan.Question{Goal: o.goal, Checked: plan.Checked{None: o.none}}
	for _, f := range o.flags {
		if !slices.Contains(taper.Flags, taper.Flag(f)) {
			return q, fault.New(fault.Invalid, "cli.plan.flag_form", "flag", f)
		}
		q.Flags = append(q.Flags, taper.Flag(f))
	}
	if flags, err := q.Allowed(j, now); err != nil || len(flags) > 0 {
		return q, err
	}
	style := number.StyleOf(c.text.Tag())
	if o.day == "" {
		s, ok := plan.Begin(j, now)
		if !ok && taper.Off(j, journal.DateOf(now)) {
			return q, fault.New(fault.Invalid, "cli.plan.off")
		}
		if !ok {
			return q, fault.New(fault.Invalid, "cli.plan.not_enough")
		}
		if o.grain > 0 {
			if s, ok = taper.Begin(j, journal.DateOf(now), o.grain); !ok {
				return q, fault.New(fault.Invalid, "cli.plan.not_enough")
			}
		}
		q.Start = s
	} else {
		s := taper.Start{ProductName: o.product, Unit: o.unit, Grain: o.grain}
		if e, ok := j.ProductByName(o.product); ok {
			s.Product, s.ProductName = e.ID, e.Product().Name
		}
		if s.ProductName == "" || s.Unit == "" || !(s.Grain > 0) {
			return q, fault.New(fault.Invalid, "cli.plan.not_enough")
		}
		var err error
		if s.Day, err = taper.ReadDay(o.day, &s, style); err != nil {
			return q, plan.Refused(err)
		}
		q.Start = s
	}
	for _, text := range o.paces {
		p, err := readPace(text, style)
		if err == nil {
			p, err = o.limits(p)
		}
		if err != nil {
			return q, err
		}
		q.Paces = append(q.Paces, p)
	}
	return q, nil
}

// readPace reads a pace: its strategy, its size where it has one, and the days a
// step lasts.
func readPace(text string, style number.Style) (taper.Pace, error) {
	wrong := fault.New(fault.Invalid, "cli.plan.pace_form", "pace", text)
	name, rest, _ := strings.Cut(text, ":")
	p := taper.Pace{Strategy: taper.Strategy(name)}
	switch p.Strategy {
	case taper.Table:
		var err error
		p.Rows, err = taper.ReadTable(rest, style)
		return p, plan.Refused(err)
	case taper.Fewer:
	case taper.Percent, taper.Fixed, taper.Occupancy, taper.Gaps, taper.Lowest:
		size, after, ok := strings.Cut(rest, ":")
		n, err := number.Parse(size, style)
		if !ok || err != nil {
			return p, wrong
		}
		p.Size, rest = n, after
	default:
		return p, wrong
	}
	n, err := strconv.Atoi(rest)
	if err != nil {
		return p, wrong
	}
	p.Every = n
	return p, nil
}

func planDoses(s *taper.Start, p taper.Pattern) []planDoseAnswer {
	list := []planDoseAnswer{}
	for _, d := range p {
		at := time.Date(2000, 1, 1, d.Minute/60, d.Minute%60, 0, 0, time.UTC)
		list = append(list, planDoseAnswer{at.Format("15:04"), s.Amount(d.Grains)})
	}
	return list
}

func (c *commands) planAnswer(a *plan.Answer, now time.Time) planAnswer {
	out := planAnswer{Flags: a.Flags}
	if len(a.Flags) > 0 {
		return out
	}
	s := &a.Start
	out.Flags = []taper.Flag{}
	out.Start = &planDayAnswer{s.ProductName, s.Unit, s.Grain, s.Amount(s.Day.Grains()), planDoses(s, s.Day)}
	out.Basis, out.First, out.Days = a.Basis.String(), &a.First, a.Days
	for _, p := range plan.Rests(a) {
		out.Rests = append(out.Rests, c.text.Phrase(p, now))
	}
	for i := range a.List {
		w := &a.List[i]
		one := planWayAnswer{Strategy: w.Pace.Strategy, Size: w.Pace.Size, Every: w.Pace.Every, Least: leastAnswer(w)}
		if w.Err != nil {
			one.Error = c.text.Fault(w.Err)
			out.Paces = append(out.Paces, one)
			continue
		}
		for _, st := range w.Steps {
			one.Steps = append(one.Steps, planStepAnswer{st.Day + 1, s.Amount(st.Pattern.Grains()), planDoses(s, st.Pattern)})
		}
		one.Says = c.planSays(a, w, now)
		if !a.Guessed {
			for d, b := range w.Course.Levels[1:] {
				one.Rough = append(one.Rough, planBandAnswer{d + 1, figures(b.Low80), figures(b.Median), figures(b.High80)})
			}
		}
		out.Paces = append(out.Paces, one)
	}
	return out
}

func (c *commands) planSays(a *plan.Answer, w *outlook.Way, now time.Time) []string {
	var list []string
	for _, p := range plan.Say(&a.Paces, w) {
		list = append(list, c.text.Phrase(p, now))
	}
	if p, ok := plan.Fast(&w.Schedule); ok {
		list = append(list, c.text.Phrase(p, now))
	}
	return list
}

func (c *commands) planText(a *plan.Answer, now time.Time) string {
	if len(a.Flags) > 0 {
		lines := []string{c.t("way.flagged"), c.t("way.flagged_lead")}
		for _, f := range a.Flags {
			lines = append(lines, "  "+c.t("way.flag."+string(f))+". "+c.t("way.why."+string(f)))
		}
		return strings.Join(lines, "\n")
	}
	s := &a.Start
	lines := []string{c.t("way.lead"), "", c.t("way.start") + ": " + c.text.Dose(s.Amount(s.Day.Grains()), s.Unit, s.ProductName)}
	for i := range a.List {
		w := &a.List[i]
		lines = append(lines, "", c.text.Phrase(plan.Pace(&w.Pace, s.Unit), now))
		if w.Err != nil {
			lines = append(lines, "  "+c.text.Fault(w.Err))
			continue
		}
		for _, words := range c.planSays(a, w, now) {
			lines = append(lines, "  "+words)
		}
		for _, st := range w.Steps {
			amount := c.t("way.nothing_left")
			if n := st.Pattern.Grains(); n > 0 {
				amount = c.text.Amount(s.Amount(n), s.Unit)
			}
			lines = append(lines, "  "+c.t("way.day_n", "n", st.Day+1)+": "+amount)
		}
		lines = append(lines, c.whyLines(w, now)...)
	}
	lines = append(lines, "", c.t("way.rests"))
	for _, p := range plan.Rests(a) {
		lines = append(lines, "  "+c.text.Phrase(p, now))
	}
	lines = append(lines, "", c.t("way.published_how"))
	for _, g := range taper.Published() {
		lines = append(lines, "  "+c.t("way.published."+g.ID)+" "+c.t(g.Cited(), "source", g.Source))
	}
	return strings.Join(lines, "\n")
}
