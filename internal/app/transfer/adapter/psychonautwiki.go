package adapter

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/evenkeel/evenkeel/internal/app/transfer/columns"
	"github.com/evenkeel/evenkeel/internal/app/transfer/table"
	"github.com/evenkeel/evenkeel/journal/quick"
)

// The JSON export of PsychonautWiki Journal for Android, as JournalExport.kt of
// its last open release (2025) writes it; the one for iOS has the same names.
// Times are milliseconds since 1970.
type psychonaut struct {
	Experiences []struct {
		Title      string      `json:"title"`
		Text       string      `json:"text"`
		SortDate   json.Number `json:"sortDate"`
		Ingestions []ingestion `json:"ingestions"`
		Ratings    []any       `json:"ratings"`
		Notes      []timedNote `json:"timedNotes"`
	} `json:"experiences"`
	Units []customUnit `json:"customUnits"`
}

type ingestion struct {
	Substance string      `json:"substanceName"`
	Time      json.Number `json:"time"`
	Dose      *float64    `json:"dose"`
	Estimate  bool        `json:"isDoseAnEstimate"`
	Units     string      `json:"units"`
	Notes     string      `json:"notes"`
	Consumer  string      `json:"consumerName"`
	Unit      *int        `json:"customUnitId"`
}

type timedNote struct {
	Time json.Number `json:"time"`
	Note string      `json:"note"`
}

// customUnit is a unit of the person's own, such as a capsule: one of it is Dose
// of the substance in OriginalUnit.
type customUnit struct {
	ID           int      `json:"id"`
	Name         string   `json:"name"`
	Dose         *float64 `json:"dose"`
	Unit         string   `json:"unit"`
	OriginalUnit string   `json:"originalUnit"`
}

// psychonautJSON reads what the person took and wrote. What somebody else took,
// and ratings on a scale that is none of ours, are rows without a meaning.
func psychonautJSON(data []byte) (*table.Table, error) {
	var file psychonaut
	if json.Unmarshal(data, &file) != nil {
		return nil, notKnown()
	}
	units := map[int]customUnit{}
	for _, u := range file.Units {
		units[u.ID] = u
	}
	g := grid{columns: []string{"at", "kind", "product", "amount", "unit", "class", "substance", "substance_amount", "text"}}
	n := 0
	row := func(cells map[string]string) {
		n++
		g.add(n, cells)
	}
	for _, e := range file.Experiences {
		for _, i := range e.Ingestions {
			row(i.cells(units))
		}
		for _, t := range e.Notes {
			row(map[string]string{"at": whole(t.Time), "kind": "note", "text": t.Note})
		}
		for range e.Ratings {
			row(map[string]string{"at": whole(e.SortDate), "kind": columns.NotMine})
		}
		if text := joined(e.Title, e.Text); strings.TrimSpace(e.Text) != "" {
			row(map[string]string{"at": whole(e.SortDate), "kind": "note", "text": text})
		}
	}
	return g.table(), nil
}

// whole is a count of milliseconds without decimals.
func whole(n json.Number) string {
	if v, err := n.Float64(); err == nil {
		return strconv.FormatInt(int64(v), 10)
	}
	return n.String()
}

func (i *ingestion) cells(units map[int]customUnit) map[string]string {
	if i.Consumer != "" {
		return map[string]string{"at": whole(i.Time), "kind": columns.NotMine} // somebody else took it
	}
	amount, unit, note, product := "", i.Units, i.Notes, i.Substance
	if i.Dose != nil {
		amount = figure(*i.Dose)
		if i.Estimate {
			note = joined("~ "+amount+" "+unit, note)
		}
	}
	if i.Unit != nil {
		if u, ok := units[*i.Unit]; ok {
			unit = u.Unit
			if u.Name != "" {
				product = u.Name
			}
			if i.Dose != nil && u.Dose != nil {
				note = joined(amount+" "+u.Unit, note)
				amount, unit = figure(*i.Dose**u.Dose), u.OriginalUnit
			}
		}
	}
	if kratom(i.Substance) {
		return map[string]string{"at": whole(i.Time), "kind": "dose", "product": product, "amount": amount, "unit": unit, "text": note}
	}
	return map[string]string{"at": whole(i.Time), "kind": "substance", "class": classOf(i.Substance), "substance": i.Substance, "substance_amount": strings.TrimSpace(amount + " " + unit), "text": note}
}

// classes are those of substances that quick entry does not know by name, by a
// part of it.
var classes = []struct {
	class string
	names []string
}{
	{"alcohol", []string{"alcohol", "ethanol", "beer", "wine"}},
	{"benzodiazepine", []string{"azepam", "azolam", "zolam", "benzo"}},
	{"gabapentinoid", []string{"gabapentin", "pregabalin", "phenibut"}},
	{"opioid", []string{"codone", "morphin", "codeine", "tramadol", "fentanyl", "heroin", "methadone", "buprenorphine", "tapentadol", "opium", "tianeptine"}},
	{"cannabis", []string{"cannabis", "thc", "hash"}},
	{"nicotine", []string{"nicotine", "tobacco"}},
	{"stimulant", []string{"amphetamin", "caffeine", "cocaine", "methylphenidate", "modafinil", "mdma"}},
}

func classOf(name string) string {
	if res := quick.Parse(name, quick.Context{Now: time.Unix(0, 0).UTC()}); len(res.Entries) == 1 {
		if s := res.Entries[0].Event.Substance(); s != nil && s.Class != "other" {
			return string(s.Class)
		}
	}
	name = strings.ToLower(name)
	for _, c := range classes {
		for _, n := range c.names {
			if strings.Contains(name, n) {
				return c.class
			}
		}
	}
	return "other"
}
