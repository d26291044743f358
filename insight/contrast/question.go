package contrast

import (
	"slices"

	"github.com/evenkeel/evenkeel/insight/confseq"
	"github.com/evenkeel/evenkeel/insight/diary"
	"github.com/evenkeel/evenkeel/journal"
)

// Kind is what a question compares.
type Kind string

// The kinds.
const (
	// Lift compares the hours after a dose with later ones of the same day.
	Lift Kind = "lift"
	// Before and After ask how far the hour before a dose, and the hours after,
	// lie from the mean of all check-ins of the same day.
	Before Kind = "before"
	After  Kind = "after"
	// Gap compares long after a dose with soon after.
	Gap Kind = "gap"
	// Alcohol compares days after one with alcohol with others, Sleep days after a
	// short night.
	Alcohol Kind = "alcohol"
	Sleep   Kind = "sleep"
	// Helped compares how much a dose helped, Felt how it was after it.
	Helped Kind = "helped"
	Felt   Kind = "felt"
)

// Factor is what tells the two sides of Helped and Felt apart.
type Factor string

// The factors. A reason is one by its own name.
const (
	None    Factor = ""
	Product Factor = "product" // the product taken most in the beginning
	Morning Factor = "morning" // before noon
	Evening Factor = "evening" // from six
)

// Question is one question of the list.
type Question struct {
	Kind   Kind
	Score  diary.Score // of a check-in; nothing for Helped
	Factor Factor
	// Share of people who may ever be told something false by it.
	Share float64
	// Watch marks a range that is never said by itself.
	Watch bool
}

// ID names the question in answers for programs.
func (q Question) ID() string {
	switch q.Kind {
	case Helped:
		return string(q.Kind) + "-" + string(q.Factor)
	case Felt:
		return string(q.Kind) + "-" + string(q.Factor) + "-" + q.Score.String()
	}
	return string(q.Kind) + "-" + q.Score.String()
}

// Side is the direction the question is asked in.
func (q Question) Side() confseq.Side {
	if q.Kind == Lift || q.Kind == Gap {
		return confseq.Above
	}
	return confseq.Either
}

// sign turns a score so that the direction asked for is up: less pain is a lift.
func (q Question) sign() float64 {
	if q.Kind == Lift && q.Score == diary.Pain {
		return -1
	}
	return 1
}

// The shares, which sum to 0.20 over the list. Those of lift are larger because
// it is the question people come with, and needs the days.
const (
	liftShare   = 0.015
	usualShare  = 0.0025
	gapShare    = 0.015
	dayShare    = 0.006
	variesShare = 0.0042
)

// reasons that a dose may be compared by.
var reasons = []journal.Reason{"pain", "mood", "energy", "withdrawal"}

// List is every question there is.
var List = list()

func list() []Question {
	var l []Question
	for _, s := range []diary.Score{diary.Mood, diary.Calm, diary.Energy, diary.Pain} {
		l = append(l, Question{Kind: Lift, Score: s, Share: liftShare},
			Question{Kind: Before, Score: s, Share: usualShare, Watch: true}, Question{Kind: After, Score: s, Share: usualShare, Watch: true})
	}
	for _, s := range []diary.Score{diary.Rough, diary.Craving} {
		l = append(l, Question{Kind: Gap, Score: s, Share: gapShare})
	}
	for _, s := range []diary.Score{diary.Mood, diary.Calm, diary.Energy, diary.Rough} {
		l = append(l, Question{Kind: Alcohol, Score: s, Share: dayShare}, Question{Kind: Sleep, Score: s, Share: dayShare})
	}
	for _, f := range []Factor{Product, Morning, Evening} {
		l = append(l, Question{Kind: Helped, Factor: f, Share: variesShare})
	}
	for _, r := range reasons {
		l = append(l, Question{Kind: Helped, Factor: Factor(r), Share: variesShare})
	}
	for _, s := range []diary.Score{diary.Mood, diary.Calm, diary.Energy} {
		l = append(l, Question{Kind: Felt, Factor: Product, Score: s, Share: variesShare})
	}
	return l
}

// gives reports that a dose was taken for a reason.
func gives(d *diary.Dose, f Factor) bool { return slices.Contains(d.Reasons, journal.Reason(f)) }
