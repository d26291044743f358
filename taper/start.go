package taper

import (
	"cmp"
	"math"
	"slices"
	"time"

	"github.com/evenkeel/evenkeel/journal"
)

// Taken is what a start rests on.
type Taken struct {
	// Days that are known of the last ones, and the amount a day over them: the
	// middle one.
	Days   int
	Middle float64
	// Others are doses of something else on those days, which the start leaves
	// out.
	Others int
	// Break says that such a day can be too much now; see AfterBreak.
	Break bool
}

// What a start takes from a journal. Assumed.
const (
	lookBack   = 14 // days before today
	fewestDays = 4  // known days that make a start
	mostDays   = 7  // the last known ones that count
)

// Begin is a start from the journal: the product that was taken most on the last
// known days, the middle amount a day, spread over the usual times. ok is false
// where it is not enough yet: fewer than four known days with doses, no product
// with a name, or units that cannot be added up; or where somebody is off it, see
// Off. grain is as in Start.
func Begin(j *journal.Journal, today journal.Date, grain float64) (s Start, ok bool) {
	if Off(j, today) {
		return Start{}, false
	}
	type day struct{ doses []*journal.Entry }
	var days []day
	count := map[key]int{}
	for n := 1; n <= lookBack && len(days) < mostDays; n++ {
		d := j.Day(today.Add(-n))
		if d.State != journal.DayDoses {
			continue // a day of which nothing is known, or one without any, is no habit
		}
		var one day
		for _, e := range d.Entries {
			if dose := e.Dose(); dose != nil {
				one.doses = append(one.doses, e)
				count[key{dose.Product, dose.ProductName, dose.Unit}]++
			}
		}
		days = append(days, one)
	}
	if len(days) < fewestDays || !(grain > 0) {
		return Start{}, false
	}
	best := most(count)
	if best.name == "" || best.unit == "" {
		return Start{}, false
	}
	s = Start{Product: best.product, ProductName: best.name, Unit: best.unit, Grain: grain, From: &Taken{Days: len(days)}}
	var totals []float64
	var counts []int
	var times [][]int
	var amounts [][]float64
	for _, d := range days {
		total := 0.0
		var at []int
		var each []float64
		for _, e := range d.doses {
			dose := e.Dose()
			if (key{dose.Product, dose.ProductName, dose.Unit}) != best {
				s.From.Others++
				continue
			}
			total += dose.Amount
			at = append(at, e.At.Hour()*60+e.At.Minute())
			each = append(each, dose.Amount)
		}
		slices.Sort(at)
		totals, counts, times, amounts = append(totals, total), append(counts, len(at)), append(times, at), append(amounts, each)
	}
	slices.Sort(totals)
	s.From.Middle = totals[(len(totals)-1)/2]
	n := slices.Clone(counts)
	slices.Sort(n)
	doses := n[(len(n)-1)/2]
	if doses == 0 || doses > MostDoses {
		return Start{}, false
	}
	// No more than was taken: a plan begins here, and never rises.
	s.Day = spread(int(math.Floor(s.From.Middle/grain+1e-9)), usualTimes(times, doses), usualAmounts(amounts, doses))
	s.From.Break = StartAfterBreak(j, &s, today)
	return s, s.Check() == nil
}

// Off reports that the newest known day of the last two weeks, today among them, is
// one on which nothing was taken, by somebody who wrote of doses before: a plan from
// those would begin above that.
func Off(j *journal.Journal, today journal.Date) bool {
	for n := range lookBack + 1 {
		switch j.Day(today.Add(-n)).State {
		case journal.DayNone:
			return slices.ContainsFunc(j.Between(time.Time{}, today.Time()), func(e *journal.Entry) bool { return e.Dose() != nil })
		case journal.DayDoses:
			return false
		}
	}
	return false
}

// key is what is added up together.
type key struct {
	product    journal.ID
	name, unit string
}

// most is the key that was counted most often; the first by name where two were.
func most(count map[key]int) key {
	var best key
	for k, n := range count {
		if n > count[best] || n == count[best] && cmp.Or(cmp.Compare(k.name, best.name), cmp.Compare(k.unit, best.unit), cmp.Compare(k.product.String(), best.product.String())) < 0 {
			best = k
		}
	}
	return best
}

// usualTimes are the middle times of the first, second, ... dose over the days
// that had so many; on the quarter hour, each later than the one before.
func usualTimes(days [][]int, n int) []int {
	out := make([]int, n)
	for i := range out {
		var at []int
		for _, d := range days {
			if len(d) == n {
				at = append(at, d[i])
			}
		}
		slices.Sort(at)
		minute := at[(len(at)-1)/2]
		if minute = minute / 15 * 15; i > 0 && minute <= out[i-1] {
			minute = out[i-1] + 15
		}
		out[i] = min(minute, 24*60-n+i)
	}
	return out
}

// usualAmounts are the middle amounts of the first, second, ... dose over the days
// that had so many.
func usualAmounts(days [][]float64, n int) []float64 {
	out := make([]float64, n)
	for i := range out {
		var each []float64
		for _, d := range days {
			if len(d) == n {
				each = append(each, d[i])
			}
		}
		slices.Sort(each)
		out[i] = each[(len(each)-1)/2]
	}
	return out
}

// spread shares grains out as the usual amounts are to each other, so that no
// dose of a plan's first day is a larger part of it than the person takes. What is
// left over goes to those that lack most, the earlier first.
func spread(grains int, minutes []int, usual []float64) Pattern {
	sum := 0.0
	for _, u := range usual {
		sum += u
	}
	share, lacks, left := make([]int, len(usual)), make([]float64, len(usual)), grains
	order := make([]int, len(usual))
	for i, u := range usual {
		exact := float64(grains) * u / sum
		share[i], order[i] = int(exact+1e-9), i
		lacks[i] = exact - float64(share[i])
		left -= share[i]
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(math.Round(lacks[b]*1e6), math.Round(lacks[a]*1e6)) })
	for _, i := range order[:left] {
		share[i]++
	}
	var p Pattern
	for i, m := range minutes {
		if share[i] > 0 {
			p = append(p, Dose{m, share[i]})
		}
	}
	return p
}
