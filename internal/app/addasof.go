package app

import (
	"context"
	"time"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/journal/quick"
)

// DefaultCurrency is what money is in until the person chooses.
const DefaultCurrency = "USD"

// AddAsOf is Add for a line that was written at another time, at that time's
// own UTC offset: "20 min ago" counts from then. What it saves is marked as
// written down now. A time that has not come yet is fault.Invalid.
func (a *App) AddAsOf(ctx context.Context, line string, written time.Time) (Added, error) {
	if written.After(a.clock.Now().Add(ahead)) {
		return Added{}, fault.New(fault.Invalid, "The time given for the line lies in the future. Give the time when it was written.")
	}
	var added Added
	err := a.with(ctx, func(j *journal.Journal) error {
		c := a.quickContext(j)
		c.Now = written
		added.Result = quick.Parse(line, c)
		if len(added.Asks) > 0 || len(added.Entries) == 0 {
			return nil
		}
		var err error
		added.IDs, added.NewProducts, err = a.saveRead(ctx, j, added.Entries)
		return err
	})
	return added, err
}

// UnderstandAsOf is Understand for a line that was written at another time.
func (a *App) UnderstandAsOf(ctx context.Context, line string, written time.Time) (quick.Result, error) {
	var r quick.Result
	err := a.with(ctx, func(j *journal.Journal) error {
		c := a.quickContext(j)
		c.Now = written
		r = quick.Parse(line, c)
		return nil
	})
	return r, err
}
