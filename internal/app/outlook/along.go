package outlook

import (
	"context"
	"time"

	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/taper"
)

// Along follows one schedule whose day 0 is tomorrow, beside going on as on that
// day: what is left of a plan, from what the journal holds by now.
func (r *Reader) Along(ctx context.Context, j *journal.Journal, now time.Time, s taper.Schedule) (Paces, error) {
	out := Paces{Start: s.Start, First: journal.DateOf(now).Add(1), Days: rounded(s.Length() + paceAfter)}
	whole, b, err := r.bodyFor(ctx, j, now, &s.Start)
	if err != nil {
		return Paces{}, err
	}
	out.Basis, out.General, out.Guessed = whole.Basis, b.general, whole.Guess.Most()
	out.Others, out.LeftOut, out.Kind = len(b.others), b.left, b.start.Kind
	same := taper.Schedule{Start: s.Start, Steps: s.Steps[:1]}
	all, err := r.courses(ctx, whole, b, out.Days, []*taper.Schedule{&same, &s})
	if err != nil {
		return Paces{}, err
	}
	out.Same, out.List = all[0], []Way{{Schedule: s, Course: all[1], Finer: -1}}
	return out, nil
}
