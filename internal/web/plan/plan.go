// Package plan shows ways down side by side, before anything is chosen, and the
// person's own plan.
package plan

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/evenkeel/evenkeel/internal/app/outlook"
	use "github.com/evenkeel/evenkeel/internal/app/plan"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/internal/web/shell"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/taper"
)

// Routes are the page, its comparison, and what a plan can be asked for.
func Routes() []shell.Route {
	return append(copyRoutes(), []shell.Route{
		{Pattern: "GET /plan", Do: show, Part: "today"},
		{Pattern: "GET /plan/ahead", Do: ahead, Part: "today"},
		{Pattern: "POST /plan/compare", Do: compare, Part: "today", Back: "/plan"},
		{Pattern: "POST /plan/use", Do: choose, Part: "today", Back: "/plan"},
		{Pattern: "POST /plan/change", Do: change, Part: "today", Back: "/plan"},
	}...)
}

// page is the form, and below it what was compared.
type page struct {
	form     url.Values
	products []journal.Entry
	// from is what the form was filled with; nil where it is not enough yet.
	from *taper.Start
	// off says that there is no start since nothing was taken on the newest known day.
	off    bool
	answer *use.Answer
	ways   []way
	// now is the person's plan; nil where there is none.
	now *use.Now
	// beside is its forecast beside what was lived; nil where none was shown.
	beside *use.Beside
	// asked is a change of the plan that was refused.
	asked url.Values
	err   error
}

// flagsOf are what stands before a plan: as answered, or as the journal shows.
func flagsOf(p *page) []taper.Flag {
	switch {
	case p.answer != nil && len(p.answer.Flags) > 0:
		return p.answer.Flags
	case p.now != nil:
		return p.now.Flags
	}
	return nil
}

func show(v *shell.Visit) error {
	j, err := v.Read()
	if err != nil {
		return err
	}
	p := page{form: url.Values{}, products: j.Products(), now: use.Today(j, v.Now), beside: use.BesideOf(j, v.Today())}
	if s, ok := use.Begin(j, v.Now); ok {
		p.from, p.form = &s, filled(&v.View, &s)
	}
	p.off = taper.Off(j, v.Today())
	v.Notify()
	return v.Show(http.StatusOK, whole(&v.View, &p))
}

// filled is the form with a start in it. No number of a pace is.
func filled(v *kit.View, s *taper.Start) url.Values {
	lines := make([]string, len(s.Day))
	for i, d := range s.Day {
		lines[i] = clockOf(d.Minute) + " " + kit.Written(v.NumberStyle(), s.Amount(d.Grains))
	}
	f := url.Values{"name": {s.ProductName}, "unit": {s.Unit}, "grain": {kit.Written(v.NumberStyle(), s.Grain)}, "day": {strings.Join(lines, "\n")}}
	if !s.Product.IsZero() {
		f.Set("product", s.Product.String())
		f.Del("name")
	}
	return f
}

func clockOf(minute int) string {
	m := strconv.Itoa(minute % 60)
	if len(m) == 1 {
		m = "0" + m
	}
	return strconv.Itoa(minute/60) + ":" + m
}

func compare(v *shell.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	j, err := v.Read()
	if err != nil {
		return err
	}
	p := page{form: f, products: j.Products(), now: use.Today(j, v.Now)}
	q, err := readQuestion(v, j, f)
	if err == nil {
		var a use.Answer
		if a, err = use.Compare(v.Ctx(), v.Look, j, v.Now, &q); err == nil {
			p.answer = &a
			if len(a.Flags) == 0 {
				p.ways = waysOf(&v.View, &a, f)
			}
			return v.Show(http.StatusOK, whole(&v.View, &p))
		}
	}
	if fault.Is(err, fault.Locked) {
		return err
	}
	p.err = err
	return v.Show(shell.StatusOf(err), whole(&v.View, &p))
}

// inField says which field of the form a refusal of the domain is about.
func inField(field string, err error) error {
	var in *taper.InputError
	if errors.As(err, &in) {
		return kit.FieldError(field, in.Key, in.Args...)
	}
	return err
}

func readQuestion(v *shell.Visit, j *journal.Journal, f url.Values) (use.Question, error) {
	var q use.Question
	// What stands before a plan is read first: a slip in a number must not hide it.
	q.None = f.Get("none") != ""
	for _, flag := range taper.Flags {
		if kit.Chosen(f, "flag", string(flag)) {
			q.Flags = append(q.Flags, flag)
		}
	}
	if flags, err := q.Allowed(j, v.Now); err != nil || len(flags) > 0 {
		return q, err
	}
	if err := readStart(v, j, f, &q.Start); err != nil {
		return q, err
	}
	style := v.NumberStyle()
	var err error
	if q.Goal, _, err = kit.Decimal(style, f, "goal"); err != nil {
		return q, err
	}
	return q, readPaces(v, f, &q)
}

// readStart reads a product with a day of it.
func readStart(v *shell.Visit, j *journal.Journal, f url.Values, s *taper.Start) error {
	if id := f.Get("product"); id != "" {
		one, err := journal.ParseID(id)
		if p, ok := j.Product(one); err == nil && ok {
			s.Product, s.ProductName = one, p.Name
		}
	}
	if s.ProductName == "" {
		s.ProductName = kit.Trimmed(f, "name")
	}
	if s.ProductName == "" {
		return kit.FieldError("product", "way.no_product")
	}
	if s.Unit = kit.Trimmed(f, "unit"); s.Unit == "" {
		return kit.FieldError("unit", "way.no_unit")
	}
	style := v.NumberStyle()
	var err error
	if s.Grain, _, err = kit.Decimal(style, f, "grain"); err != nil {
		return err
	}
	if !(s.Grain > 0 && s.Grain <= 1000) {
		return kit.FieldError("grain", "way.grain_range")
	}
	if s.Day, err = taper.ReadDay(f.Get("day"), s, style); err != nil {
		return inField("day", err)
	}
	return nil
}

func readPaces(v *shell.Visit, f url.Values, q *use.Question) error {
	for _, n := range paceNumbers() {
		p := taper.Pace{Strategy: taper.Strategy(f.Get("strategy" + n))}
		if p.Strategy == "" {
			continue
		}
		if p.Strategy != taper.Lowest && !slices.Contains(taper.Strategies, p.Strategy) {
			return kit.FieldError("strategy"+n, "way.no_strategy")
		}
		var err error
		if p.Size, _, err = kit.Decimal(v.NumberStyle(), f, "size"+n); err != nil {
			return err
		}
		every, _, err := kit.Decimal(v.NumberStyle(), f, "every"+n)
		if err != nil {
			return err
		}
		if p.Every = int(every); float64(p.Every) != every {
			return kit.FieldError("every"+n, "way.every_range")
		}
		if p.Strategy == taper.Lowest {
			if p, err = readLimits(v, f, p); err != nil {
				return err
			}
		}
		if p.Strategy == taper.Table {
			if p.Rows, err = taper.ReadTable(f.Get("rows"), v.NumberStyle()); err != nil {
				return inField("rows", err)
			}
		}
		q.Paces = append(q.Paces, p)
	}
	return nil
}

// readLimits reads what a person set for the lowest amounts; the size of the pace
// is its ceiling.
func readLimits(v *shell.Visit, f url.Values, p taper.Pace) (taper.Pace, error) {
	var n [3]float64
	for i, name := range []string{"share", "largest", "hard_ceiling"} {
		var err error
		if n[i], _, err = kit.Decimal(v.NumberStyle(), f, name); err != nil {
			return p, err
		}
	}
	hard, err := taper.ReadDays(f.Get("hard"))
	if err != nil {
		return p, inField("hard", err)
	}
	return taper.Pace{Strategy: p.Strategy, Limits: use.Limits(p.Size, p.Every, n[0], n[1], hard, n[2], taper.Keep(f.Get("keep")))}, nil
}

// paceNumbers are what the fields of the paces end in.
func paceNumbers() []string {
	list := make([]string, outlook.MostPaces)
	for i := range list {
		list[i] = strconv.Itoa(i + 1)
	}
	return list
}
