package share

import (
	"slices"
	"strings"
	"time"

	"github.com/evenkeel/evenkeel/care"
	"github.com/evenkeel/evenkeel/internal/app/screen"
	"github.com/evenkeel/evenkeel/internal/app/summary"
	"github.com/evenkeel/evenkeel/internal/locale"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/taper"
)

// ahead is how much later than now an entry may stand and still count: a clock may
// be a little off.
const ahead = 5 * time.Minute

// view is what the parts of a projection are made from.
type view struct {
	*locale.Catalogue
	j       *journal.Journal
	now     time.Time
	consent *journal.Consent
}

// from is the first day that the consent reaches back to; empty for all of them.
func (v *view) from() journal.Date {
	if v.consent.Days == 0 {
		return ""
	}
	return v.today().Add(1 - v.consent.Days)
}

func (v *view) today() journal.Date { return journal.DateOf(v.now) }

func (v *view) has(part string) bool { return slices.Contains(v.consent.Parts, part) }

// project makes version number of a share: what the consent ticks, and nothing else
// of the journal. It fails on a section that the page for the doctor does not have.
func project(j *journal.Journal, now time.Time, c *locale.Catalogue, consent *journal.Consent, number int) (care.Projection, error) {
	v := &view{c, j, now, consent}
	p := care.Projection{
		Version: care.ProjectionVersion, Number: int64(number), Made: now, Language: c.Tag(),
		Consent: *consent, Notice: care.EditionOn(v.today()).Notice.Text,
	}
	if v.has("contact") {
		p.Contact = v.contact()
	}
	if v.has("scores") {
		p.Scores = v.scores()
	}
	if v.has("answers") {
		p.Answers = v.answers()
	}
	if v.has("trends") {
		p.Trends = v.trends()
	}
	if v.has("plan") {
		p.Plan = v.plan()
	}
	if v.has("flags") {
		p.Flags = v.flags()
	}
	if !v.has("sheet") {
		return p, nil
	}
	var err error
	p.Sheet, err = v.sheet()
	return p, err
}

func (v *view) contact() *care.Contact {
	c := new(care.Contact)
	for _, e := range v.j.All() {
		if e.Kind == journal.KindPriorUse || e.At.After(v.now.Add(ahead)) {
			continue
		}
		day := journal.DateOf(e.At)
		if c.LastEntry = max(c.LastEntry, day); e.CheckIn() != nil {
			c.LastCheckIn = max(c.LastCheckIn, day)
		}
	}
	return c
}

// sittings are those within the consent's days, the earliest first.
func (v *view) sittings() []screen.Sitting {
	list := screen.Since(v.j, v.from())
	slices.Reverse(list)
	return list
}

func (v *view) scores() []care.Score {
	list := []care.Score{}
	for _, s := range v.sittings() {
		if !s.Finished {
			continue
		}
		for i, score := range s.Scores() {
			out := care.Score{Instrument: s.Instrument.ID, Version: s.Instrument.Version, Day: journal.DateOf(s.At), Name: score.ID, Said: v.Score(s.Instrument, &s.Instrument.Scores[i], score)}
			if score.Known {
				out.Value = &score.Value
			}
			list = append(list, out)
		}
	}
	return list
}

func (v *view) answers() []care.Answered {
	list := []care.Answered{}
	for _, s := range v.sittings() {
		list = append(list, care.Answered{Instrument: s.Instrument.ID, Version: s.Instrument.Version, At: s.At, Answers: s.Answers, Finished: s.Finished})
	}
	return list
}

// overDays are how many days a plan is looked back on.
const overDays = 14

// plan is the plan that holds, or the last one with its end; nil where there never
// was one.
func (v *view) plan() *care.Plan {
	today := v.today()
	p, ok := taper.Current(v.j, today)
	if !ok {
		for _, e := range v.j.All() {
			if e.Plan() != nil && journal.DateOf(e.At) <= today {
				p = e.Plan()
			}
		}
	}
	if p == nil {
		return nil
	}
	name := p.ProductName
	if product, found := v.j.Product(p.Product); found {
		name = product.Name
	}
	out := &care.Plan{Product: name, Unit: p.Unit, Begins: p.Begins, Steps: p.Steps, Held: p.Held, Ended: !ok, Day: p.Begins.DaysUntil(today)}
	if !ok {
		return out
	}
	for _, d := range taper.DaysOf(v.j, today.Add(1-overDays), today) {
		if d.Known && !d.Before && (d.Other == 0 || d.Over > 0) {
			if out.KnownDays++; d.Over > 0 {
				out.OverDays++
			}
		}
	}
	return out
}

// sheet is the page for the doctor, of the sections that were ticked. It has its own
// reach: the last 30 and 90 days, as its columns say.
func (v *view) sheet() ([]care.Section, error) {
	doc, err := summary.Make(v.j, v.now, v.Catalogue, slices.Clip(append([]string{}, v.consent.Sections...)))
	if err != nil {
		return nil, err
	}
	list := []care.Section{}
	for _, s := range doc.Sections {
		out := care.Section{Name: s.Name, Title: s.Title}
		for _, b := range s.Blocks {
			block := care.Block{Text: b.Text, List: b.List}
			if b.Table != nil {
				block.Columns, block.Rows = b.Table.Columns, b.Table.Rows
			}
			out.Blocks = append(out.Blocks, block)
		}
		list = append(list, out)
	}
	return list, nil
}

// clean is a person's word on one line.
func clean(s string) string { return strings.Join(strings.Fields(s), " ") }
