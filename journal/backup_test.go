package journal

import "testing"

func TestBackupDue(t *testing.T) {
	day := func(s string) *Date { d := Date(s); return &d }
	no := false
	for _, c := range []struct {
		name    string
		entries int
		s       Settings
		want    bool
	}{
		{"nothing to lose", 2, Settings{}, false},
		{"never made", 3, Settings{}, true},
		{"made today", 3, Settings{BackupMade: day("2026-11-24")}, false},
		{"made 29 days ago", 3, Settings{BackupMade: day("2026-10-26")}, false},
		{"made 30 days ago", 3, Settings{BackupMade: day("2026-10-25")}, true},
		{"put off 6 days ago", 3, Settings{BackupLater: day("2026-11-18")}, false},
		{"put off 7 days ago", 3, Settings{BackupLater: day("2026-11-17")}, true},
		{"made long ago, put off yesterday", 3, Settings{BackupMade: day("2026-01-01"), BackupLater: day("2026-11-23")}, false},
		{"a clock that was set back", 3, Settings{BackupMade: day("2027-11-24"), BackupLater: day("2026-11-25")}, true},
		{"not wanted", 300, Settings{BackupReminders: &no}, false},
	} {
		j := &Journal{settings: c.s, entries: make([]*Entry, c.entries)}
		if got := j.BackupDue("2026-11-24"); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}
