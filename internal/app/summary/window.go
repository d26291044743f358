package summary

import (
	"slices"

	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/pkpd"
)

// window is the whole days before today: today is not over. It begins with the
// journal where that is younger.
type window struct {
	// asked is how many days were asked for, days are those that there are, the
	// oldest first.
	asked int
	days  []journal.Day
}

// window looks back n days.
func (l *look) window(n int) window {
	w := window{asked: n}
	first, ok := l.first()
	if !ok {
		return w
	}
	for day := l.today().Add(-n); day < l.today(); day = day.Add(1) {
		if day >= first {
			w.days = append(w.days, l.j.Day(day))
		}
	}
	return w
}

// recent are the entries of the last n days of the calendar, today among them.
func (l *look) recent(n int) []*journal.Entry {
	near := l.j.Between(l.now.AddDate(0, 0, -n-1), l.now.AddDate(0, 0, 2))
	return slices.DeleteFunc(near, func(e *journal.Entry) bool {
		day := journal.DateOf(e.At)
		return day <= l.today().Add(-n) || day > l.today()
	})
}

// title is the heading of a column about the window.
func (l *look) title(w window) string {
	if len(w.days) == w.asked || len(w.days) == 0 {
		return l.T("summary.last_days", "n", w.asked)
	}
	return l.T("summary.since_days", "n", len(w.days))
}

// known are the days of which it was written how much was taken, zeros among
// them.
func (w window) known() []journal.Day {
	return slices.DeleteFunc(slices.Clone(w.days), func(d journal.Day) bool { return d.State == journal.DayUnknown })
}

// count counts the days of a state.
func (w window) count(s journal.DayState) int {
	n := 0
	for _, d := range w.days {
		if d.State == s {
			n++
		}
	}
	return n
}

// Spread is the middle of some figures, and the lowest and highest of them.
type Spread struct {
	Median float64 `json:"median"`
	Low    float64 `json:"low"`
	High   float64 `json:"high"`
	// N counts the figures.
	N int `json:"n"`
}

// spreadOf is nil when there is no figure.
func spreadOf(v []float64) *Spread {
	if len(v) == 0 {
		return nil
	}
	return &Spread{Median: pkpd.Quantile(v, 0.5), Low: slices.Min(v), High: slices.Max(v), N: len(v)}
}

// rounded is the spread through a rounding.
func (s *Spread) rounded(by func(float64) float64) *Spread {
	if s == nil {
		return nil
	}
	return &Spread{by(s.Median), by(s.Low), by(s.High), s.N}
}

// spread says a spread: the middle, and the range in brackets.
func (l *look) spread(s *Spread) string {
	switch {
	case s == nil:
		return l.T("summary.not_known")
	case s.Low == s.High:
		return l.Number(s.Median)
	}
	return l.T("summary.spread", "mid", s.Median, "low", s.Low, "high", s.High)
}
