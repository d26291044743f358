package say

import "math"

// Moment is what a curve holds at one time of the hours around now.
type Moment struct {
	// Low and High hold the middle 80 % of what acts on the body, as a share of
	// each body's own usual peak.
	Low, High float64
	// Usual says that there are days enough to have a usual.
	Usual bool
	// Missing says that most of the day before has no entry, or that another
	// opioid was logged in the last week: nothing mild may be said.
	Missing bool
	// None says that both levels in blood are below what a laboratory can put a
	// number on.
	None bool
	// Turn is how it goes on from here.
	Turn Turn
}

// Turn is the direction of a curve at a moment.
type Turn string

// The directions.
const (
	Rising  Turn = "rising"
	Falling Turn = "falling"
	Top     Turn = "top" // neither before nor after it is higher
)

// What a share of the usual peak is called. Our choice.
const (
	abovePeak = 1.1
	nearLow   = 0.8
	nearHigh  = 1.25
	halfLow   = 0.4
	halfHigh  = 0.6
	farBelow  = 0.33
	tellsWide = 0.6 // a wider band is no comparison
)

// AtMoment is one row of what may be said of a moment.
type AtMoment struct {
	Key, When string
	Holds     func(Moment) bool
	Args      func(Moment) []any
}

// Moments is the table of what may be said of a moment: the first row whose
// condition holds.
var Moments = []AtMoment{
	{"say.at.coming", "less in blood than a laboratory can measure, and rising", func(m Moment) bool { return m.None && m.Turn == Rising }, nil},
	{"say.at.none", "the same, not rising, and nothing is missing", func(m Moment) bool { return m.None && !m.Missing }, nil},
	{"say.at.missing", "most of the day before has no entry, or another opioid was logged in the last week", func(m Moment) bool { return m.Missing }, turn},
	{"say.at.turn", "fewer than three days of use to compare with", func(m Moment) bool { return !m.Usual }, turn},
	{"say.at.above", "80 % band of the share begins at 1.1 of the usual peak or more", func(m Moment) bool { return m.Low >= abovePeak }, turn},
	{"say.at.near", "it lies within 0.8 and 1.25", func(m Moment) bool { return m.Low >= nearLow && m.High <= nearHigh }, turn},
	{"say.at.half", "it lies within 0.4 and 0.6", func(m Moment) bool { return m.Low >= halfLow && m.High <= halfHigh }, turn},
	{"say.at.far", "it ends at a third or less", func(m Moment) bool { return m.High <= farBelow }, turn},
	{"say.at.share", "it is at most 0.6 wide", func(m Moment) bool { return m.High-m.Low <= tellsWide },
		func(m Moment) []any {
			return append([]any{"low", tens(m.Low), "high", max(tens(m.High), tens(m.Low)+10)}, turn(m)...)
		}},
	{"say.at.wide", "otherwise", func(Moment) bool { return true }, turn},
}

// At is what may be said of a moment.
func At(m Moment) Said {
	for _, row := range Moments {
		if row.Holds(m) {
			s := Said{Key: row.Key}
			if row.Args != nil {
				s.Args = row.Args(m)
			}
			return s
		}
	}
	return Said{}
}

func turn(m Moment) []any { return []any{"turn", word("turn." + string(m.Turn))} }

// tens is a share in per cent, to the nearest ten.
func tens(share float64) float64 { return 10 * math.Round(10*share) }
