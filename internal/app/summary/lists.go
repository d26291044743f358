package summary

import (
	"slices"
	"strconv"
	"strings"

	"github.com/evenkeel/evenkeel/journal"
)

// Substance is a class of other substances in the last 90 days.
type Substance struct {
	Class journal.SubstanceClass `json:"class"`
	// Short and Long count the days of the last 30 and 90 that have an entry.
	Short int `json:"days_in_30"`
	Long  int `json:"days_in_90"`
	// Names are the person's words, the latest first, at most three.
	Names []string     `json:"names,omitempty"`
	Last  journal.Date `json:"last"`
}

func substances(l *look) (any, []Block) {
	list := []Substance{}
	for _, class := range journal.SubstanceClasses {
		if s := l.substance(class); s.Long > 0 {
			list = append(list, s)
		}
	}
	if len(list) == 0 {
		return list, []Block{{Text: l.T("summary.no_substances", "n", long)}}
	}
	t := &Table{Columns: []string{l.T("summary.substance"), l.T("summary.words"), l.T("summary.days_in", "n", short), l.T("summary.days_in", "n", long), l.T("summary.last")}}
	for _, s := range list {
		t.Rows = append(t.Rows, []string{l.T("class." + string(s.Class)), strings.Join(s.Names, ", "), strconv.Itoa(s.Short), strconv.Itoa(s.Long), string(s.Last)})
	}
	return list, []Block{{Table: t}, {Text: l.T("summary.substances_note")}}
}

func (l *look) substance(class journal.SubstanceClass) Substance {
	s := Substance{Class: class}
	shortDays, longDays := map[journal.Date]bool{}, map[journal.Date]bool{}
	for _, e := range slices.Backward(l.recent(long)) {
		x := e.Substance()
		if x == nil || x.Class != class {
			continue
		}
		day := journal.DateOf(e.At)
		longDays[day] = true
		if day > l.today().Add(-short) {
			shortDays[day] = true
		}
		if s.Last == "" {
			s.Last = day
		}
		if name := clip(x.Name, 24); name != "" && len(s.Names) < 3 && !slices.Contains(s.Names, name) {
			s.Names = append(s.Names, name)
		}
	}
	s.Short, s.Long = len(shortDays), len(longDays)
	return s
}

// BodyChange is the latest that was written of one kind of change.
type BodyChange struct {
	Change  journal.Change `json:"change"`
	Since   journal.Date   `json:"since,omitempty"`
	Ongoing bool           `json:"ongoing"`
	Noted   journal.Date   `json:"noted"`
	// Words are the person's own, where the change has no other name.
	Words string `json:"words,omitempty"`
}

// mostChanges is as many as there are kinds: none that matters may be hidden.
const mostChanges = 15

// changes are those that go on, or were written down in the last 90 days.
func changes(l *look) (any, []Block) {
	list := []BodyChange{}
	for _, e := range slices.Backward(l.j.All()) {
		b := e.BodyChange()
		if b == nil || e.At.After(l.now) || slices.ContainsFunc(list, func(x BodyChange) bool {
			return x.Change == b.Change && (b.Change != "other" || x.Words == clip(b.Note, 60))
		}) {
			continue
		}
		c := BodyChange{Change: b.Change, Since: b.Since, Ongoing: b.Ongoing, Noted: journal.DateOf(e.At)}
		if b.Change == "other" {
			c.Words = clip(b.Note, 60)
		}
		list = append(list, c)
	}
	list = slices.DeleteFunc(list, func(c BodyChange) bool { return !c.Ongoing && c.Noted < l.today().Add(-long) })
	if len(list) == 0 {
		return list, []Block{{Text: l.T("summary.no_changes", "n", long)}}
	}
	t := &Table{Columns: []string{l.T("summary.change"), l.T("summary.since"), l.T("summary.still"), l.T("summary.noted")}}
	for _, c := range list[:min(len(list), mostChanges)] {
		name, since, still := l.T("change."+string(c.Change)), l.T("summary.not_known"), l.T("summary.not_ticked")
		if c.Words != "" {
			name = l.T("summary.in_words", "name", name, "words", c.Words)
		}
		if c.Since != "" {
			since = string(c.Since)
		}
		if c.Ongoing {
			still = l.T("summary.ongoing")
		}
		t.Rows = append(t.Rows, []string{name, since, still, string(c.Noted)})
	}
	blocks := []Block{{Table: t}}
	if n := len(list) - mostChanges; n > 0 {
		blocks = append(blocks, Block{Text: l.T("summary.more_changes", "n", n)})
	}
	return list, blocks
}

const mostQuestions = 8

// questions are those that were not asked yet, the oldest first.
func questions(l *look) (any, []Block) {
	list := []string{}
	for _, e := range l.j.All() {
		if q := e.Question(); q != nil && !q.Asked {
			list = append(list, clip(q.Text, journal.MaxQuestion))
		}
	}
	if len(list) == 0 {
		return list, []Block{{Text: l.T("summary.no_questions")}}
	}
	n := min(len(list), mostQuestions)
	blocks := []Block{{List: list[:n]}}
	if more := len(list) - n; more > 0 {
		blocks = append(blocks, Block{Text: l.T("summary.more_questions", "n", more)})
	}
	return list, blocks
}
