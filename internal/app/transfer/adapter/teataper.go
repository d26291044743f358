package adapter

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/evenkeel/evenkeel/internal/app/transfer/table"
	"github.com/evenkeel/evenkeel/journal"
)

// Tea Taper (2026) keeps millilitres of tea, and fifteen scales from 0 to 10 a
// day, as normalizeDay and exportCsv of its app.js write them.
type teaDay struct {
	Entries []struct {
		ID   string   `json:"id"`
		Time string   `json:"ts"`
		ML   *float64 `json:"ml"`
		Note string   `json:"note"`
	} `json:"entries"`
	Metrics  map[string]*float64 `json:"metrics"`
	Triggers []string            `json:"triggers"`
	Helpers  []string            `json:"helpers"`
	Relapse  *struct {
		Note string `json:"note"`
	} `json:"relapse"`
	Note string `json:"note"`
}

// teaScales are the scales that mean the same as ours. The hours of sleep are a
// scale there and no hours, and anxiety is calm the other way round; both, and
// what we have no scale for, stay as words.
var teaScales = map[string]string{"craving": "craving", "withdrawal": "rough", "mood": "mood", "energy": "energy", "sleepQuality": "sleep_quality", "bodyPain": "pain"}

// teaProduct is what the app is about.
const teaProduct = "kratom tea"

var teaColumns = []string{"id", "at", "date", "kind", "product", "form", "amount", "unit", "rough", "craving", "mood", "energy", "sleep_quality", "pain", "text"}

func teaTaperJSON(days json.RawMessage, loc *time.Location) (*table.Table, error) {
	var list map[string]teaDay
	if json.Unmarshal(days, &list) != nil {
		return nil, notKnown()
	}
	g := grid{columns: teaColumns}
	n := 0
	for _, date := range slices.Sorted(maps.Keys(list)) {
		d := list[date]
		n = teaDoses(&g, n, date, &d)
		cells := map[string]string{"date": date, "id": "day " + date}
		var words []string
		for _, m := range slices.Sorted(maps.Keys(d.Metrics)) {
			if v := d.Metrics[m]; v != nil {
				if f := teaScales[m]; f != "" {
					cells[f], cells["kind"] = figure(*v), string(journal.KindCheckIn)
				} else {
					words = append(words, m+" "+figure(*v))
				}
			}
		}
		relapse := ""
		if d.Relapse != nil {
			relapse = d.Relapse.Note
		}
		cells["text"] = joined(strings.Join(words, ", "), strings.Join(d.Triggers, ", "), strings.Join(d.Helpers, ", "), relapse, d.Note)
		if cells["text"] != "" && cells["kind"] == "" {
			cells["kind"] = string(journal.KindNote)
		}
		if cells["kind"] != "" {
			n++
			g.add(n, cells)
		}
	}
	return g.scaled(), nil
}

// scaled is the table with the scale of its answers in the headings.
func (g *grid) scaled() *table.Table {
	columns := slices.Clone(g.columns)
	for i, c := range columns {
		if slices.Contains(slices.Collect(maps.Values(teaScales)), c) {
			columns[i] = c + " 0-10"
		}
	}
	return table.Of(columns, g.rows)
}

// teaDoses adds what was drunk on a day. A day on which nothing but 0 mL was
// logged is one without; a day without any is not known, though the app counts
// it as 0.
func teaDoses(g *grid, n int, date string, d *teaDay) int {
	drunk := 0.0
	for _, e := range d.Entries {
		if e.ML == nil || *e.ML <= 0 {
			continue
		}
		drunk += *e.ML
		n++
		g.add(n, map[string]string{"id": e.ID, "at": e.Time, "kind": "dose", "product": teaProduct, "form": string(journal.Tea), "amount": figure(*e.ML), "unit": "mL", "text": e.Note})
	}
	if len(d.Entries) > 0 && drunk == 0 {
		n++
		g.add(n, map[string]string{"id": "none " + date, "date": date, "kind": string(journal.KindNone)})
	}
	return n
}

// teaTaperTable reads its CSV: a row a day with the sum of what was drunk.
func teaTaperTable(t *table.Table) (*table.Table, error) {
	at, ok := named(t, "date", "total_ml", "target_ml", "entries_count")
	if !ok {
		return nil, nil
	}
	g := grid{columns: teaColumns}
	err := t.Rows(func(r table.Row) bool {
		cell := func(name string) string {
			if i, ok := at[strings.ToLower(name)]; ok {
				return strings.TrimSpace(r.Cells[i])
			}
			return ""
		}
		date, total, count := cell("date"), cell("total_ml"), cell("entries_count")
		switch {
		case count == "0" || count == "":
		case total == "0":
			g.add(r.N, map[string]string{"id": "none " + date, "date": date, "kind": string(journal.KindNone)})
		default:
			note := ""
			if count != "1" {
				note = fmt.Sprintf("%s ×", count)
			}
			g.add(r.N, map[string]string{"id": "total " + date, "date": date, "kind": "dose", "product": teaProduct, "form": string(journal.Tea), "amount": total, "unit": "mL", "text": note})
		}
		cells := map[string]string{"date": date, "id": "day " + date}
		var words []string
		for _, c := range t.Columns {
			v := cell(c)
			if f := teaScales[c]; f != "" && v != "" {
				cells[f], cells["kind"] = v, string(journal.KindCheckIn)
			} else if v != "" && slices.Contains([]string{"anxiety", "sleepHours", "focus", "stress", "sweating", "stomach", "appetite", "hydration", "productivity"}, c) {
				words = append(words, c+" "+v)
			}
		}
		slices.Sort(words)
		cells["text"] = joined(strings.Join(words, ", "), strings.ReplaceAll(cell("triggers"), "|", ", "), strings.ReplaceAll(cell("helpers"), "|", ", "), cell("note"))
		if cells["text"] != "" && cells["kind"] == "" {
			cells["kind"] = string(journal.KindNote)
		}
		if cells["kind"] != "" {
			g.add(r.N, cells)
		}
		return true
	})
	return g.scaled(), err
}
