package outlook

import (
	"time"

	"github.com/evenkeel/evenkeel/exposure"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/pkpd"
	"github.com/evenkeel/evenkeel/say"
)

// Today is what the home page and `evenkeel now` show.
type Today struct {
	Now time.Time
	Day journal.Day
	// LastDose is the latest dose ever; nil when there is none.
	LastDose *journal.Entry
	// Doses counts the doses of today.
	Doses int
	// Mitragynine and SevenOH are what today's doses held, where it is known.
	Mitragynine, SevenOH exposure.Total
	Usuals               []journal.Usual
	Products             []journal.Entry
	// CheckIn is the latest check-in of today; nil when there is none.
	CheckIn *journal.Entry
	// Curve is what is in the body over the hours around now.
	Curve exposure.Curve
	// Reading is how that compares with the usual for this hour; nil while
	// there is none.
	Reading *Reading
	// Said is what may be said of the body, in order; nil while it is being worked
	// out.
	Said []say.Said
}

// Reading is the plain-terms outlook and what it stands on.
type Reading struct {
	Basis pkpd.Grounds
	pkpd.Outlook
}

// usualsShown is how many one-tap doses fit a phone without scrolling.
const usualsShown = 4

// Today gathers the home page.
func (r *Reader) Today(j *journal.Journal, now time.Time) Today {
	t := Today{Now: now, Day: j.Day(journal.DateOf(now)), Usuals: j.Usuals(now, usualsShown), Products: j.Products()}
	if e, ok := j.LastDose(now); ok {
		t.LastDose = e
	}
	for _, e := range t.Day.Entries {
		if d := e.Dose(); d != nil {
			t.Doses++
			held := exposure.Held(j, d)
			t.Mitragynine.Add(held.Mitragynine)
			t.SevenOH.Add(held.SevenOH)
		}
		if e.CheckIn() != nil {
			t.CheckIn = e
		}
	}
	t.Curve = r.Curve(j, now)
	if f, ok := r.ready(j, now); ok {
		t.Said = f.said
		t.Reading = &Reading{f.person.Basis, *f.reading}
	}
	return t
}
