package insight

import (
	"math"

	"github.com/evenkeel/evenkeel/journal"
)

// Kind is what an item is about.
type Kind string

// The kinds, in the order in which a month tells them.
const (
	With     Kind = "with"     // with and without
	Usual    Kind = "usual"    // above usual, or back to it
	Gaps     Kind = "gaps"     // longer gaps
	Creep    Kind = "creep"    // amount, doses, gap, mg 7-OH over the weeks
	Steadier Kind = "steadier" // after cutting down
	Relief   Kind = "relief"   // reason, dose, helped
	Fade     Kind = "fade"     // does the relief fade
	NextDay  Kind = "next_day" // alcohol and short nights
	Varies   Kind = "varies"   // product, time of day, purpose
	Signs    Kind = "signs"    // warning signs, counted
	Life     Kind = "life"     // parts of life
	Money    Kind = "money"    // what it cost
	Body     Kind = "body"     // hair and other changes
)

// Kinds are all of them.
var Kinds = []Kind{With, Usual, Gaps, Creep, Steadier, Relief, Fade, NextDay, Varies, Signs, Life, Money, Body}

// State is whether an item says something.
type State string

// The states.
const (
	Says State = "says"
	// Waits lacks days: its sentence says how many, and of what kind.
	Waits State = "waits"
	// Silent has the days, and nothing shows.
	Silent State = "silent"
)

// Item is one sentence with what it rests on.
type Item struct {
	Kind Kind
	// ID names the item within its kind, for programs, links and dismissing.
	ID    string
	State State
	// Says is the sentence; Cannot is what it cannot tell, without a key where
	// there is nothing of it.
	Says, Cannot journal.Phrase
	// Size, Low and High are the number and its likely range, NaN where the
	// sentence has none; infinite ends are left open by the days.
	Size, Low, High float64
	// Days are those it rests on, the earliest first.
	Days []journal.Date
	// Plot is what a small picture shows.
	Plot Plot
}

// Plot are figures by the day or the week.
type Plot struct {
	// Unit is a key of the catalogue for what they count.
	Unit   string
	Points []Point
	// Across is a figure of the person's own to compare with; NaN for none.
	Across float64
}

// Point is one figure; To is the day after its last.
type Point struct {
	From, To journal.Date
	Value    float64
}

func item(k Kind, id string) Item {
	return Item{Kind: k, ID: id, State: Silent, Size: math.NaN(), Low: math.NaN(), High: math.NaN(), Plot: Plot{Across: math.NaN()}}
}

// waits is an item that lacks n of something.
func waits(k Kind, id, key string, n int, args ...any) Item {
	i := item(k, id)
	i.State = Waits
	i.Says = journal.Phrase{Key: key, Args: append([]any{"n", max(1, n)}, args...)}
	return i
}

// half rounds to half points, away from nothing.
func half(v float64) float64 { return math.Round(2*v) / 2 }
