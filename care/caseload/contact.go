package caseload

import (
	"cmp"
	"math/bits"
	"slices"
	"strconv"

	"github.com/evenkeel/evenkeel/care"
	"github.com/evenkeel/evenkeel/journal"
)

// ContactLook is when somebody last wrote.
type ContactLook struct {
	Shared bool `json:"shared"`
	// LastEntry and LastCheckIn are empty where there was none.
	LastEntry   journal.Date `json:"last_entry,omitempty"`
	LastCheckIn journal.Date `json:"last_check_in,omitempty"`
	// Days since the last check-in, -1 where there was none.
	Days int `json:"days"`
	// Usual is the longest gap in days between check-ins in the eight weeks before
	// the last; 0 where too few are known.
	Usual int `json:"usual,omitempty"`
	// Line is from how many days on more is a reason.
	Line int `json:"line,omitempty"`
}

// contact looks for a silence longer than the person's own.
func (l *look) contact() {
	c := l.p.Contact
	if c == nil {
		l.unknown("contact")
		return
	}
	s := theLines().Silence
	l.Contact = ContactLook{Shared: true, LastEntry: c.LastEntry, LastCheckIn: c.LastCheckIn, Days: -1, Line: s.Unknown}
	made := journal.DateOf(l.p.Made)
	if !valid(c.LastCheckIn) {
		// The silence then began when sharing did.
		signed := journal.DateOf(l.p.Consent.SignedAt)
		if days := between(signed, l.today); days > s.Unknown {
			l.add(Silence, "none/"+steps(days, s.Unknown), -days, "silence.none", "n", days, "signed", signed, "made", made)
		}
		return
	}
	look := &l.Contact
	look.Days = max(0, between(c.LastCheckIn, l.today))
	if look.Usual = usual(l.p.Trends, c.LastCheckIn); look.Usual > 0 {
		look.Line = min(max(look.Usual, s.Least), s.Most)
	}
	if look.Days <= look.Line {
		return
	}
	text := "silence.unknown"
	if look.Usual > 0 {
		text = "silence.usual"
	}
	if between(made, l.today) > 1 {
		text += ".stale" // what came after the newest version is not known
	}
	l.add(Silence, string(c.LastCheckIn)+"/"+steps(look.Days, look.Line), -look.Days, text,
		"n", look.Days, "last", c.LastCheckIn, "entry", cmp.Or(c.LastEntry, c.LastCheckIn), "usual", journal.Days(look.Usual), "line", journal.Days(look.Line), "made", made)
}

// steps is how often a figure doubled the line: 1 from the line, 2 from twice, 3
// from four times it. What was acknowledged at one step is open again at the next.
func steps(n, line int) string { return strconv.Itoa(bits.Len(uint(n / max(1, line)))) }

// usual is the longest gap between the days with a check-in in the weeks up to the
// last one; 0 where there are too few.
func usual(trends []care.Day, last journal.Date) int {
	s := theLines().Silence
	from := last.Add(-s.LookBack)
	var days []journal.Date
	for i := range trends {
		d := &trends[i]
		if d.Date > from && d.Date <= last && (d.Rough != nil || d.Craving != nil || d.SleepHours != nil) && valid(d.Date) {
			days = append(days, d.Date)
		}
	}
	slices.Sort(days)
	if len(days) < s.CheckIns {
		return 0
	}
	longest := 1
	for i := 1; i < len(days); i++ {
		longest = max(longest, dayNumber(days[i])-dayNumber(days[i-1]))
	}
	return longest
}
