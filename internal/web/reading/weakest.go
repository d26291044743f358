package reading

import (
	"time"

	"github.com/evenkeel/evenkeel/exposure"
	"github.com/evenkeel/evenkeel/journal"
)

// Weakest is the product of unknown strength that was taken most.
type Weakest struct {
	ID         journal.ID
	Name, Unit string
}

// WeakestOf finds it; nil when the strength of all that was taken is known.
func WeakestOf(j *journal.Journal, now time.Time) *Weakest {
	id, unit, ok := exposure.MostGuessed(j, now)
	if !ok {
		return nil
	}
	p, ok := j.Product(id)
	if !ok {
		return nil
	}
	return &Weakest{id, p.Name, unit}
}
