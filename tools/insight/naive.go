package main

import (
	"math"

	"github.com/evenkeel/evenkeel/insight/diary"
	"github.com/evenkeel/evenkeel/pkpd"
)

// scores that the naive ways are tried on.
var scores = []diary.Score{diary.Mood, diary.Calm, diary.Energy, diary.Rough}

// things are what a day holds that other apps would set beside a mood; NaN for
// unknown.
func things(days []diary.Day, i int) [6]float64 {
	d := &days[i]
	if !d.Known {
		return [6]float64{math.NaN(), math.NaN(), math.NaN(), math.NaN(), math.NaN(), math.NaN()}
	}
	first, last := math.NaN(), math.NaN()
	if len(d.Doses) > 0 {
		first, last = d.Doses[0].Hour, d.Doses[len(d.Doses)-1].Hour
	}
	drank := math.NaN()
	if i > 0 && days[i-1].Known {
		drank = 0
		if days[i-1].Alcohol {
			drank = 1
		}
	}
	return [6]float64{float64(len(d.Doses)), first, last, drank, d.Sleep, float64(len(d.Checks))}
}

// pearson counts the pairs of a thing and a score whose plain correlation over
// the day means has p < 0.05; wrong those of doses and mood that are negative.
func pearson(days []diary.Day) (found int, doses float64) {
	for _, s := range scores {
		for t := range 6 {
			var x, y []float64
			for i := range days {
				a, b := things(days, i)[t], days[i].Mean(s)
				if !math.IsNaN(a) && !math.IsNaN(b) {
					x, y = append(x, a), append(y, b)
				}
			}
			r := correlation(x, y)
			if n := float64(len(x)); n > 10 && math.Abs(r)*math.Sqrt((n-2)/(1-r*r)) > 1.97 {
				found++
				if t == 0 && s == diary.Mood {
					doses = r
				}
			}
		}
	}
	return found, doses
}

func correlation(x, y []float64) float64 {
	n := float64(len(x))
	var mx, my, xx, yy, xy float64
	for i := range x {
		mx, my = mx+x[i]/n, my+y[i]/n
	}
	for i := range x {
		a, b := x[i]-mx, y[i]-my
		xx, yy, xy = xx+a*a, yy+b*b, xy+a*b
	}
	if xx == 0 || yy == 0 {
		return 0
	}
	return xy / math.Sqrt(xx*yy)
}

// threeAndThree says of some score that it was half a point apart on the first
// days after alcohol and after none, three of each and more, by day 30.
func threeAndThree(days []diary.Day) bool {
	for _, s := range scores {
		var sum, n [2]float64
		for i := 1; i < 30; i++ {
			v := days[i].Mean(s)
			if math.IsNaN(v) || !days[i-1].Known {
				continue
			}
			k := 0
			if days[i-1].Alcohol {
				k = 1
			}
			sum[k], n[k] = sum[k]+v, n[k]+1
		}
		if n[0] >= 3 && n[1] >= 3 && math.Abs(sum[0]/n[0]-sum[1]/n[1]) >= 0.5 {
			return true
		}
	}
	return false
}

// thirtyAndThirty says, on some day, that a median of the last 30 days is a tenth
// and more away from that of the 30 before, of doses a day or of a score.
func thirtyAndThirty(days []diary.Day) bool {
	figure := []func(*diary.Day) float64{func(d *diary.Day) float64 {
		if !d.Known {
			return math.NaN()
		}
		return float64(len(d.Doses))
	}}
	for _, s := range scores {
		figure = append(figure, func(d *diary.Day) float64 { return d.Mean(s) })
	}
	for _, of := range figure {
		for end := 60; end <= len(days); end += 7 {
			a, b := median(days[end-60:end-30], of), median(days[end-30:end], of)
			if a > 0 && math.Abs(b/a-1) >= 0.1 {
				return true
			}
		}
	}
	return false
}

func median(days []diary.Day, of func(*diary.Day) float64) float64 {
	var v []float64
	for i := range days {
		if x := of(&days[i]); !math.IsNaN(x) {
			v = append(v, x)
		}
	}
	if len(v) < 15 {
		return math.NaN()
	}
	return pkpd.Quantile(v, 0.5)
}
