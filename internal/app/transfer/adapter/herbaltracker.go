package adapter

import (
	"encoding/json"
	"strings"
	"time"

	"github.com/evenkeel/evenkeel/internal/app/transfer/table"
)

// Herbal Tracker+ (2026) keeps grams of a strain, as its backup_codec.dart and
// csv_export.dart write them. The strain is the product.
type herbalDose struct {
	ID     string   `json:"id"`
	Strain string   `json:"strainId"`
	Amount *float64 `json:"amount"`
	Time   string   `json:"timestamp"`
	Notes  string   `json:"notes"`
}

var herbalColumns = []string{"id", "at", "kind", "product", "amount", "unit", "text"}

// herbalJSON reads a backup. A list without strains, which its first releases
// wrote, has the strain's id in place of its name.
func herbalJSON(strains, dosages json.RawMessage) (*table.Table, error) {
	var list []struct {
		ID   string `json:"id"`
		Name string `json:"name"`
	}
	var doses []herbalDose
	if len(strains) > 0 && json.Unmarshal(strains, &list) != nil || json.Unmarshal(dosages, &doses) != nil {
		return nil, notKnown()
	}
	names := map[string]string{}
	for _, s := range list {
		names[s.ID] = s.Name
	}
	g := grid{columns: herbalColumns}
	for i, d := range doses {
		if d.Time == "" && d.Amount == nil {
			return nil, notKnown() // a list of something else
		}
		name := names[d.Strain]
		if len(strains) == 0 {
			name = d.Strain
		}
		amount := ""
		if d.Amount != nil {
			amount = figure(*d.Amount)
		}
		g.add(i+1, map[string]string{"id": d.ID, "at": toSeconds(d.Time), "kind": "dose", "product": name, "amount": amount, "unit": "g", "text": d.Notes})
	}
	return g.table(), nil
}

// toSeconds leaves off parts of a second, which the app writes in microseconds
// in one of its files and not in the other.
func toSeconds(s string) string {
	if t, err := time.Parse(time.RFC3339Nano, s); err == nil {
		return t.Truncate(time.Second).Format(time.RFC3339)
	}
	if t, err := time.Parse("2006-01-02T15:04:05.999999999", s); err == nil {
		return t.Format("2006-01-02T15:04:05")
	}
	return s
}

// herbalTable reads its CSV.
func herbalTable(t *table.Table) (*table.Table, error) {
	at, ok := named(t, "date", "time", "iso_timestamp", "strain_code", "strain_name", "amount_g", "notes")
	if !ok {
		return nil, nil
	}
	g := grid{columns: herbalColumns[1:]}
	err := t.Rows(func(r table.Row) bool {
		cell := func(name string) string { return strings.TrimSpace(r.Cells[at[name]]) }
		when := toSeconds(cell("iso_timestamp"))
		if when == "" {
			when = strings.TrimSpace(cell("date") + " " + cell("time"))
		}
		name := cell("strain_name")
		if cell("strain_code") == "???" {
			name = "" // its strain was deleted
		}
		cells := map[string]string{"at": when, "kind": "dose", "product": name, "amount": cell("amount_g"), "unit": "g", "text": cell("notes")}
		if when == "" && cells["amount"] == "" {
			cells = map[string]string{}
		}
		g.add(r.N, cells)
		return true
	})
	return g.table(), err
}
