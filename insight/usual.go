package insight

import (
	"math"

	"github.com/evenkeel/evenkeel/insight/contrast"
	"github.com/evenkeel/evenkeel/insight/diary"
	"github.com/evenkeel/evenkeel/journal"
)

// beforeDoses is how many check-ins in the hour before a dose are wanted.
const beforeDoses = 20

// usual tells, where the hours after a dose are better than others, whether they
// are above the person's own usual or back to it. It is only asked where with and
// without has shown something, so that it can be false no more often.
func usual(l *look) []Item {
	by := map[contrast.Kind]map[diary.Score]contrast.Finding{}
	for _, f := range l.found {
		if by[f.Kind] == nil {
			by[f.Kind] = map[diary.Score]contrast.Finding{}
		}
		by[f.Kind][f.Score] = f
	}
	var list []Item
	for _, s := range []diary.Score{diary.Mood, diary.Calm, diary.Energy, diary.Pain} {
		if by[contrast.Lift][s].State != contrast.Shows {
			continue
		}
		before, after := by[contrast.Before][s], by[contrast.After][s]
		if before.On < beforeDoses {
			list = append(list, waits(Usual, s.String(), "insight.need.usual", beforeDoses-before.On))
			continue
		}
		i := item(Usual, s.String())
		dip, lift := towards(before), towards(after)
		i.Size, i.Low, i.High, i.Days = after.Size, after.Low, after.High, before.Days
		args := []any{"score", score(after), "before", math.Abs(half(before.Size)), "after", math.Abs(half(after.Size)), "n", len(before.Days)}
		switch {
		case lift.low > contrast.Least:
			i.State, i.Says = Says, journal.Phrase{Key: "insight.usual.above." + s.String(), Args: args}
		case dip.high < -contrast.Least && lift.high < contrast.Least:
			i.State, i.Says = Says, journal.Phrase{Key: "insight.usual.back." + s.String(), Args: args}
		}
		if i.State == Says {
			n, rise := l.passing(s)
			i.Cannot = journal.Phrase{Key: "insight.cannot.usual", Args: []any{"n", n, "rise", half(rise)}}
			if n == 0 {
				i.Cannot = journal.Phrase{Key: "insight.cannot.usual_none"}
			}
			i.Plot = l.daily(s)
		}
		list = append(list, i)
	}
	return list
}

type span struct{ low, high float64 }

// towards turns a range so that better is up.
func towards(f contrast.Finding) span {
	if f.Score == diary.Pain {
		return span{-f.High, -f.Low}
	}
	return span{f.Low, f.High}
}

const (
	lowBy     = 1.5 // points under the own mean are a low moment
	passHours = 6.
)

// passing counts the low moments that no dose followed before the next check-in
// of the day, within some hours, and how far they rose.
func (l *look) passing(s diary.Score) (n int, rise float64) {
	var sum, count float64
	for i := range l.days {
		if v := l.days[i].Mean(s); !math.IsNaN(v) {
			sum, count = sum+v, count+1
		}
	}
	sign := 1.0
	if s == diary.Pain {
		sign = -1
	}
	for i := range l.days {
		c := l.days[i].Checks
		for k := 0; k+1 < len(c); k++ {
			gap := c[k+1].At - c[k].At
			a, b := c[k].Score[s], c[k+1].Score[s]
			if math.IsNaN(a) || math.IsNaN(b) || gap > passHours || c[k].Until < gap || sign*(a-sum/count) > -lowBy {
				continue
			}
			n++
			rise += sign * (b - a)
		}
	}
	if n > 0 {
		rise /= float64(n)
	}
	return n, rise
}
