package desk

import (
	"net/http"
	"slices"
	"strings"

	"github.com/evenkeel/evenkeel/care"
	"github.com/evenkeel/evenkeel/care/caseload"
	"github.com/evenkeel/evenkeel/instrument"
	"github.com/evenkeel/evenkeel/internal/app/desk"
	"github.com/evenkeel/evenkeel/internal/web/chart"
	"github.com/evenkeel/evenkeel/internal/web/shell"
	"github.com/evenkeel/evenkeel/journal"
)

// personPage is one person's page: what they shared, in two halves.
type personPage struct {
	desk.Person
	// p is what is shown; nil where the share is over or nothing was fetched.
	p *care.Projection
	// use and beside are the two halves.
	use, beside half
	table       *chart.Table
	// wrote and err are a note that was refused.
	wrote string
	err   error
}

// half is one of the two halves of a page: pictures, then scores.
type half struct {
	figures []chart.Figure
	scores  []scoreSeries
}

// scoreSeries is one score of a questionnaire over time, the newest first.
type scoreSeries struct {
	title string
	// population says in whom the bands were found; empty where there are none.
	population string
	list       []care.Score
}

// ofUse are the topics of questionnaires that are about the use itself; all others
// are about what lies beside it.
var ofUse = []string{"use", "dependence", "withdrawal", "other"}

func person(v *visit) error { return showPerson(v, http.StatusOK, "", nil) }

func showPerson(v *visit, status int, wrote string, err error) error {
	found, failed := v.desk.Open(v.r.Context(), v.r.PathValue("id"))
	if failed != nil {
		return failed
	}
	page := &personPage{Person: found, p: found.Shown, wrote: wrote, err: err}
	if page.p != nil {
		page.draw(v)
		page.score(v)
	}
	return v.show(status, wholePerson(v, page))
}

// score sorts the scores into the halves.
func (p *personPage) score(v *visit) {
	type key struct{ instrument, name string }
	by := map[key]*scoreSeries{}
	var order []key
	for _, s := range p.p.Scores {
		k := key{s.Instrument, s.Name}
		if by[k] == nil {
			by[k] = &scoreSeries{title: s.Instrument}
			order = append(order, k)
		}
		by[k].list = append(by[k].list, s)
	}
	for _, k := range order {
		series := by[k]
		slices.SortStableFunc(series.list, func(a, b care.Score) int { return strings.Compare(string(b.Day), string(a.Day)) })
		into := &p.beside
		if in, ok := instrument.Find(k.instrument); ok {
			words := in.Words(v.Tag())
			series.title = words.Title
			if at := slices.IndexFunc(in.Scores, func(s instrument.Scoring) bool { return s.ID == k.name }); at >= 0 && in.Scores[at].Bands != nil {
				series.population = words.Populations[in.Scores[at].Bands.Population]
			}
			if slices.Contains(ofUse, in.Topic) {
				into = &p.use
			}
		}
		into.scores = append(into.scores, *series)
	}
}

// roughSaid says how rough the last known days were against those before, be there a
// change or none.
func roughSaid(v *visit, r *caseload.RoughLook) string {
	if r.Recent == nil || r.Before == nil {
		return v.T("program.person.rough.none", "known", r.RecentKnown, "days", r.RecentDays, "before", r.BeforeKnown, "before_days", r.BeforeDays)
	}
	key := "program.person.rough.same"
	if r.Shows {
		key = "program.person.rough.change"
	}
	return v.T(key, "recent", v.Fixed(*r.Recent, 1), "was", v.Fixed(*r.Before, 1), "known", r.RecentKnown, "before", r.BeforeKnown, "before_days", r.BeforeDays)
}

// answerRow is one question with what was answered.
type answerRow struct{ asked, answer string }

// answersOf are the questions of a sitting with their answers, in the words of who
// reads; one of a newer release as it came.
func answersOf(v *visit, a *care.Answered) (title string, rows []answerRow) {
	in, ok := instrument.Find(a.Instrument)
	if !ok || in.Version != a.Version {
		for id := range a.Answers {
			rows = append(rows, answerRow{id, v.Number(float64(a.Answers[id]))})
		}
		slices.SortFunc(rows, func(x, y answerRow) int { return strings.Compare(x.asked, y.asked) })
		return a.Instrument, rows
	}
	words := in.Words(v.Tag())
	for _, item := range in.Asked(a.Answers) {
		row := answerRow{words.Items[item.ID], v.T("program.person.left_out")}
		if given, answered := a.Answers[item.ID]; answered {
			row.answer = optionWords(words, in, item, given)
		}
		rows = append(rows, row)
	}
	return words.Title, rows
}

func optionWords(w *instrument.Words, in *instrument.Instrument, item instrument.Item, given int) string {
	list := w.Own[item.ID]
	if list == nil {
		list = w.Options[item.Options]
	}
	if at := slices.Index(in.Values(item), given); at >= 0 && at < len(list) {
		return list[at]
	}
	return ""
}

// has reports that a part was ticked: what was ticked and is empty is told from what
// is not shared.
func (p *personPage) has(part string) bool { return slices.Contains(p.p.Consent.Parts, part) }

// plannedNow is the amount of the plan's step that holds on the day of the version.
func plannedNow(p *care.Plan) float64 {
	sum := 0.0
	for _, s := range p.Steps {
		if s.Day <= p.Day {
			sum = 0
			for _, d := range s.Doses {
				sum += d.Amount
			}
		}
	}
	return sum
}

// note keeps what a member wrote.
func note(v *visit) error {
	text := v.r.PostFormValue("text")
	err := v.server.forms.do(v.r.PostFormValue("once"), v.r.PathValue("id")+text, func() error {
		_, err := v.desk.Note(v.r.Context(), v.r.PathValue("id"), text)
		return err
	})
	if err != nil {
		if shell.StatusOf(err) == http.StatusUnprocessableEntity {
			return showPerson(v, http.StatusUnprocessableEntity, text, err)
		}
		return err
	}
	return v.done("/people/"+v.r.PathValue("id")+"#notes", v.T("program.person.note.saved"))
}

// contactDay is a day of contact in words.
func contactDay(v *visit, d journal.Date) string {
	if _, err := journal.ParseDate(string(d)); err != nil {
		return v.T("program.person.never")
	}
	return v.Near(d)
}
