package main

import (
	"math"
	"runtime"
	"sync"

	"github.com/evenkeel/evenkeel/insight/contrast"
	"github.com/evenkeel/evenkeel/insight/diary"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/tools/insight/people"
)

// halfYear is how many days everybody is followed, looked at on every one.
const halfYear = 180

// outcome is what one person was shown by the machine.
type outcome struct {
	// first is the day on which each question was first shown, 0 for never; size
	// the estimate at the end, once it shows or not.
	first map[string]int
	size  map[string]float64
	// outside says that the range of a lift ever left the planted size out, over
	// that it ever lay above it, in daily looks.
	outside, over map[string]bool
	days          []diary.Day
}

// follow lives a person's half year through the machine.
func follow(k people.Kind, seed uint64, who int, see func(*people.Person, *diary.Day)) outcome {
	p, m := people.New(k, seed, uint64(who)), contrast.New()
	o := outcome{first: map[string]int{}, size: map[string]float64{}, outside: map[string]bool{}, over: map[string]bool{}}
	index := map[journal.Date]int{}
	for n := 1; n <= halfYear; n++ {
		d := p.Live()
		index[d.Date] = n
		o.days = append(o.days, d)
		if see != nil {
			see(p, &d)
		}
		m.Take(&d)
		if k.Lift > 0 && n%3 == 0 {
			o.cover(m, k.Lift)
		}
	}
	for _, f := range m.Findings() {
		if f.First != "" {
			o.first[f.ID()] = index[f.First]
		}
		o.size[f.ID()] = f.Size
	}
	return o
}

// cover looks whether the ranges of the lifts hold what was planted.
func (o *outcome) cover(m *contrast.Machine, truth float64) {
	for _, f := range m.Findings() {
		if f.Kind != contrast.Lift {
			continue
		}
		low, high := f.Low, f.High
		if f.Score == diary.Pain {
			low, high = -f.High, -f.Low
		}
		o.outside[f.ID()] = o.outside[f.ID()] || truth < low || truth > high
		o.over[f.ID()] = o.over[f.ID()] || truth < low
	}
}

// each runs n people on all processors, in an order that decides nothing.
func each[T any](n int, one func(who int) T) []T {
	out := make([]T, n)
	var wait sync.WaitGroup
	next := make(chan int)
	for range runtime.GOMAXPROCS(0) {
		wait.Go(func() {
			for who := range next {
				out[who] = one(who)
			}
		})
	}
	for who := range n {
		next <- who
	}
	close(next)
	wait.Wait()
	return out
}

// share is how many of some hold something, with its standard error, in percent.
type share struct {
	k, n int
}

func (s *share) add(hit bool) {
	s.n++
	if hit {
		s.k++
	}
}

func (s share) percent() float64 { return 100 * float64(s.k) / float64(max(1, s.n)) }

func (s share) se() float64 {
	p := s.percent() / 100
	return 100 * math.Sqrt(p*(1-p)/float64(max(1, s.n)))
}
