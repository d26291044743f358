package standing

import (
	"time"

	"github.com/evenkeel/evenkeel/insight/sign"
	"github.com/evenkeel/evenkeel/instrument"
	"github.com/evenkeel/evenkeel/internal/app/screen"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/safety"
	"github.com/evenkeel/evenkeel/taper"
)

// Reason is one sentence: a key of the catalogue with its arguments, and when
// what it rests on was written; the zero time for a count of days.
type Reason struct {
	Key  string
	Args []any
	At   time.Time
}

// part gathers the reasons of one part of the catalogue.
type part struct {
	name    string
	reasons []Reason
}

func (l *part) add(key string, at time.Time, args ...any) {
	l.reasons = append(l.reasons, Reason{"standing." + l.name + "." + key, args, at})
}

// The lowest values of the bands that these sentences go by; each band's source
// stands in the instrument's own file.
const (
	moodModerate = 10 // PHQ-9 and GAD-7: the third band
	traumaLower  = 3  // PC-PTSD-5: the lower cut-off
	patternTwo   = 2  // of eleven: the second band
)

// The lines that nobody published: our choice, and said to be where they decide.
const (
	painFelt   = 4  // mean of PEG, 0 to 10
	roughHeavy = 7  // of 10
	roughDays  = 2  // of recentDays
	recentDays = 14 // today among them
)

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

// answered reports that the newest answer to a question was at least a value,
// finished or not: who stops halfway has said what they said.
func answered(j *journal.Journal, name, item string, least int) (time.Time, bool) {
	in, ok := instrument.Find(name)
	if !ok {
		return time.Time{}, false
	}
	at, v, ok := screen.Newest(j, in, item)
	return at, ok && v >= least
}

// troubled are the answers about mood, worry and what something terrible left.
func (l *part) troubled(last map[string]*screen.Sitting) {
	if v, at, ok := score(last, "phq9", "total"); ok && v >= moodModerate {
		l.add("mood", at)
	}
	if v, at, ok := score(last, "gad7", "total"); ok && v >= moodModerate {
		l.add("anxiety", at)
	}
	if v, at, ok := score(last, "pcptsd5", "total"); ok && v >= traumaLower {
		l.add("trauma", at, "n", int(v))
	}
}

func harder(j *journal.Journal, last map[string]*screen.Sitting) []Reason {
	l := part{name: "harder"}
	if v, at, ok := score(last, "peg", "mean"); ok && v >= painFelt {
		l.add("pain", at, "from", painFelt)
	}
	l.troubled(last)
	for _, e := range j.All() {
		if s, m := e.Substance(), e.Medicine(); s != nil && s.Class == "opioid" || m != nil && (m.Class == "opioid" || m.Class == "buprenorphine" || m.Class == "methadone") {
			l.add("opioids", e.At)
			break
		}
	}
	return l.reasons
}

func reasons(j *journal.Journal, now time.Time, last map[string]*screen.Sitting, signs []sign.Sign) []Reason {
	l := part{name: "reason"}
	if at, ok := answered(j, "phq9", "9", 1); ok {
		l.add("thoughts", at)
	}
	rough, words := lately(j, now)
	if !words.IsZero() {
		l.add("words", words)
	}
	for _, f := range taper.FlagsOf(j, now) {
		switch f {
		case "alcohol":
			l.add(string(f), time.Time{}, "n", taper.DailyFrom, "of", taper.FlagDays)
		case "benzodiazepines":
			l.add(string(f), time.Time{}, "n", taper.CalmFrom, "of", taper.FlagDays)
		default:
			l.add(string(f), time.Time{})
		}
	}
	if v, at, ok := score(last, "pattern", "count"); ok && v >= patternTwo {
		l.add("pattern", at, "n", int(v))
	}
	if at, ok := answered(j, "pattern", "cutdown", 1); ok {
		l.add("cutdown", at)
	}
	if at, ok := answered(j, "pattern", "withdrawal", 1); ok {
		l.add("withdrawal", at)
	}
	l.troubled(last)
	if rough >= roughDays {
		l.add("rough", time.Time{}, "n", rough, "from", roughHeavy)
	}
	for _, s := range signs {
		if s.Kind == sign.Mixing && s.Count > 0 {
			l.add("mixing", time.Time{}, "n", s.Count)
		}
	}
	return l.reasons
}

// lately looks at the last two weeks: how many days were rough, as the person
// wrote, and when they last wrote words for which there are crisis lines; zero
// for never.
func lately(j *journal.Journal, now time.Time) (rough int, words time.Time) {
	today := journal.DateOf(now)
	heavy := map[journal.Date]bool{}
	for _, e := range j.Between(now.AddDate(0, 0, -recentDays-2), now.Add(time.Minute)) {
		day := journal.DateOf(e.At) // after today for who flew across the date line
		if day.DaysUntil(today) >= recentDays {
			continue
		}
		if c := e.CheckIn(); c != nil && c.Rough != nil && *c.Rough >= roughHeavy {
			heavy[day] = true
		}
		for _, text := range e.Texts() {
			for _, f := range safety.Scan(text) {
				if f.About == safety.Self && f.Sign.Line() == "crisis" {
					words = e.At
				}
			}
		}
	}
	return len(heavy), words
}
