// Package standing joins what a person answered with what their journal shows:
// where they stand, said as facts with their dates, and as reasons to turn to
// somebody, never as a score.
package standing

import (
	"time"

	"github.com/evenkeel/evenkeel/insight/sign"
	"github.com/evenkeel/evenkeel/instrument"
	"github.com/evenkeel/evenkeel/internal/app/screen"
	"github.com/evenkeel/evenkeel/journal"
)

// Standing is where somebody stands.
type Standing struct {
	// Signs are counted in the journal.
	Signs []sign.Sign
	// Use and Beside are the two halves: the use itself, and the troubles that so
	// often drive it; Holds is what holds a person up. Each with when it was
	// asked, or that it was not.
	Use, Beside, Holds []screen.Standing
	// Harder is what is known to make somebody more likely to be drawn in, as far
	// as it was written.
	Harder []Reason
	// Reasons speak for professional help.
	Reasons []Reason
}

// Reason is one sentence: a key of the catalogue with its arguments, and when
// what it rests on was written; the zero time for the last two weeks.
type Reason struct {
	Key  string
	Args []any
	At   time.Time
}

// half says where an instrument stands on the page.
var half = map[string]func(*Standing) *[]screen.Standing{
	"use": func(s *Standing) *[]screen.Standing { return &s.Use }, "dependence": func(s *Standing) *[]screen.Standing { return &s.Use },
	"withdrawal": func(s *Standing) *[]screen.Standing { return &s.Use }, "other": func(s *Standing) *[]screen.Standing { return &s.Use },
	"mood": func(s *Standing) *[]screen.Standing { return &s.Beside }, "anxiety": func(s *Standing) *[]screen.Standing { return &s.Beside },
	"trauma": func(s *Standing) *[]screen.Standing { return &s.Beside }, "pain": func(s *Standing) *[]screen.Standing { return &s.Beside },
	"sleep": func(s *Standing) *[]screen.Standing { return &s.Beside }, "recovery": func(s *Standing) *[]screen.Standing { return &s.Holds },
}

// Of reads where somebody stands.
func Of(j *journal.Journal, now time.Time) Standing {
	s := Standing{Signs: sign.Of(j, now)}
	asked := screen.Standings(j, now, false)
	last := map[string]*screen.Sitting{}
	for _, st := range asked {
		list := half[st.Instrument.Topic](&s)
		*list = append(*list, st)
		if st.Last != nil {
			last[st.Instrument.ID] = st.Last
		}
	}
	s.Harder = harder(j, last)
	s.Reasons = reasons(j, now, last, s.Signs)
	return s
}

// score is a known score of the last sitting; false where there is none.
func score(last map[string]*screen.Sitting, name, id string) (float64, time.Time, bool) {
	sit := last[name]
	if sit == nil {
		return 0, time.Time{}, false
	}
	for _, sc := range sit.Scores() {
		if sc.ID == id && sc.Known {
			return sc.Value, sit.At, true
		}
	}
	return 0, time.Time{}, false
}

// answered reports an answer of at least a value in the last sitting.
func answered(last map[string]*screen.Sitting, name, item string, least int) (time.Time, bool) {
	sit := last[name]
	if sit == nil {
		return time.Time{}, false
	}
	v, ok := sit.Answers[item]
	return sit.At, ok && v >= least
}

// The lowest values of the bands that these sentences go by; each band's source
// stands in the instrument's own file.
const (
	moodModerate = 10 // PHQ-9 and GAD-7: the third band
	traumaLower  = 3  // PC-PTSD-5: the lower cut-off
	patternTwo   = 2  // of eleven: the second band
	painFelt     = 4  // PEG: our choice, no band exists
	roughHeavy   = 7  // of 10: our choice
	roughDays    = 2
)

func harder(j *journal.Journal, last map[string]*screen.Sitting) []Reason {
	var list []Reason
	add := func(key string, at time.Time) { list = append(list, Reason{Key: "standing.harder." + key, At: at}) }
	if v, at, ok := score(last, "peg", "mean"); ok && v >= painFelt {
		add("pain", at)
	}
	if v, at, ok := score(last, "pcptsd5", "total"); ok && v >= traumaLower {
		add("trauma", at)
	}
	if v, at, ok := score(last, "gad7", "total"); ok && v >= moodModerate {
		add("anxiety", at)
	}
	if v, at, ok := score(last, "phq9", "total"); ok && v >= moodModerate {
		add("mood", at)
	}
	for _, e := range j.All() {
		if s, m := e.Substance(), e.Medicine(); s != nil && s.Class == "opioid" || m != nil && (m.Class == "opioid" || m.Class == "buprenorphine" || m.Class == "methadone") {
			add("opioids", e.At)
			break
		}
	}
	return list
}

func reasons(j *journal.Journal, now time.Time, last map[string]*screen.Sitting, signs []sign.Sign) []Reason {
	var list []Reason
	add := func(key string, at time.Time, args ...any) {
		list = append(list, Reason{"standing.reason." + key, args, at})
	}
	if at, ok := answered(last, "phq9", "9", 1); ok {
		add("thoughts", at)
	}
	if v, at, ok := score(last, "pattern", "count"); ok && v >= patternTwo {
		add("pattern", at, "n", int(v))
	}
	if at, ok := answered(last, "pattern", "cutdown", 1); ok {
		add("cutdown", at)
	}
	if at, ok := answered(last, "pattern", "withdrawal", 1); ok {
		add("withdrawal", at)
	}
	if v, at, ok := score(last, "phq9", "total"); ok && v >= moodModerate {
		add("mood", at)
	}
	if v, at, ok := score(last, "gad7", "total"); ok && v >= moodModerate {
		add("anxiety", at)
	}
	if v, at, ok := score(last, "pcptsd5", "total"); ok && v >= traumaLower {
		add("trauma", at)
	}
	if n := heavy(j, now); n >= roughDays {
		add("rough", time.Time{}, "n", n)
	}
	for _, s := range signs {
		if s.Kind == sign.Mixing && s.Count > 0 {
			add("mixing", time.Time{}, "n", s.Count)
		}
	}
	return list
}

// heavy counts the days of the last two weeks on which the person wrote that
// it was rough.
func heavy(j *journal.Journal, now time.Time) int {
	days := map[journal.Date]bool{}
	for _, e := range j.Between(now.AddDate(0, 0, -14), now.Add(time.Minute)) {
		if c := e.CheckIn(); c != nil && c.Rough != nil && *c.Rough >= roughHeavy {
			days[journal.DateOf(e.At)] = true
		}
	}
	return len(days)
}

// Instruments that the page asks to begin with, where nothing was asked yet:
// how it is used, and how low and how worried a person feels.
func First() []*instrument.Instrument {
	var list []*instrument.Instrument
	for _, id := range []string{"signs", "pattern", "phq9", "gad7"} {
		if in, ok := instrument.Find(id); ok {
			list = append(list, in)
		}
	}
	return list
}
