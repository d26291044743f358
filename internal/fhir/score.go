package fhir

import (
	"slices"
	"strconv"

	"github.com/evenkeel/evenkeel/care"
	"github.com/evenkeel/evenkeel/instrument"
	"github.com/evenkeel/evenkeel/journal"
)

// scores are the totals of questionnaires.
func (d *document) scores() {
	if d.p.Scores == nil {
		return
	}
	var x xhtml
	var entries []reference
	var rows [][]string
	for _, s := range d.p.Scores {
		code := d.scoreCode(s)
		o := d.observed(code, day(s.Day))
		value := d.c.T("fhir.not_known")
		if s.Value != nil {
			o.Value, value = score(*s.Value), d.c.Figure(*s.Value)
		} else {
			o.AbsentReason = absent(unknown)
		}
		o.DerivedFrom = d.from(s)
		if said := text(s.Said); said != "" {
			o.Note = []annotation{{said}}
		}
		entries = append(entries, d.add(s.Instrument+"\x00"+s.Name+"\x00"+day(s.Day), o))
		rows = append(rows, []string{day(s.Day), code.Text, value, s.Said})
	}
	x.table(d.columns("day", "score", "value", "said"), rows)
	d.section("scores", &x, entries...).empty("unavailable")
}

// scoreCode is LOINC's code of a score where package instrument has one, beside our
// own. The words are the questionnaire's title and the score's name.
func (d *document) scoreCode(s care.Score) concept {
	in, ok := instrument.Find(s.Instrument)
	if !ok {
		return ours("score", s.Instrument+"/"+s.Name, s.Instrument+" "+s.Name)
	}
	w := in.Words(d.c.Tag())
	words := w.Title
	if name := w.Scores[s.Name]; name != "" {
		words += ": " + name
	}
	c := ours("score", s.Instrument+"/"+s.Name, words)
	at := slices.IndexFunc(in.Scores, func(rule instrument.Scoring) bool { return rule.ID == s.Name })
	if at >= 0 && in.Scores[at].LOINC != "" && in.Version == s.Version {
		c.Coding = append([]coding{{System: loinc, Code: in.Scores[at].LOINC}}, c.Coding...)
	}
	return c
}

// answered is a questionnaire with each answer, as it stands in the document.
type answered struct {
	of       care.Answered
	title    string
	response *response
	at       reference
}

// responses puts the answers into the document.
func (d *document) responses() {
	for _, a := range d.p.Answers {
		r, title := d.response(a)
		d.answered = append(d.answered, answered{a, title, r, d.add(a.Instrument+"\x00"+instant(a.At), r)})
	}
}

// from are the answers that a score was made of, where they are shared.
func (d *document) from(s care.Score) (list []reference) {
	for _, a := range d.answered {
		if a.of.Instrument == s.Instrument && a.of.Version == s.Version && journal.DateOf(a.of.At) == s.Day {
			list = append(list, a.at)
		}
	}
	return list
}

// answers are the questionnaires that people read.
func (d *document) answers() {
	if d.p.Answers == nil {
		return
	}
	var x xhtml
	var entries []reference
	for _, a := range d.answered {
		entries = append(entries, a.at)
		x.paragraph(a.title + ", " + string(journal.DateOf(a.of.At)))
		var rows [][]string
		for _, i := range a.response.Item {
			rows = append(rows, []string{i.Text, i.Answer[0].said()})
		}
		x.table(d.columns("question", "answer"), rows)
	}
	d.section("answers", &x, entries...).empty("unavailable")
}

func (a answer) said() string {
	if a.Coding != nil {
		return a.Coding.Display
	}
	return strconv.Itoa(*a.Integer)
}

// response is a questionnaire's answers, in its order, with its words where it is of
// the version that we have; what was left out is not in it.
func (d *document) response(a care.Answered) (r *response, title string) {
	r = &response{
		base: base{ResourceType: "QuestionnaireResponse"}, Status: "in-progress",
		Questionnaire: own + "instrument/" + a.Instrument + "|" + strconv.Itoa(a.Version),
		Subject:       d.patient, Author: d.patient, Source: d.patient, Authored: instant(a.At),
	}
	if a.Finished {
		r.Status = "completed"
	}
	in, ok := instrument.Find(a.Instrument)
	if !ok || in.Version != a.Version {
		ids := make([]string, 0, len(a.Answers))
		for id := range a.Answers {
			ids = append(ids, id)
		}
		slices.Sort(ids)
		for _, id := range ids {
			v := a.Answers[id]
			r.Item = append(r.Item, responseItem{LinkID: id, Text: id, Answer: []answer{{Integer: &v}}})
		}
		return r, d.named(a.Instrument)
	}
	q := in.FHIR(d.c.Tag())
	r.Questionnaire = q.URL + "|" + q.Version
	for _, i := range q.Item {
		v, answered := a.Answers[i.LinkID]
		if !answered {
			continue
		}
		item := responseItem{LinkID: i.LinkID, Text: i.Text, Answer: []answer{{Integer: &v}}}
		for _, option := range i.AnswerOption {
			if option.Value.Code == strconv.Itoa(v) {
				item.Answer = []answer{{Coding: &coding{System: option.Value.System, Code: option.Value.Code, Display: option.Value.Display}}}
			}
		}
		r.Item = append(r.Item, item)
	}
	return r, q.Title
}
