package screen

import (
	"time"

	"github.com/evenkeel/evenkeel/instrument"
	"github.com/evenkeel/evenkeel/journal"
)

// Result is one score of a sitting, with the same score the time before.
type Result struct {
	Scoring *instrument.Scoring
	instrument.Score
	// Before is the last known score of an earlier sitting, and At when that
	// was; nil for none.
	Before *instrument.Score
	At     time.Time
	// Changed compares the two by the published threshold.
	Changed instrument.Changed
}

// Results are the scores of a sitting beside those before it.
func Results(j *journal.Journal, s *Sitting) []Result {
	past := History(j, s.Instrument)
	list := make([]Result, 0, len(s.Instrument.Scores))
	for i, score := range s.Scores() {
		r := Result{Scoring: &s.Instrument.Scores[i], Score: score}
		for _, p := range past {
			if p.ID == s.ID || !p.At.Before(s.At) {
				continue
			}
			if before := p.Scores()[i]; before.Known {
				r.Before, r.At = &before, p.At
				r.Changed = r.Scoring.Changed(before, score)
				break
			}
		}
		list = append(list, r)
	}
	return list
}

// Standing is where an instrument stands for a person.
type Standing struct {
	Instrument *instrument.Instrument
	// Last is the newest that was finished; nil for never.
	Last *Sitting
	// Open can be gone on with; nil for none.
	Open *Sitting
	// Due says that its time to come again has passed.
	Due bool
}

// Standings are all instruments that a person answers for themselves, in the
// order of package instrument; clinician's ones too when asked for.
func Standings(j *journal.Journal, now time.Time, clinician bool) []Standing {
	var list []Standing
	for _, in := range instrument.All() {
		if in.Who == "clinician" && !clinician {
			continue
		}
		st := Standing{Instrument: in}
		if s, ok := Open(j, in, now); ok {
			st.Open = &s
		}
		if past := History(j, in); len(past) > 0 {
			st.Last = &past[0]
			days := int(now.Sub(past[0].At).Hours() / 24)
			st.Due = in.EveryDays > 0 && days >= in.NextDays(stable(past))
		}
		list = append(list, st)
	}
	return list
}

// stable reports that the last two sittings say the same: every band, or where
// there is none every change, stayed.
func stable(past []Sitting) bool {
	if len(past) < 2 {
		return false
	}
	before := past[1].Scores()
	for i, s := range past[0].Scores() {
		rule := &past[0].Instrument.Scores[i]
		switch {
		case !s.Known || !before[i].Known:
			return false
		case rule.Bands != nil && s.Band != before[i].Band:
			return false
		case rule.Bands == nil && rule.Changed(before[i], s) != instrument.Unchanged:
			return false
		}
	}
	return true
}
