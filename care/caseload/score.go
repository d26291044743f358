package caseload

import (
	"cmp"
	"slices"

	"github.com/evenkeel/evenkeel/care"
	"github.com/evenkeel/evenkeel/instrument"
	"github.com/evenkeel/evenkeel/journal"
)

// ScoreLook is how one score of a questionnaire moved.
type ScoreLook struct {
	Instrument string       `json:"instrument"`
	Name       string       `json:"name"`
	Day        journal.Date `json:"day"`
	Value      float64      `json:"value"`
	Said       string       `json:"said"`
	// Before is the score that it is compared with, the one before or the first;
	// empty where there is none.
	BeforeDay journal.Date `json:"before_day,omitempty"`
	Before    float64      `json:"before"`
	// Changed says how it moved by the published change of the instrument.
	Changed instrument.Changed `json:"-"`
}

type series struct{ instrument, name string }

// scores looks at the newest score of each kind against the one before, and where
// that did not move, against the first that is shared.
func (l *look) scores() {
	if l.p.Scores == nil {
		l.unknown("scores")
		return
	}
	l.ScoresShared = true
	if len(l.p.Scores) == 0 {
		l.unknown("scores.none")
		return
	}
	var order []series
	by := map[series][]care.Score{}
	for _, s := range l.p.Scores {
		if s.Value == nil || !valid(s.Day) {
			continue
		}
		k := series{s.Instrument, s.Name}
		if by[k] == nil {
			order = append(order, k)
		}
		by[k] = append(by[k], s)
	}
	for _, k := range order {
		l.score(k, by[k])
	}
}

func (l *look) score(k series, list []care.Score) {
	slices.SortStableFunc(list, func(a, b care.Score) int { return cmp.Compare(a.Day, b.Day) })
	newest := list[len(list)-1]
	s := ScoreLook{Instrument: k.instrument, Name: k.name, Day: newest.Day, Value: *newest.Value, Said: newest.Said}
	defer func() { l.Scores = append(l.Scores, s) }()
	in, rule := scoring(k, newest.Version)
	if rule == nil {
		return
	}
	// Answers to other items are another score.
	list = slices.DeleteFunc(list, func(o care.Score) bool { return o.Version != newest.Version })
	if len(list) < 2 {
		return
	}
	for _, from := range []care.Score{list[len(list)-2], list[0]} {
		s.BeforeDay, s.Before = from.Day, *from.Value
		s.Changed = rule.Changed(known(from), known(newest))
		if s.Changed == instrument.Lighter || s.Changed == instrument.Heavier {
			break
		}
	}
	kind := map[instrument.Changed]Kind{instrument.Heavier: ScoreHeavier, instrument.Lighter: ScoreLighter}[s.Changed]
	if kind == "" || between(s.Day, l.today) > theLines().Score.Newest {
		return
	}
	l.add(kind, k.instrument+"/"+k.name+"/"+string(s.Day), -dayNumber(s.Day), string(kind),
		"asked", journal.Questionnaire(in.ID), "before", s.Before, "before_day", s.BeforeDay, "value", s.Value, "day", s.Day, "top", rule.High)
}

// scoring is how a score is made here; nil for one that this release does not know.
func scoring(k series, version int) (*instrument.Instrument, *instrument.Scoring) {
	in, ok := instrument.Find(k.instrument)
	if !ok || in.Version != version {
		return nil, nil
	}
	at := slices.IndexFunc(in.Scores, func(s instrument.Scoring) bool { return s.ID == k.name })
	if at < 0 {
		return nil, nil
	}
	return in, &in.Scores[at]
}

func known(s care.Score) instrument.Score {
	return instrument.Score{ID: s.Name, Known: true, Value: *s.Value}
}
