package journal

import (
	"encoding/json"
	"fmt"
	"time"
)

// Version is the version of the event format that this code writes. Older
// versions are read; an event of a newer version is kept as it is and shown
// as something this release cannot read.
const Version = 1

// Event is the plaintext of one record: an envelope and exactly one payload,
// the one its Kind names.
type Event struct {
	V    int  `json:"v"`
	Kind Kind `json:"kind"`
	// At is when it happened: an instant and the UTC offset the person lived
	// in then.
	At time.Time `json:"at"`
	// Recorded is when it was written down.
	Recorded time.Time `json:"recorded"`
	// Replaces is the id of the entry's first event, when this event corrects
	// or deletes it.
	Replaces ID `json:"replaces,omitzero"`
	// Rev counts the versions of an entry, and the changes of settings: 0 for
	// the first, one more for each. It orders them even when a clock jumped back.
	Rev int `json:"rev,omitempty"`

	Dose       *Dose       `json:"dose,omitempty"`
	None       *None       `json:"none_today,omitempty"`
	CheckIn    *CheckIn    `json:"check_in,omitempty"`
	Substance  *Substance  `json:"substance,omitempty"`
	BodyChange *BodyChange `json:"body_change,omitempty"`
	Life       *Life       `json:"life,omitempty"`
	Note       *Note       `json:"note,omitempty"`
	Spending   *Spending   `json:"spending,omitempty"`
	History    *History    `json:"history,omitempty"`
	Product    *Product    `json:"product,omitempty"`
	Settings   *Settings   `json:"settings,omitempty"`
	Deletion   *Deletion   `json:"deletion,omitempty"`
}

// payload is the event's only payload and its kind; nil when there is none
// or more than one.
func (e *Event) payload() (Kind, validator) {
	var kind Kind
	var found validator
	n := 0
	pick := func(k Kind, set bool, p validator) {
		if set {
			kind, found = k, p
			n++
		}
	}
	pick(KindDose, e.Dose != nil, e.Dose)
	pick(KindNone, e.None != nil, e.None)
	pick(KindCheckIn, e.CheckIn != nil, e.CheckIn)
	pick(KindSubstance, e.Substance != nil, e.Substance)
	pick(KindBodyChange, e.BodyChange != nil, e.BodyChange)
	pick(KindLife, e.Life != nil, e.Life)
	pick(KindNote, e.Note != nil, e.Note)
	pick(KindSpending, e.Spending != nil, e.Spending)
	pick(KindHistory, e.History != nil, e.History)
	pick(KindProduct, e.Product != nil, e.Product)
	pick(KindSettings, e.Settings != nil, e.Settings)
	pick(KindDeletion, e.Deletion != nil, e.Deletion)
	if n != 1 {
		return "", nil
	}
	return kind, found
}

// Stamp completes an event that a person just made: version, kind and the
// time of recording. An event without a time of its own happened now.
func (e *Event) Stamp(now time.Time) {
	e.V = Version
	if k, p := e.payload(); p != nil {
		e.Kind = k
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

// Encode is the plaintext of the event's record.
func (e *Event) Encode() ([]byte, error) {
	if err := e.Validate(); err != nil {
		return nil, err
	}
	return json.Marshal(e)
}

// UnreadableError says that a record holds an event that this release cannot
// read; the record itself is to be kept.
type UnreadableError struct {
	// Newer is true when a newer release wrote it.
	Newer bool
	Cause error
}

func (e *UnreadableError) Error() string {
	if e.Newer {
		return "this entry was written by a newer release of Evenkeel"
	}
	return "this entry cannot be read: " + e.Cause.Error()
}

func (e *UnreadableError) Unwrap() error { return e.Cause }

// Decode reads the plaintext of a record. Unknown fields are allowed within
// a version; a newer version or an unknown kind is an *UnreadableError.
func Decode(plain []byte) (Event, error) {
	if e, ok := decodeFast(plain); ok {
		return e, nil
	}
	var e Event
	if err := json.Unmarshal(plain, &e); err != nil {
		var envelope struct {
			V int `json:"v"`
		}
		newer := json.Unmarshal(plain, &envelope) == nil && envelope.V > Version
		return Event{}, &UnreadableError{Newer: newer, Cause: err}
	}
	if e.V > Version {
		return Event{}, &UnreadableError{Newer: true, Cause: fmt.Errorf("version %d", e.V)}
	}
	if err := e.Validate(); err != nil {
		return Event{}, &UnreadableError{Cause: err}
	}
	return e, nil
}
