package plan

import (
	"math"

	"github.com/evenkeel/evenkeel/journal"
)

// Felt is how sleep and mood were in the first seven days of a plan and in the
// last seven, today with them: the mean over the days that have an answer. It
// stands beside what the plan did and says nothing of why.
type Felt struct{ Sleep, Mood Pair }

// Pair is a figure then and now, and on how many days it was answered.
type Pair struct {
	Then, Now         float64
	ThenDays, NowDays int
}

// Known reports that there is enough on both sides.
func (p Pair) Known() bool { return p.ThenDays >= fewestFelt && p.NowDays >= fewestFelt }

const (
	feltDays   = 7
	fewestFelt = 3 // of seven, to be worth a mean; assumed
)

// feltOf looks at both weeks; they must not overlap.
func feltOf(j *journal.Journal, p *journal.Plan, today journal.Date) Felt {
	if p.Begins.DaysUntil(today) < 2*feltDays-1 {
		return Felt{}
	}
	var out Felt
	out.Sleep.Then, out.Sleep.ThenDays, out.Mood.Then, out.Mood.ThenDays = week(j, p.Begins)
	out.Sleep.Now, out.Sleep.NowDays, out.Mood.Now, out.Mood.NowDays = week(j, today.Add(1-feltDays))
	return out
}

// week is the mean of each day's mean.
func week(j *journal.Journal, first journal.Date) (sleep float64, nights int, mood float64, days int) {
	var slept, moods []float64
	for n := range feltDays {
		var hours, of []float64
		for _, e := range j.On(first.Add(n)) {
			c := e.CheckIn()
			if c == nil {
				continue
			}
			if c.SleepHours != nil {
				hours = append(hours, *c.SleepHours)
			}
			if c.Mood != nil {
				of = append(of, float64(*c.Mood))
			}
		}
		if len(hours) > 0 {
			slept = append(slept, mean(hours))
		}
		if len(of) > 0 {
			moods = append(moods, mean(of))
		}
	}
	return mean(slept), len(slept), mean(moods), len(moods)
}

func mean(list []float64) float64 {
	sum := 0.0
	for _, v := range list {
		sum += v
	}
	if len(list) == 0 {
		return 0
	}
	return math.Round(10*sum/float64(len(list))) / 10
}
