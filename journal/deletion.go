package journal

// KindDeletion takes an entry back.
const KindDeletion Kind = "deletion"

// Deletion takes back the event that the envelope's Replaces names.
type Deletion struct {
	// Forgotten is true when the bytes of the entry were removed as well.
	Forgotten bool `json:"forgotten,omitempty"`
}

// Kind is KindDeletion.
func (*Deletion) Kind() Kind { return KindDeletion }

// Deletion is the event's deletion; nil when it is about something else.
func (e *Event) Deletion() *Deletion { return of[Deletion](e) }

var _ = register(Descriptor{Kind: KindDeletion, New: func() Payload { return new(Deletion) }})
