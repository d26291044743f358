package web

import (
	"strings"
	"time"

	"github.com/evenkeel/evenkeel/internal/locale"
	"github.com/evenkeel/evenkeel/journal"
)

// describe puts an entry into words.
func (v *view) describe(e *journal.Event) locale.Said { return v.Describe(e, v.now) }

func (v *view) clock24() bool { return v.Clock24(journal.Or(v.settings.Clock, "")) }

// clock is the time of day as the person set it.
func (v *view) clock(t time.Time) string { return v.Clock(t, v.clock24()) }

// hour is a full hour, "2 PM" or "14:00", for an axis.
func (v *view) hour(t time.Time) string {
	if v.clock24() {
		return t.Format("15:04")
	}
	return t.Format("3 PM")
}

func (v *view) day(d journal.Date) string { return v.Day(d, v.now) }

// near names a date from today's side.
func (v *view) near(d journal.Date) string { return v.Near(d, v.now) }

// when is a time as one says it today.
func (v *view) when(t time.Time) string { return v.When(t, v.now, v.clock24()) }

// offset is a UTC offset as people write it, "UTC−05:00".
func offset(t time.Time) string { return "UTC" + strings.Replace(t.Format("-07:00"), "-", "−", 1) }
