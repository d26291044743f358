package contrast

import (
	"slices"

	"github.com/evenkeel/evenkeel/insight/confseq"
	"github.com/evenkeel/evenkeel/journal"
)

// Least is the smallest size worth a word, in points.
const Least = 0.5

// State is what may be said of a question.
type State string

// The states.
const (
	// Waiting needs more days that allow the contrast.
	Waiting State = "waiting"
	// Silent has the days, and nothing shows.
	Silent State = "silent"
	// Shows is said, with its size.
	Shows State = "shows"
	// Withdrawn was said once and does not show any more.
	Withdrawn State = "withdrawn"
	// Even is no difference worth a point either way.
	Even State = "even"
)

// Finding is a question with its answer.
type Finding struct {
	Question
	State State
	// Size is the estimate in points of the score, up for more of it; Low and High
	// the range that the days have not ruled out, infinite where they leave an end
	// open. The ratings of doses go to 4, all others to 10.
	Size, Low, High float64
	// Days are those it rests on; Need is how many more are wanted before anything
	// can be said.
	Days []journal.Date
	Need int
	// First is the day on which it was first shown; empty for never.
	First journal.Date
	// Main is the product that Product is about.
	Main journal.ID
	// On and Off are how many check-ins or doses stand on either side.
	On, Off int
}

// Findings are the answers, in the order of the list.
func (m *Machine) Findings() []Finding {
	list := make([]Finding, len(m.asked))
	for i := range m.asked {
		a := &m.asked[i]
		f := Finding{Question: a.Question, State: Silent, Days: slices.Clip(a.days), First: a.first, Need: max(0, a.seq.Wait+1-a.seq.Days)}
		for bin := range bins {
			f.Off, f.On = f.Off+a.sides[0][bin], f.On+a.sides[1][bin]
		}
		if a.Factor == Product {
			f.Main = m.main
		}
		f.Size = a.seq.Size()
		share := a.Share
		if a.Side() == confseq.Either || a.Watch {
			f.Low, f.High = a.seq.Interval(share)
		} else {
			// The lower end says no more than the question's own share allows.
			f.Low, f.High = a.seq.Interval(2 * share)
		}
		f.State = a.state(&f)
		if a.sign() < 0 {
			f.Size, f.Low, f.High = -f.Size, -f.High, -f.Low
		}
		list[i] = f
	}
	return list
}

func (a *asked) state(f *Finding) State {
	switch {
	case a.seq.Days <= a.seq.Wait:
		return Waiting
	case a.first != "" && (f.Low >= 0 || f.High <= 0):
		return Shows
	case a.first != "":
		return Withdrawn
	case f.Low > -Least && f.High < Least:
		return Even
	}
	return Silent
}
