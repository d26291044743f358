package journal

import (
	"encoding/json"
	"errors"
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

// envelope is the part of an event's text that every kind shares. The payload
// stands beside it under the kind's own name.
type envelope struct {
	// V is the version of the kind's payload, counted from 1.
	V        int       `json:"v"`
	Kind     Kind      `json:"kind"`
	At       time.Time `json:"at"`
	Recorded time.Time `json:"recorded"`
	Replaces ID        `json:"replaces,omitzero"`
	Rev      int       `json:"rev,omitempty"`
}

// MarshalJSON writes the event in its present version.
func (e Event) MarshalJSON() ([]byte, error) {
	d := Describe(e.Kind)
	if d == nil || e.Body == nil {
		return nil, bad("kind", "event.one_thing")
	}
	head, err := json.Marshal(envelope{d.Version(), e.Kind, e.At, e.Recorded, e.Replaces, e.Rev})
	if err != nil {
		return nil, err
	}
	body, err := json.Marshal(e.Body)
	if err != nil {
		return nil, err
	}
	out := make([]byte, 0, len(head)+len(body)+len(e.Kind)+4)
	out = append(out, head[:len(head)-1]...)
	out = append(out, `,"`+string(e.Kind)+`":`...)
	out = append(out, body...)
	return append(out, '}'), nil
}

// UnmarshalJSON reads an event of any version up to the present one, upgrading
// an older payload. It does not validate.
func (e *Event) UnmarshalJSON(plain []byte) error {
	var head envelope
	if err := json.Unmarshal(plain, &head); err != nil {
		return err
	}
	var parts map[string]json.RawMessage
	if err := json.Unmarshal(plain, &parts); err != nil {
		return err
	}
	d := Describe(head.Kind)
	if d == nil {
		return bad("kind", "event.kind_unknown")
	}
	if err := alone(parts, d.Kind); err != nil {
		return err
	}
	body, err := d.read(head.V, parts[string(d.Kind)])
	if err != nil {
		return err
	}
	*e = Event{d.Kind, head.At, head.Recorded, head.Replaces, head.Rev, body}
	return nil
}

// alone refuses an event that holds something of another kind, or nothing.
func alone(parts map[string]json.RawMessage, kind Kind) error {
	found := 0
	for _, d := range kinds {
		if raw, ok := parts[string(d.Kind)]; ok && string(raw) != "null" {
			found++
		}
	}
	if found != 1 {
		return bad("kind", "event.one_thing")
	}
	if raw, ok := parts[string(kind)]; !ok || string(raw) == "null" {
		return bad("kind", "event.kind_differs")
	}
	return nil
}

// read decodes a payload of version v, upgrading it step by step.
func (d *Descriptor) read(v int, raw json.RawMessage) (Payload, error) {
	if v < 1 || v > d.Version() {
		return nil, bad("v", "event.version")
	}
	for _, up := range d.Upgrades[v-1:] {
		var err error
		if raw, err = up(raw); err != nil {
			return nil, err
		}
	}
	p := d.New()
	return p, json.Unmarshal(raw, p)
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
	// Newer is true when a newer release wrote it: its kind, or the version of
	// its kind, is not known here.
	Newer bool
	// Of is the entry that the record belongs to, where it is a later version
	// of one; zero otherwise.
	Of    ID
	Cause error
}

// Error names the field at fault and never the cause of others, which may quote
// what it could not read.
func (e *UnreadableError) Error() string {
	text := "cannot be read"
	if e.Newer {
		text = "written by a newer release"
	}
	if f := (*FieldError)(nil); errors.As(e.Cause, &f) {
		text += ": " + f.Error()
	}
	return text
}

func (e *UnreadableError) Unwrap() error { return e.Cause }

// Decode reads the plaintext of a record. Unknown fields are allowed within
// a version; a newer version or an unknown kind is an *UnreadableError.
func Decode(plain []byte) (Event, error) {
	if e, ok := decodeFast(plain); ok {
		return e, nil
	}
	var e Event
	err := json.Unmarshal(plain, &e)
	if err == nil {
		err = e.Validate()
	}
	if err == nil {
		return e, nil
	}
	newer, of := later(plain)
	return Event{}, &UnreadableError{Newer: newer, Of: of, Cause: err}
}

// later tells whether a text that could not be read is an event all the same,
// of a kind or version to come. Every release keeps the names of the kind, its
// version and what it replaces.
func later(plain []byte) (newer bool, of ID) {
	var head struct {
		V        int    `json:"v"`
		Kind     Kind   `json:"kind"`
		Replaces string `json:"replaces"`
	}
	if json.Unmarshal(plain, &head) != nil || head.V < 1 || head.Kind == "" {
		return false, ID{}
	}
	if d := Describe(head.Kind); d != nil && head.V <= d.Version() {
		return false, ID{}
	}
	if of.UnmarshalText([]byte(head.Replaces)) != nil {
		of = ID{}
	}
	return true, of
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
	return d.check(e.Body)
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
