package plan

import (
	"net/url"
	"slices"

	use "github.com/evenkeel/evenkeel/internal/app/plan"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/internal/web/shell"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/taper"
)

// choose makes one of the compared paces the person's plan. The form brings all
// that was typed along, and it is read anew.
func choose(v *shell.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	j, err := v.Read()
	if err != nil {
		return err
	}
	c := use.Choice{Begins: journal.Date(kit.Trimmed(f, "begins")), Seen: f.Get("seen") != ""}
	c.Question, err = readQuestion(v, j, onlyPace(f))
	if err == nil {
		var saved, err2 = use.Use(v.Ctx(), v.App, v.Look, j, v.Now, &c)
		if err = err2; err == nil {
			return v.Done("/plan", &kit.Notice{Text: v.T("way.used"), Found: saved.Found})
		}
	}
	if fault.Is(err, fault.Locked) {
		return err
	}
	return compareAgain(v, j, f, err)
}

// onlyPace is a form without the paces that were not chosen.
func onlyPace(f url.Values) url.Values {
	out := url.Values{}
	for k, list := range f {
		out[k] = list
	}
	for _, n := range paceNumbers() {
		if n != f.Get("pace") {
			delete(out, "strategy"+n)
		}
	}
	return out
}

// compareAgain shows the comparison that a refused choice was made on.
func compareAgain(v *shell.Visit, j *journal.Journal, f url.Values, why error) error {
	p := page{form: f, products: j.Products(), err: why, now: use.Today(j, v.Now)}
	q, err := readQuestion(v, j, f)
	if err == nil {
		var a use.Answer
		if a, err = use.Compare(v.Ctx(), v.Look, j, v.Now, &q); err == nil {
			p.answer = &a
			if len(a.Flags) == 0 {
				p.ways = waysOf(&v.View, &a, f)
			}
		}
	}
	if fault.Is(err, fault.Locked) {
		return err
	}
	return v.Show(shell.StatusOf(why), whole(&v.View, &p))
}

// change does to the plan what the person asks for.
func change(v *shell.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	j, err := v.Read()
	if err != nil {
		return err
	}
	asked, err := readAsked(v, j, f)
	if err == nil {
		if _, err = use.Change(v.Ctx(), v.App, j, v.Now, &asked); err == nil {
			said := "way.changed"
			if asked.What == "returned" {
				said = "way.kept"
			}
			return v.Done(v.FromOr("/plan"), &kit.Notice{Text: v.T(said)})
		}
	}
	if fault.Is(err, fault.Locked) {
		return err
	}
	p := page{form: url.Values{}, asked: f, products: j.Products(), err: err, now: use.Today(j, v.Now), beside: use.BesideOf(j, v.Today())}
	if s, ok := use.Begin(j, v.Now); ok {
		p.from, p.form = &s, filled(&v.View, &s)
	}
	return v.Show(shell.StatusOf(err), whole(&v.View, &p))
}

// readAsked reads what a form asks the plan for.
func readAsked(v *shell.Visit, j *journal.Journal, f url.Values) (use.Asked, error) {
	out := use.Asked{What: f.Get("what"), Seen: f.Get("seen") != "", Clinician: f.Get("clinician") != ""}
	style := v.NumberStyle()
	switch out.What {
	case "stretched":
		days, _, err := kit.Decimal(style, f, "days")
		if err != nil {
			return out, err
		}
		if out.Days = int(days); days != float64(out.Days) {
			return out, kit.FieldError("days", "way.stretch_range")
		}
	case "jumped":
		var given bool
		var err error
		if out.Amount, given, err = kit.Decimal(style, f, "to"); err == nil && !given {
			err = kit.FieldError("to", "way.jump_none")
		}
		return out, err
	case "switched":
		out.To = &taper.Start{}
		return out, readStart(v, j, f, out.To)
	}
	return out, nil
}

// carried are the fields that a choice brings along.
func carried(f url.Values) [][2]string {
	var names []string
	for k := range f {
		if k != "once" && k != "pace" && k != "begins" && k != "seen" {
			names = append(names, k)
		}
	}
	slices.Sort(names)
	var list [][2]string
	for _, k := range names {
		for _, text := range f[k] {
			list = append(list, [2]string{k, text})
		}
	}
	return list
}

// changes are what a plan can be asked for where it stands.
func changes(n *use.Now) []string {
	switch {
	case n.Held != "" && len(n.Flags) > 0:
		return []string{"ended"}
	case n.Held != "":
		return []string{"resumed", "ended"}
	case n.Next == "": // not begun, or at its last step
		return []string{"ended"}
	}
	return []string{"gentle", "held", "ended"}
}

// lines is the whole plan, step by step, with what is past marked.
func lines(v *kit.View, n *use.Now) []string {
	var list []string
	for _, s := range n.Steps {
		if s.Day < 0 {
			continue // no day is lived by it
		}
		amount := v.T("way.nothing_left")
		if a := taper.Amount(&journal.Plan{Begins: n.Begins, Steps: n.Steps}, n.Begins.Add(s.Day)); a > 0 {
			amount = v.Amount(a, n.Unit)
		}
		list = append(list, v.DateShort(n.Begins.Add(s.Day))+": "+amount)
	}
	return list
}
