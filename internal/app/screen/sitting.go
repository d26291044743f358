package screen

import (
	"cmp"
	"slices"
	"time"

	"github.com/evenkeel/evenkeel/instrument"
	"github.com/evenkeel/evenkeel/journal"
)

// Sitting is one time that a questionnaire was answered, whole or in part.
type Sitting struct {
	ID         journal.ID
	At         time.Time // when it was begun
	Instrument *instrument.Instrument
	Answers    instrument.Answers
	Finished   bool
}

// Scores are what its instrument makes of the answers.
func (s *Sitting) Scores() []instrument.Score { return s.Instrument.Score(s.Answers) }

// Next is the first question after the one of an id that is to be asked; "" for
// the first of all. False when there is none.
func (s *Sitting) Next(after string) (instrument.Item, bool) {
	list := s.Instrument.Asked(s.Answers)
	at := slices.IndexFunc(list, func(i instrument.Item) bool { return i.ID == after })
	if at+1 < len(list) {
		return list[at+1], true
	}
	return instrument.Item{}, false
}

// Before is the question asked before the one of an id; false for the first.
func (s *Sitting) Before(id string) (instrument.Item, bool) {
	list := s.Instrument.Asked(s.Answers)
	at := slices.IndexFunc(list, func(i instrument.Item) bool { return i.ID == id })
	if at > 0 {
		return list[at-1], true
	}
	return instrument.Item{}, false
}

// Resume is the question to go on with: after the last one that was answered.
func (s *Sitting) Resume() (instrument.Item, bool) {
	last := ""
	for _, i := range s.Instrument.Asked(s.Answers) {
		if _, ok := s.Answers[i.ID]; ok {
			last = i.ID
		}
	}
	return s.Next(last)
}

// of reads an entry as a sitting; false when it is none, or of an instrument
// or a version that this release does not have.
func of(e *journal.Event, id journal.ID) (Sitting, bool) {
	s := Sitting{ID: id, At: e.At}
	switch b := e.Body.(type) {
	case *journal.Screening:
		in, ok := instrument.Find(b.Instrument)
		if !ok || in.Version != b.Version || in.Journal != "" {
			return s, false
		}
		s.Instrument, s.Answers, s.Finished = in, b.Answers, b.Finished
	case *journal.CheckIn:
		in, ok := instrument.Find(withdrawal)
		if !ok || len(b.Symptoms) == 0 {
			return s, false
		}
		s.Instrument, s.Finished, s.Answers = in, true, instrument.Answers{}
		for symptom, v := range b.Symptoms {
			s.Answers[string(symptom)] = v
		}
	default:
		return s, false
	}
	if s.Answers == nil {
		s.Answers = instrument.Answers{}
	}
	return s, s.Instrument.Check(s.Answers) == nil
}

// withdrawal is the instrument whose answers are check-ins.
const withdrawal = "withdrawal"

// Find is the sitting of an entry.
func Find(j *journal.Journal, id journal.ID) (Sitting, bool) {
	e, ok := j.Entry(id)
	if !ok {
		return Sitting{}, false
	}
	return of(&e.Event, id)
}

// History are all sittings of an instrument that were finished, newest first.
func History(j *journal.Journal, in *instrument.Instrument) []Sitting {
	return sittings(j, func(s *Sitting) bool { return s.Instrument == in && s.Finished })
}

// Open is a sitting that can still be gone on with: begun within a day, since
// the questions are about a time that ends with the answers.
func Open(j *journal.Journal, in *instrument.Instrument, now time.Time) (Sitting, bool) {
	list := sittings(j, func(s *Sitting) bool {
		return s.Instrument == in && !s.Finished && now.Sub(s.At) < 24*time.Hour && !s.At.After(now)
	})
	if len(list) == 0 {
		return Sitting{}, false
	}
	return list[0], true
}

// Newest is the newest answer to a question, of a sitting finished or not; false
// where it was never answered.
func Newest(j *journal.Journal, in *instrument.Instrument, item string) (at time.Time, value int, ok bool) {
	for _, s := range sittings(j, func(s *Sitting) bool { return s.Instrument == in }) {
		if value, ok = s.Answers[item]; ok {
			return s.At, value, true
		}
	}
	return time.Time{}, 0, false
}

// Since are all sittings from a day on, of every instrument, finished or not,
// newest first.
func Since(j *journal.Journal, from journal.Date) []Sitting {
	return sittings(j, func(s *Sitting) bool { return journal.DateOf(s.At) >= from })
}

func sittings(j *journal.Journal, wanted func(*Sitting) bool) []Sitting {
	var list []Sitting
	for _, e := range j.All() {
		if s, ok := of(&e.Event, e.ID); ok && wanted(&s) {
			list = append(list, s)
		}
	}
	slices.SortStableFunc(list, func(a, b Sitting) int { return cmp.Compare(b.At.UnixNano(), a.At.UnixNano()) })
	return list
}
