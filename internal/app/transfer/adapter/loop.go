package adapter

import (
	"archive/zip"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/evenkeel/evenkeel/internal/app/transfer/table"
	"github.com/evenkeel/evenkeel/internal/fault"
)

// Loop Habit Tracker writes a zip with a list of habits, and for each a table of
// days, as its HabitsCSVExporter.kt does. A day's value of a habit that counts
// something is in thousandths; words stand for the answers of the others.
var loopWords = map[string]string{"YES_MANUAL": "1", "YES_AUTO": "", "NO": "0", "SKIP": "", "UNKNOWN": ""}

// loopValue is a day's value as a figure. An automatic yes, a skipped and an
// unknown day are not known; of a habit that counts, a yes is a few thousandths
// that Loop takes for the answer, and no is 0.
func loopValue(s string, counts bool) string {
	s = strings.TrimSpace(s)
	if v, ok := loopWords[s]; ok {
		if counts && v == "1" {
			return ""
		}
		return v
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return s
	}
	return figure(float64(n) / 1000)
}

// The most that files of an archive may unpack to.
const loopMost = 64 << 20

// loopArchive reads the zip; nil for another one.
func loopArchive(z *zip.Reader) (*table.Table, error) {
	files := map[string]*zip.File{}
	for _, f := range z.File {
		files[f.Name] = f
	}
	if files["Habits.csv"] == nil {
		return nil, nil
	}
	units := map[string]string{}
	left := int64(loopMost)
	habits, err := open(files["Habits.csv"], &left)
	if err != nil {
		return nil, err
	}
	at, _ := named(habits)
	var names []string
	err = habits.Rows(func(r table.Row) bool {
		cell := func(name string) string {
			if i, ok := at[name]; ok {
				return strings.TrimSpace(r.Cells[i])
			}
			return ""
		}
		// The folder of a habit begins with its place in the list.
		names = append(names, cell("name"))
		units[cell("position")] = cell("unit")
		return true
	})
	if err != nil {
		return nil, err
	}
	days := map[string]map[string]string{}
	g := grid{columns: []string{"Date"}}
	for _, path := range slices.Sorted(maps.Keys(files)) {
		folder, file, ok := strings.Cut(path, "/")
		position, name, _ := strings.Cut(folder, " ")
		if !ok || file != "Checkmarks.csv" {
			continue
		}
		if i, err := strconv.Atoi(position); err == nil && i >= 1 && i <= len(names) && names[i-1] != "" {
			name = names[i-1] // the folder's leaves letters out
		}
		t, err := open(files[path], &left)
		if err != nil {
			return nil, err
		}
		if err := g.habit(t, name, units[position], days); err != nil {
			return nil, err
		}
	}
	for i, date := range slices.Sorted(maps.Keys(days)) {
		g.add(i+1, days[date])
	}
	return g.table(), nil
}

// habit adds the days of a habit in a column of its own, and beside it the notes.
func (g *grid) habit(t *table.Table, name, unit string, days map[string]map[string]string) error {
	at, ok := named(t, "date", "value")
	if !ok {
		return nil // a habit without days
	}
	column := name
	if unit != "" {
		column = name + " (" + unit + ")"
	}
	for slices.Contains(g.columns, column) {
		column += " 2"
	}
	note := column + " Notes"
	noted := false
	err := t.Rows(func(r table.Row) bool {
		date := strings.TrimSpace(r.Cells[at["date"]])
		if date == "" {
			return true
		}
		if days[date] == nil {
			days[date] = map[string]string{"Date": date}
		}
		days[date][column] = loopValue(r.Cells[at["value"]], unit != "")
		if i, ok := at["notes"]; ok && strings.TrimSpace(r.Cells[i]) != "" {
			days[date][note], noted = r.Cells[i], true
		}
		return true
	})
	g.columns = append(g.columns, column)
	if noted {
		g.columns = append(g.columns, note)
	}
	return err
}

func open(f *zip.File, left *int64) (*table.Table, error) {
	broken := func(err error) error { return fault.Wrap(err, fault.Invalid, "transfer.archive") }
	r, err := f.Open()
	if err != nil {
		return nil, broken(err)
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, *left+1))
	if err != nil {
		return nil, broken(err)
	}
	if *left -= int64(len(data)); *left < 0 {
		return nil, fault.New(fault.Invalid, "transfer.archive")
	}
	if len(data) == 0 {
		return table.Of(nil, nil), nil
	}
	return table.Open(data, func(h string) bool { return h == "Date" || h == "Name" || h == "Value" || h == "Position" })
}

// loopTable reads one of the tables of the archive by itself: of one habit, or
// the one of all. It is told by Loop's own words for answers, and where a habit
// only counts, by whole numbers as large as thousandths are.
func loopTable(t *table.Table) (*table.Table, error) {
	if len(t.Columns) < 2 || t.Columns[0] != "Date" {
		return nil, nil
	}
	single := slices.Equal(t.Columns, []string{"Date", "Value", "Notes"}) || slices.Equal(t.Columns, []string{"Date", "Value"})
	words, figures, other := 0, 0, 0
	err := t.Rows(func(r table.Row) bool {
		for i, c := range r.Cells[1:] {
			if single && i > 0 {
				continue
			}
			c = strings.TrimSpace(c)
			_, word := loopWords[c]
			n, err := strconv.ParseInt(c, 10, 64)
			switch {
			case c == "":
			case word:
				words++
			case err == nil && n >= 250:
				figures++
			default:
				other++
			}
		}
		return other == 0
	})
	if err != nil || other > 0 || words == 0 && !(single && figures > 0) {
		return nil, err
	}
	g := grid{columns: slices.Clone(t.Columns)}
	err = t.Rows(func(r table.Row) bool {
		cells := map[string]string{}
		for i, c := range r.Cells {
			if cells[t.Columns[i]] = c; i > 0 && !(single && i > 1) {
				cells[t.Columns[i]] = loopValue(c, figures > 0 && single)
			}
		}
		g.add(r.N, cells)
		return true
	})
	return g.table(), err
}
