package summary

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/evenkeel/evenkeel/journal"
)

// Felt is what check-ins of the last 30 days say, today among them.
type Felt struct {
	CheckIns int `json:"check_ins"`
	// Days that have a check-in.
	Days     int             `json:"days"`
	Scores   []Score         `json:"scores"`
	Symptoms []SymptomSpread `json:"symptoms"`
}

// Score is one question that was answered.
type Score struct {
	Name string `json:"name"`
	Spread
}

// SymptomSpread is how a symptom was rated, 0 not at all to 4 extremely.
type SymptomSpread struct {
	Name journal.Symptom `json:"name"`
	Spread
}

// scores are the questions of a check-in, those in which higher is worse first.
var scores = []struct {
	name string
	of   func(*journal.CheckIn) *int
}{
	{"rough", func(c *journal.CheckIn) *int { return c.Rough }},
	{"craving", func(c *journal.CheckIn) *int { return c.Craving }},
	{"pain", func(c *journal.CheckIn) *int { return c.Pain }},
	{"mood", func(c *journal.CheckIn) *int { return c.Mood }},
	{"calm", func(c *journal.CheckIn) *int { return c.Calm }},
	{"energy", func(c *journal.CheckIn) *int { return c.Energy }},
	{"sleep_quality", func(c *journal.CheckIn) *int { return c.SleepQuality }},
}

func felt(l *look) (any, []Block) {
	f := l.feltData()
	if f.CheckIns == 0 {
		return f, []Block{{Text: l.T("summary.no_check_ins", "n", short)}}
	}
	blocks := []Block{{Text: l.T("summary.check_ins", "n", f.CheckIns, "days", f.Days, "of", short)}}
	if len(f.Scores) > 0 {
		t := &Table{Columns: []string{l.T("summary.question"), l.T("summary.median_range"), l.T("summary.answers")}}
		for _, s := range f.Scores {
			t.Rows = append(t.Rows, []string{l.T("summary.felt." + s.Name), l.spread(&s.Spread), strconv.Itoa(s.N)})
		}
		blocks = append(blocks, Block{Table: t})
	}
	return f, append(blocks, l.symptoms(f.Symptoms)...)
}

func (l *look) feltData() Felt {
	f := Felt{Scores: []Score{}, Symptoms: []SymptomSpread{}}
	days := map[journal.Date]bool{}
	answers := map[string][]float64{}
	rated := map[journal.Symptom][]float64{}
	for _, e := range l.recent(short) {
		c := e.CheckIn()
		if c == nil {
			continue
		}
		f.CheckIns++
		days[journal.DateOf(e.At)] = true
		for _, s := range scores {
			if v := s.of(c); v != nil {
				answers[s.name] = append(answers[s.name], float64(*v))
			}
		}
		if c.SleepHours != nil {
			answers["sleep_h"] = append(answers["sleep_h"], *c.SleepHours)
		}
		for s, v := range c.Symptoms {
			rated[s] = append(rated[s], float64(v))
		}
	}
	f.Days = len(days)
	for _, name := range append([]string{"sleep_h"}, names()...) {
		if s := spreadOf(answers[name]); s != nil {
			f.Scores = append(f.Scores, Score{name, *s})
		}
	}
	for _, name := range journal.Symptoms {
		if s := spreadOf(rated[name]); s != nil {
			f.Symptoms = append(f.Symptoms, SymptomSpread{name, *s})
		}
	}
	slices.SortStableFunc(f.Symptoms, func(a, b SymptomSpread) int {
		return cmp.Or(cmp.Compare(b.Median, a.Median), cmp.Compare(b.High, a.High))
	})
	return f
}

func names() (list []string) {
	for _, s := range scores {
		list = append(list, s.name)
	}
	return list
}

// symptoms says those that were felt in a table and those that never were in a
// sentence.
func (l *look) symptoms(list []SymptomSpread) []Block {
	var blocks []Block
	var never []string
	t := &Table{Columns: []string{l.T("summary.symptom"), l.T("summary.median_range"), l.T("summary.answers")}}
	for _, s := range list {
		name := l.T("symptom." + string(s.Name))
		if s.High == 0 {
			never = append(never, strings.ToLower(name))
			continue
		}
		t.Rows = append(t.Rows, []string{name, l.spread(&s.Spread), strconv.Itoa(s.N)})
	}
	if len(t.Rows) > 0 {
		blocks = append(blocks, Block{Table: t})
	}
	if len(never) > 0 {
		blocks = append(blocks, Block{Text: l.T("summary.never_felt", "list", strings.Join(never, ", "))})
	}
	return blocks
}
