package insight

import (
	"slices"
	"time"

	"github.com/evenkeel/evenkeel/insight/contrast"
	"github.com/evenkeel/evenkeel/insight/diary"
	"github.com/evenkeel/evenkeel/insight/trend"
	"github.com/evenkeel/evenkeel/journal"
)

// Most is how many sentences a month has at most.
const Most = 5

// Month is what there is to say.
type Month struct {
	// Days that are over, and how many of them are known.
	Days, Known int
	// Items are all sentences, waiting and silent ones among them, in the order of
	// the kinds.
	Items []Item
}

// Of reads a journal up to the day before now: today is not over.
func Of(j *journal.Journal, now time.Time) Month {
	days := diary.Read(j, now)
	l := &look{j: j, now: now, today: journal.DateOf(now), days: days, machine: contrast.Over(days), trend: trend.Of(j, now, 0)}
	if n := len(l.trend.Days); n > 0 && l.trend.Days[n-1].Partial {
		l.trend.Days = l.trend.Days[:n-1]
	}
	l.found = l.machine.Findings()
	m := Month{Days: l.machine.Days, Known: l.machine.Known}
	for _, of := range []func(*look) []Item{with, usual, gaps, creep, steadier, relief, fade, nextDay, varies, signs, life, money, body} {
		m.Items = append(m.Items, of(l)...)
	}
	if l.off() {
		m.Items = slices.DeleteFunc(m.Items, func(i Item) bool { return i.State == Waits && slices.Contains(ofDoses, i.Kind) })
	}
	return m
}

// ofDoses are the kinds that can only be said after more doses. To somebody who
// took none, nobody counts how many are missing.
var ofDoses = []Kind{With, Usual, Gaps, Relief, Fade, Varies}

// off reports that nothing was taken on the newest known day.
func (l *look) off() bool {
	for _, d := range slices.Backward(l.trend.Days) {
		if d.State != journal.DayUnknown {
			return d.State == journal.DayNone
		}
	}
	return false
}

// look is what the items are made from.
type look struct {
	j       *journal.Journal
	now     time.Time
	today   journal.Date
	days    []diary.Day
	machine *contrast.Machine
	found   []contrast.Finding
	trend   trend.Trend
}

// Said are the sentences of the page: the first of each kind, at most five.
func (m *Month) Said() []Item {
	var list []Item
	seen := map[Kind]bool{}
	for _, i := range m.Items {
		if i.State == Says && !seen[i.Kind] && len(list) < Most {
			seen[i.Kind] = true
			list = append(list, i)
		}
	}
	return list
}

// More are the other sentences that hold.
func (m *Month) More() []Item {
	said := m.Said()
	var list []Item
	for _, i := range m.Items {
		if i.State == Says && !slices.ContainsFunc(said, func(s Item) bool { return s.Kind == i.Kind && s.ID == i.ID }) {
			list = append(list, i)
		}
	}
	return list
}

// Waiting are the sentences that lack days, the first of each kind that says
// nothing yet.
func (m *Month) Waiting() []Item {
	var list []Item
	seen := map[Kind]bool{}
	for _, i := range m.Items {
		seen[i.Kind] = seen[i.Kind] || i.State == Says
	}
	for _, i := range m.Items {
		if i.State == Waits && !seen[i.Kind] {
			seen[i.Kind] = true
			list = append(list, i)
		}
	}
	return list
}
