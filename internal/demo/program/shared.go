package program

import (
	"crypto/sha256"
	"fmt"
	"math"
	"math/rand/v2"
	"time"

	"github.com/evenkeel/evenkeel/care"
	"github.com/evenkeel/evenkeel/instrument"
	"github.com/evenkeel/evenkeel/internal/locale"
	"github.com/evenkeel/evenkeel/journal"
)

// share makes up what one person shared.
type share struct {
	*course
	seed  uint64
	c     *locale.Catalogue
	rng   *rand.Rand
	now   time.Time
	today journal.Date
}

// idOf is an address that looks as random as those of shares.
func idOf(seed uint64, i int) string {
	return fmt.Sprintf("%x", sha256.Sum256(fmt.Appendf(nil, "made-up share %d of %d", i, seed)))
}

// nameOf is what somebody is called.
func nameOf(i int) string {
	if round := i / len(names); round > 0 {
		return fmt.Sprintf("%s %d", names[i%len(names)], round+1)
	}
	return names[i]
}

func (s *share) received(i int) care.Received {
	r := care.Received{ID: idOf(s.seed, i), Patient: nameOf(i), Since: s.now.AddDate(0, 0, -3), Asked: s.now.Add(-20 * time.Minute)}
	switch s.state {
	case waiting:
		r.Asked = time.Time{}
	case ended:
		r.Ended = s.now.AddDate(0, 0, -2)
	default:
		r.Fetched, r.Shown = r.Asked, s.projection(nameOf(i))
	}
	return r
}

func (s *share) has(part string) bool {
	for _, p := range s.parts {
		if p == part {
			return true
		}
	}
	return false
}

func (s *share) projection(name string) *care.Projection {
	days := s.days()
	p := &care.Projection{Version: care.ProjectionVersion, Number: int64(3 + s.rng.IntN(40)), Made: s.now.Add(-3 * time.Hour), Language: s.c.Tag(), Notice: care.EditionOn(journal.DateOf(s.now)).Notice.Text,
		Consent: journal.Consent{Patient: name, Discloser: "Evenkeel", Parts: s.parts, Days: sharedDays, Recipient: s.c.T("program.demo.program"), RecipientKind: "program", Purpose: s.c.T("program.demo.purpose"),
			Until: s.today.Add(s.until), Rules: care.EditionOn(journal.DateOf(s.now)).ID, Language: s.c.Tag(), Signed: name, SignedAt: s.now.AddDate(0, 0, -sharedDays)}}
	last := s.today.Add(-s.silent)
	if s.has("contact") {
		p.Contact = &care.Contact{LastEntry: last, LastCheckIn: last}
	}
	if s.has("scores") {
		p.Scores, p.Answers = s.scores()
		if !s.has("answers") {
			p.Answers = nil
		}
	}
	if s.has("trends") {
		p.Trends = days
	}
	if s.has("plan") && s.over >= 0 {
		p.Plan = s.plan(days)
	}
	if s.has("flags") {
		p.Flags = s.flags()
	}
	if s.has("sheet") {
		p.Sheet = s.sheet(days)
	}
	return p
}

// days are the last weeks: a way down from 14 g, with days of which nothing is
// known.
func (s *share) days() []care.Day {
	list := make([]care.Day, 0, sharedDays)
	for back := sharedDays - 1; back >= 0; back-- {
		d := care.Day{Date: s.today.Add(-back), State: "unknown"}
		lived := back > s.silent && s.rng.Float64() < s.known || back == s.silent
		planned := s.planned(back)
		if s.over >= 0 && s.has("plan") {
			d.Planned = &planned
		}
		if lived {
			s.live(&d, back, planned)
		}
		list = append(list, d)
	}
	return list
}

// planned is the day's amount by the plan, in g.
func (s *share) planned(back int) float64 { return math.Max(4, 14-float64((sharedDays-back)/10)) }

func (s *share) live(d *care.Day, back int, planned float64) {
	grams := planned - 0.5*float64(s.rng.IntN(3))
	if s.over > 0 && back < s.over {
		grams = planned + 1.5
	}
	d.State, d.Doses = "doses", 3+s.rng.IntN(2)
	d.Amounts = []care.Amount{{Product: s.c.T("program.demo.product"), Form: string(journal.LeafPowder), Amount: grams, Unit: "g"}}
	mg := math.Round(grams*14*10) / 10 // 1.4 % of mitragynine, as a label might say
	d.Mitragynine = &mg
	rough := s.rough
	if back < 7 {
		rough = s.lately
	}
	d.Rough, d.Craving = s.near(rough), s.near(rough+0.5)
	sleep := math.Round((7.6-0.3*rough+0.6*s.rng.NormFloat64())*2) / 2
	d.SleepHours = &sleep
}

// near is a whole figure from 0 to 10 near the mean.
func (s *share) near(mean float64) *float64 {
	v := math.Round(min(max(mean+0.9*s.rng.NormFloat64(), 0), 10))
	return &v
}

func (s *share) scores() ([]care.Score, []care.Answered) {
	scores, answers := []care.Score{}, []care.Answered{}
	for _, id := range []string{"gad7", "phq9"} {
		in, ok := instrument.Find(id)
		if !ok {
			continue
		}
		for i, total := range s.anxious {
			day := s.today.Add(-28*(len(s.anxious)-1-i) - 3)
			given := spread(in, total)
			scores = append(scores, s.said(in, given, day)...)
			answers = append(answers, care.Answered{Instrument: in.ID, Version: in.Version, At: day.Time(), Answers: given, Finished: true})
		}
	}
	return scores, answers
}

// spread deals a total out over the first questions of an instrument; none of it
// falls on one that names a danger.
func spread(in *instrument.Instrument, total int) map[string]int {
	given := map[string]int{}
	for _, i := range in.Items {
		v := 0
		if i.Danger == "" {
			v = min(total, in.Values(i)[len(in.Values(i))-2])
		}
		given[i.ID] = v
		total -= v
	}
	return given
}

func (s *share) said(in *instrument.Instrument, given map[string]int, day journal.Date) []care.Score {
	var list []care.Score
	for i, score := range in.Score(given) {
		one := care.Score{Instrument: in.ID, Version: in.Version, Day: day, Name: score.ID, Said: s.c.Score(in, &in.Scores[i], score)}
		if score.Known {
			one.Value = &score.Value
		}
		list = append(list, one)
	}
	return list
}

func (s *share) plan(days []care.Day) *care.Plan {
	p := &care.Plan{Product: s.c.T("program.demo.product"), Unit: "g", Begins: s.today.Add(-sharedDays), Day: sharedDays}
	for step := range 10 {
		one := journal.PlanStep{Day: 10 * step}
		for _, hour := range []int{8, 13, 18, 22} {
			one.Doses = append(one.Doses, journal.PlanDose{Minute: 60 * hour, Amount: s.planned(sharedDays-10*step) / 4})
		}
		p.Steps = append(p.Steps, one)
	}
	for _, d := range days[len(days)-14:] {
		if d.State == "doses" {
			p.KnownDays++
			if d.Amounts[0].Amount > *d.Planned {
				p.OverDays++
			}
		}
	}
	return p
}

func (s *share) flags() []care.Flag {
	if s.flag == "" {
		return []care.Flag{}
	}
	return []care.Flag{{Rule: map[string]string{"self_harm": "SR-01", "mixing": "SR-03"}[s.flag], Sign: s.flag, Day: s.today.Add(-1), Said: s.c.T("share.flag." + s.flag)}}
}

// sheet is a short page for the doctor: the last two weeks as a table.
func (s *share) sheet(days []care.Day) []care.Section {
	b := care.Block{Columns: []string{s.c.T("program.demo.day"), s.c.T("program.demo.amount"), s.c.T("program.demo.rough")}}
	for _, d := range days[len(days)-14:] {
		row := []string{s.c.Day(d.Date, s.now), s.c.T("program.demo.unknown"), s.c.T("program.demo.unknown")}
		if d.State == "doses" {
			row[1], row[2] = s.c.Amount(d.Amounts[0].Amount, "g"), s.c.Number(*d.Rough)
		}
		b.Rows = append(b.Rows, row)
	}
	return []care.Section{{Name: "doses", Title: s.c.T("program.demo.sheet"), Blocks: []care.Block{{Text: s.c.T("program.demo.sheet.lead")}, b}}}
}
