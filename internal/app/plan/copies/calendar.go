package copies

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"time"
)

// Calendar writes an event for each time of day of each step ahead. The titles are
// neutral, for whoever sees the calendar: the amount stands in the details, and the
// product nowhere.
func (c *Copy) Calendar(w io.Writer) error {
	var events []event
	for _, run := range c.ahead() {
		y, m, d := run.from.Time().Date()
		for _, dose := range run.doses {
			id := sha256.Sum256(fmt.Appendf(nil, "%s %s %d", c.entry.ID, run.from, dose.Minute))
			events = append(events, event{
				uid:   hex.EncodeToString(id[:16]),
				first: time.Date(y, m, d, dose.Minute/60, dose.Minute%60, 0, 0, time.UTC),
				days:  run.days, title: c.T("copies.event"), details: c.Amount(dose.Amount, c.plan.Unit),
			})
		}
	}
	return writeCalendar(w, c.now, c.Tag(), events)
}
