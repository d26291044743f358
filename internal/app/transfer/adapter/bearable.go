package adapter

import (
	"strings"

	"github.com/evenkeel/evenkeel/internal/app/transfer/table"
	"github.com/evenkeel/evenkeel/journal"
)

// bearableTimes are when the parts of Bearable's day are: from 0, 6, 12 and 18
// o'clock, six hours each; the middle stands for them.
var bearableTimes = map[string]string{"pre": "03:00", "am": "09:00", "mid": "15:00", "pm": "21:00"}

// bearableScales are the columns of its ratings. Nothing public says on which
// scale they are, so the person settles it.
var bearableScales = map[string]string{"mood": "mood", "energy": "energy", "sleep quality": "sleep_quality"}

// bearableSymptoms are the names of symptoms that are ours. Its four steps, mild
// to unbearable, are counted from 1 as ours are.
var bearableSymptoms = map[string]journal.Symptom{
	"anxiety": "anxiety", "fatigue": "tiredness", "tiredness": "tiredness", "nausea": "upset_stomach", "stomach pain": "upset_stomach", "upset stomach": "upset_stomach", "insomnia": "trouble_sleeping", "trouble sleeping": "trouble_sleeping",
	"irritability": "irritability", "irritable": "irritability", "restless legs": "restless_legs", "sweating": "sweats_chills", "chills": "sweats_chills", "hot flashes": "sweats_chills", "muscle pain": "muscle_aches", "muscle aches": "muscle_aches",
	"yawning": "yawning", "runny nose": "runny_nose_eyes", "tremors": "shakiness", "shaking": "shakiness", "low mood": "low_mood", "depression": "low_mood",
}

// bearableTable reads the CSV export of Bearable: date, in newer releases date
// formatted, weekday, time of day, category, rating/amount, detail, notes. Its
// format is documented by those who read it, such as OmegaJak/bearable-csv-analyzer
// and bcwilsondotcom/obsidian-bearable-import-plugin; the app itself is closed.
func bearableTable(t *table.Table) (*table.Table, error) {
	at, ok := named(t, "date", "weekday", "time of day", "category", "rating/amount", "detail", "notes")
	if !ok {
		return nil, nil
	}
	columns := []string{"date", "time", "mood", "energy", "sleep_quality", "sleep_h", "product", "amount", "text"}
	for _, s := range journal.Symptoms {
		columns = append(columns, "symptom_"+string(s))
	}
	g := grid{columns: columns}
	err := t.Rows(func(r table.Row) bool {
		cell := func(name string) string {
			if i, ok := at[name]; ok {
				return strings.TrimSpace(r.Cells[i])
			}
			return ""
		}
		cells := map[string]string{"date": cell("date formatted"), "time": bearableTimes[strings.ToLower(cell("time of day"))]}
		if cells["date"] == "" {
			cells["date"] = cell("date")
		}
		category, rating, detail := strings.ToLower(cell("category")), cell("rating/amount"), cell("detail")
		note := joined(detail, cell("notes"))
		switch f := bearableScales[category]; {
		case f != "":
			cells[f], cells["text"] = rating, note
		case category == "sleep":
			cells["sleep_h"], cells["text"] = rating, note
		case category == "symptom":
			name, _, _ := strings.Cut(detail, " (")
			if s := bearableSymptoms[strings.ToLower(name)]; s != "" {
				cells["symptom_"+string(s)], cells["text"] = rating, cell("notes")
			} else {
				cells["text"] = joined(detail, rating, cell("notes"))
			}
		case strings.HasPrefix(category, "med") && kratom(detail):
			cells["product"], cells["amount"], cells["text"] = detail, rating, cell("notes")
		case category != "":
			cells["text"] = joined(strings.TrimSpace(cell("category")+": "+detail+" "+rating), cell("notes"))
		default:
			cells = map[string]string{}
		}
		g.add(r.N, cells)
		return true
	})
	return g.table(), err
}
