// Package standing joins what a person answered with what their journal shows:
// where they stand, said as facts with their dates, and as reasons to turn to
// somebody, never as a score.
package standing

import (
	"slices"
	"time"

	"github.com/evenkeel/evenkeel/insight/sign"
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
	// Unasked says that none of the questions about the use and what lies beside
	// it was ever answered: no reason then says little.
	Unasked bool
}

// NoReason is the key of the sentence where nothing speaks for professional
// help.
func (s *Standing) NoReason() string {
	if s.Unasked {
		return "standing.reason.unasked"
	}
	return "standing.reason.none"
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
	answered := func(st screen.Standing) bool { return st.Last != nil }
	s.Unasked = !slices.ContainsFunc(s.Use, answered) && !slices.ContainsFunc(s.Beside, answered)
	s.Harder = harder(j, last)
	s.Reasons = reasons(j, now, last, s.Signs)
	return s
}
