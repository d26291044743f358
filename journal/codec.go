package journal

import (
	"encoding/json"
	"errors"
	"time"
)

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
	Origin   *Origin   `json:"origin,omitempty"`
}

// MarshalJSON writes the event in its present version.
func (e Event) MarshalJSON() ([]byte, error) {
	d := Describe(e.Kind)
	if d == nil || e.Body == nil {
		return nil, bad("kind", "event.one_thing")
	}
	head, err := json.Marshal(envelope{d.Version(), e.Kind, e.At, e.Recorded, e.Replaces, e.Rev, e.Origin})
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
	*e = Event{d.Kind, head.At, head.Recorded, head.Replaces, head.Rev, head.Origin, body}
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
