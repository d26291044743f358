package plan

import "github.com/evenkeel/evenkeel/pkpd"

// Hardest is the day of a course on which the doses add most, by the upper end
// of what holds 8 in 10 draws, from day 1 on; how rough that day may be in all;
// and that end itself. The days on which chance alone is worst are not it.
func Hardest(c *pkpd.Course) (day int, level pkpd.Band, adds float64) {
	for d := 1; d < len(c.Doses); d++ {
		if c.Doses[d].High80 > adds+1e-9 {
			day, adds = d, c.Doses[d].High80
		}
	}
	if day > 0 {
		level = c.Levels[day]
	}
	return day, level, adds
}

// Least is what the doses must add, in points of 0 to 10, to be worth a day's
// name. Assumed.
const Least = 0.5
