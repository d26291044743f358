package journal

// KindNone is a day on which nothing was taken.
const KindNone Kind = "none_today"

// None records that nothing was taken on the day of its time up to then.
// A day without entries is unknown; this is how a day becomes a zero.
type None struct{}

// Kind is KindNone.
func (*None) Kind() Kind { return KindNone }

// None is the event's "none today"; nil when it is about something else.
func (e *Event) None() *None { return of[None](e) }

var _ = register(Descriptor{
	Kind: KindNone, Order: 2, New: func() Payload { return new(None) },
	fast: func(r *reader) Payload {
		r.object(func([]byte) { r.fail(true) })
		return new(None)
	},
})
