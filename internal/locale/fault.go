package locale

import (
	"errors"
	"slices"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/journal"
)

// Speaker is what has words in the catalogue: an error of the domain, which
// knows no catalogue, or a value that stands inside a sentence.
type Speaker interface {
	// Text is a key of the catalogue and its arguments, in pairs of a
	// placeholder's name and value.
	Text() (key string, args []any)
}

// Fault is the sentence to show for err, never its cause; "" when err is nil.
// An error that has no sentence of its own shows none of its text.
func (c *Catalogue) Fault(err error) string {
	if err == nil {
		return ""
	}
	var f *fault.Error
	var s Speaker
	switch {
	case errors.As(err, &f):
		return c.T(f.Key, c.amounts(f.Args)...)
	case errors.As(err, &s):
		key, args := s.Text()
		return c.T(key, c.amounts(args)...)
	}
	return c.T("fault.unknown")
}

// amounts writes the amounts among arguments as the language does.
func (c *Catalogue) amounts(args []any) []any {
	out := slices.Clone(args)
	for i, a := range out {
		if n, ok := a.(journal.Amount); ok {
			out[i] = c.Amount(n.N, n.Unit)
		}
	}
	return out
}
