package instrument

import (
	"errors"
	"fmt"
	"slices"
)

// Answers are the values given, by item. An item that is not there was left
// out, which is not zero.
type Answers map[string]int

// Score is what one scoring makes of answers.
type Score struct {
	ID string
	// Known says that every item was answered that the score needs; else
	// Missing names those that were not, and there is no value and no band.
	Known   bool
	Missing []string
	Value   float64
	Band    string // the id of a band, "" for none
}

// The reasons why answers are refused.
var (
	ErrNoItem  = errors.New("the questionnaire has no such question")
	ErrNoValue = errors.New("this cannot be answered to the question")
	ErrShut    = errors.New("the question is not asked after the answer before it")
)

// AnswerError says which item is wrong; it wraps one of the reasons above.
type AnswerError struct {
	Item   string
	Value  int
	Reason error
}

// Error is for developers; people read a text of the catalogue.
func (e *AnswerError) Error() string {
	return fmt.Sprintf("item %s, answer %d: %v", e.Item, e.Value, e.Reason)
}

// Unwrap is the reason.
func (e *AnswerError) Unwrap() error { return e.Reason }

// Check refuses answers to items that are not there or were not to be asked,
// and values that the item does not have: a pulse of COWS is 0, 1, 2 or 4.
func (in *Instrument) Check(a Answers) error {
	for _, i := range in.Items {
		v, ok := a[i.ID]
		switch {
		case !ok:
		case !slices.Contains(in.Values(i), v):
			return &AnswerError{i.ID, v, ErrNoValue}
		case !i.When.Open(a):
			return &AnswerError{i.ID, v, ErrShut}
		}
	}
	for id, v := range a {
		if _, ok := in.Item(id); !ok {
			return &AnswerError{id, v, ErrNoItem}
		}
	}
	return nil
}

// Score makes every score of the instrument, in its order. The answers must
// pass Check.
func (in *Instrument) Score(a Answers) []Score {
	scores := make([]Score, len(in.Scores))
	for i := range in.Scores {
		scores[i] = in.score(&in.Scores[i], a)
	}
	return scores
}

func (in *Instrument) score(s *Scoring, a Answers) Score {
	r := Score{ID: s.ID}
	if s.Gate != nil {
		if _, answered := a[s.Gate.Item]; !answered {
			r.Missing = []string{s.Gate.Item}
			return r
		}
		if !s.Gate.Open(a) {
			r.Known, r.Band = true, s.band(0)
			return r
		}
	}
	if s.Except != nil {
		if _, answered := a[s.Except.When.Item]; !answered {
			r.Missing = []string{s.Except.When.Item}
		}
	}
	sum, n := 0, 0
	for _, id := range s.Items {
		if s.Except != nil && s.Except.When.Open(a) && slices.Contains(s.Except.Items, id) {
			continue
		}
		item, _ := in.Item(id)
		v, ok := a[id]
		switch {
		case !ok && !in.asked(item, a):
			v = in.lowest(item) // a question that need not be asked has its answer
		case !ok:
			r.Missing = append(r.Missing, id)
			continue
		}
		if item.Reverse {
			v = in.lowest(item) + in.highest(item) - v
		}
		if s.How == "count" {
			if v >= s.Least {
				sum++
			}
		} else {
			sum += v
		}
		n++
	}
	if len(r.Missing) > 0 {
		return r
	}
	r.Known, r.Value = true, float64(sum)
	if s.How == "mean" {
		r.Value /= float64(n)
	}
	r.Band = s.band(r.Value)
	return r
}

// asked reports that an item is open, or that its gate is still unanswered.
func (in *Instrument) asked(i Item, a Answers) bool {
	if i.When == nil {
		return true
	}
	_, answered := a[i.When.Item]
	return !answered || i.When.Open(a)
}

func (in *Instrument) lowest(i Item) int  { return slices.Min(in.Values(i)) }
func (in *Instrument) highest(i Item) int { return slices.Max(in.Values(i)) }

func (s *Scoring) band(value float64) string {
	if s.Bands == nil {
		return ""
	}
	for _, b := range s.Bands.Ranges {
		if float64(b.From) <= value && value <= float64(b.To) {
			return b.ID
		}
	}
	return ""
}

// Asked are the items to ask for, given what was answered so far, in order.
func (in *Instrument) Asked(a Answers) []Item {
	var list []Item
	for _, i := range in.Items {
		if i.When.Open(a) {
			list = append(list, i)
		}
	}
	return list
}

// Prune takes out answers to items that a changed answer has closed.
func (in *Instrument) Prune(a Answers) {
	for {
		shut := false
		for _, i := range in.Items {
			if _, ok := a[i.ID]; ok && !i.When.Open(a) {
				delete(a, i.ID)
				shut = true
			}
		}
		if !shut {
			return
		}
	}
}

// Dangers are the signs of package safety that the answers bring up, in the
// order of the items, whatever the score and however much is unanswered.
func (in *Instrument) Dangers(a Answers) []string {
	var list []string
	for _, i := range in.Items {
		if v, ok := a[i.ID]; ok && i.Danger != "" && v >= i.DangerFrom && !slices.Contains(list, i.Danger) {
			list = append(list, i.Danger)
		}
	}
	return list
}

// Changed says how a score moved against an earlier one.
type Changed int

// A change is shown as one only when it is more than the published threshold.
const (
	Unclear   Changed = iota // no threshold is published, or a score is unknown
	Unchanged                // within what chance alone does
	Lighter
	Heavier
)

// String is the name in answers of commands.
func (c Changed) String() string { return [...]string{"unclear", "same", "lighter", "heavier"}[c] }

// Changed compares two scores of the same scoring by the published threshold.
func (s *Scoring) Changed(before, now Score) Changed {
	if s.Change == nil || !before.Known || !now.Known {
		return Unclear
	}
	need := s.Change.Points
	if s.Change.Share > 0 {
		need = s.Change.Share * before.Value
	}
	diff := now.Value - before.Value
	switch {
	case need <= 0:
		return Unclear
	case diff > -need && diff < need:
		return Unchanged
	case (diff < 0) == (s.Better == "low"):
		return Lighter
	}
	return Heavier
}
