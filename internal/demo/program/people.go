// Package program makes up a program with people who share with it, for trying a desk
// without anybody, and for measuring one at the size of thousands. It stands beside
// package demo, which a browser loads. Nobody in it exists.
package program

import (
	"math/rand/v2"
	"time"

	"github.com/evenkeel/evenkeel/care"
	"github.com/evenkeel/evenkeel/internal/locale"
	"github.com/evenkeel/evenkeel/journal"
)

// People are how many a desk for trying shows: one of each course, and so one of
// each reason to look at somebody.
const People = 12

// sharedDays is how far back the made-up shares reach.
const sharedDays = 90

// course is how somebody's last weeks went, as far as it makes a difference to who
// looks at a list.
type course struct {
	// rough is how rough days are, 0 to 10, and lately what they became within the
	// last week.
	rough, lately float64
	// silent is since how many days there is no check-in; known the share of days
	// with one before that.
	silent int
	known  float64
	// anxious are the scores of GAD-7, every four weeks, the last one lately.
	anxious []int
	// over of the last days were over the plan; -1 where there is no plan.
	over int
	// until is in how many days the consent ends.
	until int
	flag  string
	parts []string
	state string // waiting, ended; empty for one that holds
}

// The states of a share beside that it holds.
const (
	waiting = "waiting"
	ended   = "ended"
)

// steady is somebody of whom there is nothing to say.
var steady = course{rough: 3, lately: 2.5, known: 0.95, anxious: []int{6, 5, 5}, over: 0, until: 150, parts: everything}

var everything = journal.SharedParts

var courses = []course{
	{rough: 4, lately: 4.5, known: 0.9, anxious: []int{12, 11, 13}, over: 1, until: 160, flag: "self_harm", parts: everything},
	{rough: 3, lately: 6.5, known: 0.95, anxious: []int{8, 9, 9}, over: 2, until: 100, parts: everything},
	{rough: 4, lately: 4, silent: 11, known: 0.85, anxious: []int{7, 8}, over: -1, until: 90, parts: everything},
	{rough: 4, lately: 4, known: 0.8, anxious: []int{6, 7, 13}, over: -1, until: 120, parts: []string{"contact", "scores", "answers", "trends"}},
	{rough: 5, lately: 5, known: 0.9, anxious: []int{10, 10, 9}, over: 6, until: 75, parts: everything},
	{rough: 3, lately: 3, known: 0.9, anxious: []int{5, 4, 5}, over: 0, until: 9, parts: everything},
	{state: waiting},
	{state: ended},
	steady,
	{known: 0.9, rough: 4, lately: 4, until: 60, over: -1, parts: []string{"contact"}},
	{rough: 7, lately: 3, known: 0.9, anxious: []int{15, 11, 9}, over: 0, until: 140, parts: everything},
	{rough: 5, lately: 5, known: 0.12, silent: 1, over: -1, until: 45, parts: []string{"contact", "trends", "flags"}, flag: "mixing"},
}

// names are those that people gave to a program. None of them is anybody.
var names = []string{"Alma R", "Bruno K", "Carla M", "Devon T", "Elsa P", "Farid N", "Greta L", "Hugo S", "Ines V", "Jonas B", "Kaya D", "Luis F"}

// mostWaiting is how many of the people at most have a share of which nothing came:
// a desk takes in no more than some, whoever sends them.
const mostWaiting = 100

// Shares are what a program has of n made-up people at now, in the words of c. The
// same seed and time give the same people; every twelve have each course once.
func Shares(c *locale.Catalogue, seed uint64, now time.Time, n int) []care.Received {
	list := make([]care.Received, n)
	for i := range list {
		list[i] = shareOf(c, seed, now, i).received(i)
	}
	return list
}

// shareOf is the share of one of the people.
func shareOf(c *locale.Catalogue, seed uint64, now time.Time, i int) *share {
	how := &courses[i%len(courses)]
	if how.state == waiting && i/len(courses) >= mostWaiting {
		how = &steady
	}
	return &share{seed: seed, c: c, rng: rand.New(rand.NewPCG(seed, uint64(i))), now: now, today: journal.DateOf(now), course: how}
}
