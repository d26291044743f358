// Package taper is a person's own way down: what they take now, the paces that
// they compare, the amounts that they can measure, and how a plan goes on when
// a day went otherwise. It proposes no dose, no pace and no day to begin; every
// number of a plan is the person's. It knows no model of a body: what a pace
// may feel like is asked of pkpd by whoever shows it.
//
// Lay lays a pace out. LeastPlan finds the lowest amounts that keep what coming
// down adds under a ceiling: it takes a Start, its Ladder (NewLadder), the
// person's Limits, and Bodies, which follow each draw of who somebody may be
// through stretches of days of one level (pkpd.Days does that; a test or a trial
// may bring its own). It gives a Schedule as Lay does, and a Certificate that
// says how sure it is that no plan is lower.
package taper

// InputError says what in a plan cannot be used: a key of the catalogue with its
// arguments.
type InputError struct {
	Key  string
	Args []any
}

// Error is for whoever reads a log: the key, and no argument.
func (e *InputError) Error() string { return e.Key }

// Text is the key of the sentence and its arguments.
func (e *InputError) Text() (key string, args []any) { return e.Key, e.Args }

func refuse(key string, args ...any) error { return &InputError{key, args} }
