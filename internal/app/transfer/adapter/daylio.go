package adapter

import (
	"strings"

	"github.com/evenkeel/evenkeel/internal/app/transfer/table"
)

// daylioMoods are the five moods that Daylio begins with, on a scale from 1 to 5.
// A mood of the person's own stays a word.
var daylioMoods = map[string]string{"rad": "5", "good": "4", "meh": "3", "bad": "2", "awful": "1"}

// daylioTable reads the CSV export of Daylio: full_date, date, weekday, time,
// mood, activities, in newer releases scales and note_title, note. Its format is
// documented by those who read it, such as MichaelCurrin/daylio-csv-parser and
// staticf0x/daylio-parser; the app itself is closed.
func daylioTable(t *table.Table) (*table.Table, error) {
	at, ok := named(t, "full_date", "weekday", "time", "mood", "activities", "note")
	if !ok {
		return nil, nil
	}
	g := grid{columns: []string{"date", "time", "mood 1-5", "text"}}
	err := t.Rows(func(r table.Row) bool {
		cell := func(name string) string {
			if i, ok := at[name]; ok {
				return strings.TrimSpace(r.Cells[i])
			}
			return ""
		}
		mood := daylioMoods[strings.ToLower(cell("mood"))]
		word := ""
		if mood == "" {
			word = cell("mood")
		}
		g.add(r.N, map[string]string{"date": cell("full_date"), "time": cell("time"), "mood 1-5": mood, "text": joined(word, cell("note_title"), cell("note"), cell("activities"), cell("scales"))})
		return true
	})
	return g.table(), err
}
