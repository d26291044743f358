package summary

import (
	"strings"

	"github.com/evenkeel/evenkeel/internal/app/screen"
	"github.com/evenkeel/evenkeel/journal"
)

// Answered is the newest time that a questionnaire was finished.
type Answered struct {
	Name   string       `json:"name"`
	Title  string       `json:"title"`
	Day    journal.Date `json:"day"`
	Scores []string     `json:"scores"`
	// Danger says that an answer was a sign of danger by itself.
	Danger bool `json:"danger,omitempty"`
}

// answers are the newest scores with the bands' population said once: a band
// without it would say more than is known.
func answers(l *look) (any, []Block) {
	list := []Answered{}
	t := &Table{Columns: []string{l.T("summary.asked"), l.T("summary.score"), l.T("summary.last")}}
	for _, st := range screen.Standings(l.j, l.now, true) {
		if st.Last == nil {
			continue
		}
		in := st.Instrument
		a := Answered{Name: in.ID, Title: in.Words(l.Tag()).Title, Day: journal.DateOf(st.Last.At), Danger: len(in.Dangers(st.Last.Answers)) > 0}
		for i, s := range st.Last.Scores() {
			a.Scores = append(a.Scores, l.Score(in, &in.Scores[i], s))
		}
		said := strings.Join(a.Scores, " ")
		if a.Danger {
			said += " " + l.T("summary.answer_danger")
		}
		list = append(list, a)
		t.Rows = append(t.Rows, []string{a.Title, said, string(a.Day)})
	}
	if len(list) == 0 {
		return list, []Block{{Text: l.T("summary.no_answers")}}
	}
	return list, []Block{{Table: t}, {Text: l.T("summary.answers_note")}}
}

// Medicine is one of the person's list.
type Medicine struct {
	Name  string                `json:"name"`
	Class journal.MedicineClass `json:"class"`
	Since journal.Date          `json:"noted"`
}

// medicines are those that the person takes now.
func medicines(l *look) (any, []Block) {
	list := []Medicine{}
	t := &Table{Columns: []string{l.T("summary.medicine"), l.T("summary.kind"), l.T("summary.noted")}}
	for _, e := range l.j.Medicines() {
		m := e.Medicine()
		list = append(list, Medicine{m.Name, m.Class, journal.DateOf(e.At)})
		t.Rows = append(t.Rows, []string{clip(m.Name, 40), l.T("medicine.class." + string(m.Class)), string(journal.DateOf(e.At))})
	}
	if len(list) == 0 {
		return list, []Block{{Text: l.T("summary.no_medicines")}}
	}
	return list, []Block{{Table: t}}
}
