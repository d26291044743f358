package journal

// When somebody is reminded of a backup: once there is something to lose, not
// again for a month after one, and for a week after "not now".
const (
	backupEntries = 3
	backupDays    = 30
	backupRest    = 7
)

// BackupDue reports whether a reminder of a backup is in place on a day. A day
// that lies ahead, as after a clock was set back, counts for nothing.
func (j *Journal) BackupDue(today Date) bool {
	s := j.settings
	within := func(day *Date, days int) bool {
		if day == nil {
			return false
		}
		gone := day.DaysUntil(today)
		return gone >= 0 && gone < days
	}
	return Or(s.BackupReminders, true) && len(j.entries) >= backupEntries && !within(s.BackupMade, backupDays) && !within(s.BackupLater, backupRest)
}
