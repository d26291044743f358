package journal

import (
	"fmt"
	"time"
)

// Event is the plaintext of one record: an envelope and what it says.
type Event struct {
	// Kind is what Body is about. Stamp sets it.
	Kind Kind
	// At is when it happened: an instant and the UTC offset the person lived
	// in then.
	At time.Time
	// Recorded is when it was written down.
	Recorded time.Time
	// Replaces is the id of the entry's first event, when this event corrects
	// or deletes it.
	Replaces ID
	// Rev counts the versions of an entry, and the changes of settings: 0 for
	// the first, one more for each. It orders them even when a clock jumped back.
	Rev int
	// Origin is where it came from; nil when the person wrote it.
	Origin *Origin
	// Body is what the event says, a pointer to the type of its kind, such as
	// *Dose.
	Body Payload
}

// Payload is what an event of one kind says.
type Payload interface {
	// Kind is the payload's kind.
	Kind() Kind
}

// of is the event's payload if it is a P; nil otherwise.
func of[P any](e *Event) *P {
	p, _ := any(e.Body).(*P)
	return p
}

// Stamp completes an event that a person just made: kind and the time of
// recording. An event without a time of its own happened now.
func (e *Event) Stamp(now time.Time) {
	if e.Body != nil {
		e.Kind = e.Body.Kind()
	}
	e.Recorded = now.Round(0)
	if e.At.IsZero() {
		e.At = e.Recorded
	}
}

// lateAfter is how long after the fact an entry counts as back-dated. Up to
// an hour is the ordinary "20 minutes ago".
const lateAfter = time.Hour

// BackDated reports that the entry was written more than an hour after it
// happened, so that memory, not the moment, gave its time.
func (e *Event) BackDated() bool {
	return e.Recorded.Sub(e.At) > lateAfter
}

// earliest is the first time an entry may have. Nobody who uses Evenkeel took
// anything before, and a date such as year 1 is a broken clock.
var earliest = time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC)

// MaxRev is the highest rev that an event may have. Nobody corrects an entry a
// million times; a file that says so would leave no room for the next
// correction.
const MaxRev = 1e6

// Validate checks the envelope and the payload; the error is a *FieldError.
func (e *Event) Validate() error {
	if e.Body == nil {
		return bad("kind", "event.one_thing")
	}
	d := Describe(e.Body.Kind())
	switch {
	case d == nil:
		return bad("kind", "event.kind_unknown")
	case d.Kind != e.Kind:
		return bad("kind", "event.kind_differs")
	case e.At.Before(earliest) || e.At.Year() > 9999:
		return bad("at", "event.time_range")
	case e.Recorded.Before(earliest) || e.Recorded.Year() > 9999:
		return bad("recorded", "event.time_range")
	case e.Rev < 0 || e.Rev > MaxRev:
		return bad("rev", "event.rev_range")
	case e.Kind == KindDeletion && e.Replaces.IsZero():
		return bad("replaces", "event.deletes_nothing")
	case e.Kind == KindSettings && e.Replaces.IsZero(): // their rev orders changes; each stands alone
	case (e.Rev > 0 || e.Kind == KindDeletion) != !e.Replaces.IsZero():
		return bad("replaces", "event.rev_without_replaces")
	}
	return first(e.Origin.check(), d.check(e.Body))
}

// Texts are what the person wrote in their own words, product names and units
// included.
func (e *Event) Texts() []string {
	if e.Body == nil {
		return nil
	}
	d := Describe(e.Body.Kind())
	if d == nil {
		return nil
	}
	var list []string
	for i := range d.Fields {
		if f := &d.Fields[i]; f.Worded() {
			if text := f.Get(e.Body); text != "" {
				list = append(list, text)
			}
		}
	}
	return list
}

// String names the event without anything that a person wrote, so that it may
// stand in an error or a test's output.
func (e Event) String() string { return fmt.Sprintf("%s rev %d", e.Kind, e.Rev) }
