package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/locale"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/internal/web/shell"
	"github.com/evenkeel/evenkeel/journal"
)

// formKinds are the kinds that have a form, in the order of the menus.
var formKinds = []journal.Kind{journal.KindDose, journal.KindCheckIn, journal.KindSubstance, journal.KindBodyChange, journal.KindLife,
	journal.KindNote, journal.KindSpending, journal.KindNone, journal.KindPriorUse}

// entryPage is the form of an entry, new or there already.
type entryPage struct {
	kind     journal.Kind
	id       journal.ID // zero for a new one
	old      *journal.Entry
	form     url.Values
	err      error
	products []journal.Entry
}

func (v *visit) newEntry() error {
	kind := journal.Kind(v.R.PathValue("kind"))
	if !slices.Contains(formKinds, kind) {
		return fault.New(fault.NotFound, "web.no_such_form")
	}
	f := url.Values{}
	switch kind {
	case journal.KindSpending:
		f.Set("currency", journal.Or(v.Settings.Currency, "USD"))
	case journal.KindPriorUse:
		f.Set("span", "years")
	case journal.KindBodyChange:
		f.Set("ongoing", "1")
	}
	return v.showEntry(http.StatusOK, entryPage{kind: kind, form: f})
}

func (v *visit) showEntry(status int, p entryPage) error {
	j, err := v.Read()
	if err != nil {
		return err
	}
	p.products = slices.DeleteFunc(j.Products(), func(e journal.Entry) bool {
		return e.Product().PutAway && p.form.Get("product") != e.ID.String()
	})
	if p.kind == journal.KindDose && p.id.IsZero() && p.form.Get("product") == "" && !p.form.Has("amount") && len(p.products) > 0 {
		p.form.Set("product", p.products[0].ID.String())
	}
	return v.Show(status, entryTempl(v, &p))
}

func (v *visit) addEntry() error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	kind := journal.Kind(v.R.PathValue("kind"))
	e, err := v.readEntry(kind, f, nil)
	if err == nil {
		var saved app.Saved
		if saved, err = record.New(v.Ctx(), v.App, e); err == nil {
			return v.Done("/", &kit.Notice{Text: v.T("saved.list", "list", v.Describe(&e).All()), Undo: saved.IDs, Edit: saved.IDs[0], Found: saved.Found})
		}
	}
	if fault.Is(err, fault.Locked) || fault.Is(err, fault.NotFound) {
		return err
	}
	return v.showEntry(shell.StatusOf(err), entryPage{kind: kind, form: f, err: err})
}

// entry finds the entry that a path names.
func (v *visit) entry() (journal.Entry, error) {
	id, err := journal.ParseID(v.R.PathValue("id"))
	if err != nil {
		return journal.Entry{}, fault.Wrap(err, fault.NotFound, "web.entry_gone")
	}
	return v.find(id)
}

// find finds a live entry.
func (v *visit) find(id journal.ID) (journal.Entry, error) {
	j, err := v.Read()
	if err != nil {
		return journal.Entry{}, err
	}
	e, ok := j.Entry(id)
	if !ok {
		return journal.Entry{}, app.Gone()
	}
	return e, nil
}

func (v *visit) editEntry() error {
	e, err := v.entry()
	if err != nil {
		return err
	}
	if e.Kind == journal.KindProduct {
		http.Redirect(v.W, v.R, "/products/"+e.ID.String(), http.StatusSeeOther)
		return nil
	}
	return v.showEntry(http.StatusOK, entryPage{kind: e.Kind, id: e.ID, old: &e, form: v.fillEntry(&e)})
}

func (v *visit) changeEntry() error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	old, err := v.entry()
	if err != nil {
		return err
	}
	e, err := v.readEntry(old.Kind, f, &old)
	if err == nil {
		var saved app.Saved
		if saved, err = record.Correct(v.Ctx(), v.App, old.ID, e); err == nil {
			return v.Done("/journal", &kit.Notice{Text: v.T("saved.changed", "entry", v.Describe(&e).All()), Edit: old.ID, Found: saved.Found})
		}
	}
	if fault.Is(err, fault.Locked) || fault.Is(err, fault.NotFound) {
		return err
	}
	return v.showEntry(shell.StatusOf(err), entryPage{kind: old.Kind, id: old.ID, old: &old, form: f, err: err})
}

func (v *visit) deleteEntry() error {
	e, err := v.entry()
	if err != nil {
		return err
	}
	if err := record.Delete(v.Ctx(), v.App, e.ID); err != nil {
		return err
	}
	return v.Done("/journal", &kit.Notice{Text: v.T("deleted"), Bring: []journal.ID{e.ID}})
}

func (v *visit) askForget() error {
	e, err := v.entry()
	if err != nil {
		return err
	}
	return v.Show(http.StatusOK, forgetTempl(v, &e))
}

func (v *visit) forgetEntry() error {
	e, err := v.entry()
	if err != nil {
		return err
	}
	if err := record.Forget(v.Ctx(), v.App, e.ID); err != nil {
		return err
	}
	// A notice may still quote the entry.
	v.ForgetWords()
	return v.Done("/journal", &kit.Notice{Text: v.T("forgotten")})
}

// readEntry turns a form into an event.
func (v *visit) readEntry(kind journal.Kind, f url.Values, old *journal.Entry) (journal.Event, error) {
	var e journal.Event
	var err error
	if e.At, err = kit.Moment(f, v.Now, old); err != nil {
		return e, err
	}
	switch kind {
	case journal.KindDose:
		e.Body, err = v.readDose(f)
	case journal.KindNone:
		e.Body = &journal.None{}
	case journal.KindCheckIn:
		var c journal.CheckIn
		c, err = parseCheckIn(f)
		e.Body = &c
	case journal.KindSubstance:
		e.Body = &journal.Substance{Class: journal.SubstanceClass(f.Get("class")), Name: kit.Trimmed(f, "name"), Amount: kit.Trimmed(f, "amount"), Note: kit.Trimmed(f, "note")}
		if e.Substance().Class == "" {
			err = kit.FieldError("class", "web.choose_class", "other", v.T("class.other"))
		}
	case journal.KindBodyChange:
		e.Body = &journal.BodyChange{Change: journal.Change(f.Get("change")), Since: journal.Date(kit.Trimmed(f, "since")), Ongoing: f.Get("ongoing") == "1", Note: kit.Trimmed(f, "note")}
		if e.BodyChange().Change == "" {
			err = kit.FieldError("change", "web.choose_change", "other", v.T("change.other"))
		}
	case journal.KindLife:
		e.Body = &journal.Life{Area: journal.LifeArea(f.Get("area")), Effect: f.Get("effect"), Note: kit.Trimmed(f, "note")}
		if e.Life().Area == "" {
			err = kit.FieldError("area", "web.choose_area")
		}
	case journal.KindNote:
		e.Body = &journal.Note{Text: kit.Trimmed(f, "text")}
	case journal.KindSpending:
		e.Body, err = readSpending(f)
	case journal.KindPriorUse:
		e.Body, err = v.readHistory(f)
	default:
		err = fault.New(fault.NotFound, "web.no_such_form")
	}
	return e, err
}

// readDose reads a dose and names its product in the words of now.
func (v *visit) readDose(f url.Values) (*journal.Dose, error) {
	d := &journal.Dose{Unit: kit.Trimmed(f, "unit"), Note: kit.Trimmed(f, "note")}
	n, ok, err := kit.Decimal(f, "amount")
	if err != nil {
		return d, err
	}
	if !ok {
		return d, kit.FieldError("amount", "web.say_amount")
	}
	d.Amount = n
	p, err := v.product(f)
	if err != nil {
		return d, err
	}
	d.ProductName = kit.Trimmed(f, "product_name")
	if p != nil {
		d.Product, d.ProductName = p.ID, p.Product().Name
		if d.Unit == "" && len(p.Product().Units) > 0 {
			d.Unit = p.Product().Units[0].Name
		}
	}
	if d.Unit == "" {
		return d, kit.FieldError("unit", "web.say_unit")
	}
	for _, r := range f["reasons"] {
		d.Reasons = append(d.Reasons, journal.Reason(r))
	}
	d.Helped, err = kit.Score(f, "helped")
	return d, err
}

// product finds the product that a form chose; nil when it chose none.
func (v *visit) product(f url.Values) (*journal.Entry, error) {
	s := f.Get("product")
	if s == "" {
		return nil, nil
	}
	id, err := journal.ParseID(s)
	if err != nil {
		return nil, kit.FieldError("product", "web.not_your_product")
	}
	e, err := v.find(id)
	if fault.Is(err, fault.NotFound) || err == nil && e.Product() == nil {
		return nil, kit.FieldError("product", "web.product_removed")
	}
	if err != nil {
		return nil, err
	}
	return &e, nil
}

func parseCheckIn(f url.Values) (journal.CheckIn, error) {
	c := journal.CheckIn{Note: kit.Trimmed(f, "note")}
	for _, s := range []struct {
		name string
		dst  **int
	}{{"rough", &c.Rough}, {"craving", &c.Craving}, {"mood", &c.Mood}, {"calm", &c.Calm}, {"energy", &c.Energy}, {"pain", &c.Pain}, {"sleep_quality", &c.SleepQuality}} {
		n, err := kit.Score(f, s.name)
		if err != nil {
			return c, err
		}
		*s.dst = n
	}
	if h, ok, err := kit.Decimal(f, "sleep_h"); err != nil {
		return c, err
	} else if ok {
		c.SleepHours = &h
	}
	for _, s := range journal.Symptoms {
		n, err := kit.Score(f, "s_"+string(s))
		if err != nil {
			return c, err
		}
		if n != nil {
			if c.Symptoms == nil {
				c.Symptoms = map[journal.Symptom]int{}
			}
			c.Symptoms[s] = *n
		}
	}
	return c, nil
}

func readSpending(f url.Values) (*journal.Spending, error) {
	s := &journal.Spending{Currency: strings.ToUpper(kit.Trimmed(f, "currency")), Note: kit.Trimmed(f, "note")}
	n, ok, err := kit.Decimal(f, "amount")
	if err != nil {
		return s, err
	}
	if !ok {
		return s, kit.FieldError("amount", "web.say_money")
	}
	s.Amount = n
	if p := f.Get("product"); p != "" {
		if s.Product, err = journal.ParseID(p); err != nil {
			return s, kit.FieldError("product", "web.not_your_product")
		}
	}
	return s, nil
}

func (v *visit) readHistory(f url.Values) (*journal.PriorUse, error) {
	h := &journal.PriorUse{Unit: kit.Trimmed(f, "unit"), ProductName: kit.Trimmed(f, "product_name"), Note: kit.Trimmed(f, "note")}
	var err error
	var ok bool
	if h.PerDay, ok, err = kit.Decimal(f, "per_day"); err != nil {
		return h, err
	}
	if !ok {
		return h, kit.FieldError("per_day", "web.say_per_day")
	}
	if h.TimesPerDay, _, err = kit.Decimal(f, "times_per_day"); err != nil {
		return h, err
	}
	n, ok, err := kit.Decimal(f, "days")
	if err != nil {
		return h, err
	}
	if !ok {
		return h, kit.FieldError("days", "web.say_how_long")
	}
	h.Days = n
	for _, u := range locale.Spans {
		if u.Name == f.Get("span") {
			h.Days = n * u.Days
		}
	}
	p, err := v.product(f)
	if err != nil {
		return h, err
	}
	if p != nil {
		h.Product, h.ProductName = p.ID, p.Product().Name
	}
	if h.Unit == "" {
		return h, kit.FieldError("unit", "web.say_unit")
	}
	return h, nil
}

// fillEntry is the form of an entry as it stands.
func (v *view) fillEntry(e *journal.Entry) url.Values {
	f := url.Values{"at": {e.At.Format(kit.LocalTime)}}
	set := func(name, value string) {
		if value != "" {
			f.Set(name, value)
		}
	}
	num := func(name string, n float64) {
		if n != 0 {
			f.Set(name, kit.Number(n))
		}
	}
	mark := func(name string, p *int) {
		if p != nil {
			f.Set(name, strconv.Itoa(*p))
		}
	}
	product := func(id journal.ID) {
		if !id.IsZero() {
			f.Set("product", id.String())
		}
	}
	switch {
	case e.Dose() != nil:
		product(e.Dose().Product)
		set("product_name", e.Dose().ProductName)
		num("amount", e.Dose().Amount)
		set("unit", e.Dose().Unit)
		for _, r := range e.Dose().Reasons {
			f.Add("reasons", string(r))
		}
		mark("helped", e.Dose().Helped)
		set("note", e.Dose().Note)
	case e.CheckIn() != nil:
		c := e.CheckIn()
		mark("rough", c.Rough)
		mark("craving", c.Craving)
		mark("mood", c.Mood)
		mark("calm", c.Calm)
		mark("energy", c.Energy)
		mark("pain", c.Pain)
		mark("sleep_quality", c.SleepQuality)
		if c.SleepHours != nil {
			f.Set("sleep_h", kit.Number(*c.SleepHours))
		}
		for s, n := range c.Symptoms {
			f.Set("s_"+string(s), strconv.Itoa(n))
		}
		set("note", c.Note)
	case e.Substance() != nil:
		set("class", string(e.Substance().Class))
		set("name", e.Substance().Name)
		set("amount", e.Substance().Amount)
		set("note", e.Substance().Note)
	case e.BodyChange() != nil:
		set("change", string(e.BodyChange().Change))
		set("since", string(e.BodyChange().Since))
		if e.BodyChange().Ongoing {
			f.Set("ongoing", "1")
		}
		set("note", e.BodyChange().Note)
	case e.Life() != nil:
		set("area", string(e.Life().Area))
		set("effect", e.Life().Effect)
		set("note", e.Life().Note)
	case e.Note() != nil:
		set("text", e.Note().Text)
	case e.Spending() != nil:
		f.Set("amount", kit.Number(e.Spending().Amount))
		set("currency", e.Spending().Currency)
		product(e.Spending().Product)
		set("note", e.Spending().Note)
	case e.PriorUse() != nil:
		h := e.PriorUse()
		product(h.Product)
		set("product_name", h.ProductName)
		num("per_day", h.PerDay)
		set("unit", h.Unit)
		num("times_per_day", h.TimesPerDay)
		f.Set("span", "days")
		f.Set("days", kit.Number(h.Days))
		for _, u := range locale.Spans {
			if n := h.Days / u.Days; n >= 1 && n == float64(int(n*2))/2 {
				f.Set("span", u.Name)
				f.Set("days", kit.Number(n))
				break
			}
		}
		set("note", h.Note)
	}
	return f
}

// productOptions lists products to choose from, none first.
func (v *view) productOptions(list []journal.Entry) []kit.Option {
	out := []kit.Option{{Value: "", Label: v.T("product.none")}}
	for _, e := range list {
		out = append(out, kit.Option{Value: e.ID.String(), Label: e.Product().Name})
	}
	return out
}

// unitWords are what the unit field proposes: the words of the person's own
// products, then the standard units.
func (v *view) unitWords(products []journal.Entry) []string {
	var list []string
	add := func(s string) {
		if s != "" && !slices.Contains(list, s) {
			list = append(list, s)
		}
	}
	for _, e := range products {
		for _, u := range e.Product().Units {
			add(u.Name)
		}
	}
	for _, s := range v.standardUnits() {
		add(s)
	}
	return list
}

// standardUnits are the ones that quick entry knows too, those of the
// person's own system first.
func (v *view) standardUnits() []string {
	metric, us := []string{"g", "mg", "mL"}, []string{"oz", "tsp", "tbsp"}
	if journal.Or(v.Settings.Units, "metric") == "us" {
		metric, us = us, metric
	}
	return slices.Concat(metric, us, []string{"capsule", "tablet", "shot", "scoop", "serving"})
}
