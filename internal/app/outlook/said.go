package outlook

import (
	"context"
	"math"
	"time"

	"github.com/evenkeel/evenkeel/exposure"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/pkpd"
	"github.com/evenkeel/evenkeel/say"
)

// usualPart is the what-if that Today compares with, where nobody chose one:
// half of the usual doses.
const usualPart = 0.5

// facts are what the journal says beside the model.
func facts(j *journal.Journal, now time.Time) say.Facts {
	const day = 24 * time.Hour
	f := say.Facts{SinceLastH: math.Inf(1), MidnightH: untilMidnight(now).Hours()}
	if e, ok := j.LastDose(now); ok {
		f.SinceLastH = now.Sub(e.At).Hours()
	}
	for _, e := range j.Between(now.Add(-14*day), now.Add(time.Minute)) {
		if d := e.Dose(); d != nil {
			f.Doses++
			f.SevenOHTaken = f.SevenOHTaken || exposure.SevenOHTaken(j, d)
		}
		if s := e.Substance(); s != nil && s.Class == "opioid" && now.Sub(e.At) < 7*day {
			f.OtherOpioids = true
		}
	}
	today := journal.DateOf(now)
	first := today
	if all := j.All(); len(all) > 0 {
		first = journal.DateOf(all[0].At)
	}
	for n := range 14 {
		if d := today.Add(-n); d >= first && j.Day(d).State == journal.DayUnknown {
			f.UnknownDays++
		}
	}
	return f
}

func untilMidnight(t time.Time) time.Duration {
	return min(journal.StartOfDay(t, 1).Sub(t), 24*time.Hour)
}

// Said is what may be said on Today; it waits for the fit.
func (r *Reader) Said(ctx context.Context, j *journal.Journal, now time.Time) ([]say.Said, error) {
	f, err := r.fit(ctx, j, now)
	if err != nil {
		return nil, err
	}
	return f.said, nil
}

// onBody is what may be said on Body beside a what-if of share.
func (f *fit) onBody(ctx context.Context, share float64) ([]say.Said, error) {
	reading, err := say.Read(ctx, f.person, facts(f.of, f.at), math.Min(share, 1))
	if err != nil {
		return nil, failed(ctx, err)
	}
	return say.Body(&reading), nil
}

// onToday is what may be said on Today.
func onToday(ctx context.Context, person *pkpd.Person, j *journal.Journal, at time.Time) ([]say.Said, error) {
	reading, err := say.Read(ctx, person, facts(j, at), usualPart)
	if err != nil {
		return nil, err
	}
	return say.Today(&reading), nil
}
