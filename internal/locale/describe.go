package locale

import (
	"strings"
	"time"

	"github.com/evenkeel/evenkeel/insight/sign"
	"github.com/evenkeel/evenkeel/instrument"
	"github.com/evenkeel/evenkeel/journal"
)

// Said is an entry in words: a headline and what else it says.
type Said struct {
	Title string
	Parts []string
	// Note is the person's own.
	Note string
}

// All is everything in one line, for a label.
func (s Said) All() string {
	list := append([]string{s.Title}, s.Parts...)
	if s.Note != "" {
		list = append(list, s.Note)
	}
	return strings.Join(list, " · ")
}

// Describe puts an entry into words; now is what its dates are told from. What
// there is to say of a kind stands in its descriptor.
func (c *Catalogue) Describe(e *journal.Event, now time.Time) Said {
	phrases := e.Say()
	s := Said{Title: c.phrase(phrases.Title, now), Note: phrases.Note}
	for _, p := range phrases.Parts {
		s.Parts = append(s.Parts, c.phrase(p, now))
	}
	return s
}

// Phrase puts a phrase into words, as of now.
func (c *Catalogue) Phrase(p journal.Phrase, now time.Time) string { return c.phrase(p, now) }

func (c *Catalogue) phrase(p journal.Phrase, now time.Time) string {
	args := make([]any, len(p.Args))
	for i, a := range p.Args {
		if args[i] = a; i%2 == 1 {
			args[i] = c.value(a, now)
		}
	}
	if p.Key == "" && len(args) == 2 {
		return c.written(args[1])
	}
	return c.T(p.Key, args...)
}

// value writes what the languages write each in their own way.
func (c *Catalogue) value(v any, now time.Time) any {
	switch v := v.(type) {
	case journal.DoseOf:
		return c.Dose(v.N, v.Unit, v.Product)
	case journal.Amount:
		return c.Amount(v.N, v.Unit)
	case journal.Money:
		return c.Money(v.N, v.Currency)
	case journal.Days:
		return c.Days(float64(v))
	case journal.Option:
		return c.T(string(v))
	case journal.Date:
		return c.Day(v, now)
	case sign.Sign:
		return c.Sign(v)
	case journal.Questionnaire:
		if in, ok := instrument.Find(string(v)); ok {
			return in.Words(c.Tag()).Title
		}
		return string(v) // one that a newer release brought
	}
	return v
}
