package pkpd

import (
	"encoding/csv"
	"errors"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
)

const (
	// maxDataset is the most bytes of a dataset that are read.
	maxDataset = 64 << 20
	// afterLast is how long a scenario goes on after the last row, h: most of a
	// dose has left by then.
	afterLast = 24
)

// ParseDataset reads the doses of one person's dataset into a scenario of the
// typical person: TIME in h, AMT in mg, CMT 1 mitragynine and 2 7-OH taken as
// such, FORM 1 tea, 2 leaf, 3 extract, 4 seven_oh; II and ADDL repeat a dose.
// Ratings and other events are passed over, as are columns that it does not know.
// What it cannot take is an *InputError that names row and column: more than one
// ID, infusions (RATE), steady state (SS), resets (EVID 3 and 4).
func ParseDataset(r io.Reader) (*Scenario, error) {
	in := csv.NewReader(io.LimitReader(r, maxDataset))
	in.ReuseRecord, in.TrimLeadingSpace = true, true
	heading, err := in.Read()
	if err != nil {
		return nil, refuse("", "pkpd.dataset_csv", "row", 1)
	}
	d := dataReader{at: map[string]int{}, s: &Scenario{StepH: 0.25, Subjects: 1}}
	for i, h := range heading {
		h = strings.ToUpper(strings.TrimSpace(strings.TrimPrefix(h, "\ufeff")))
		if _, twice := d.at[h]; twice {
			return nil, refuse("", "pkpd.dataset_twice", "column", h)
		}
		d.at[h] = i
	}
	for _, needed := range []string{"TIME", "AMT", "CMT", "FORM"} {
		if _, ok := d.at[needed]; !ok {
			return nil, refuse("", "pkpd.dataset_lacks", "column", needed)
		}
	}
	for d.row = 2; ; d.row++ {
		cells, err := in.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, refuse("", "pkpd.dataset_csv", "row", d.row)
		}
		if err := d.read(cells); err != nil {
			return nil, err
		}
	}
	d.s.UntilH = math.Min(d.last+afterLast, MaxHours)
	d.s.StepH = math.Max(d.s.StepH, d.s.UntilH/(maxRows-1))
	return d.s, d.s.Check()
}

type dataReader struct {
	at    map[string]int // column by name
	row   int
	id    string
	cells []string
	s     *Scenario
	last  float64 // h
	// open is the index in s.Doses of the dose that the row before gave, with its
	// repeats; the other alkaloid of the same dose may follow.
	open, repeats int
}

// value is a number of the row; 0 where it is missing or there is no such column.
func (d *dataReader) value(column string) (float64, error) {
	i, ok := d.at[column]
	if !ok {
		return 0, nil
	}
	c := strings.TrimSpace(d.cells[i])
	if c == "" || c == dataMissing || strings.EqualFold(c, "NA") {
		return 0, nil
	}
	v, err := strconv.ParseFloat(c, 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
		return 0, refuse("", "pkpd.dataset_number", "row", d.row, "column", column)
	}
	return v, nil
}

func (d *dataReader) read(cells []string) error {
	d.cells = cells
	if i, ok := d.at["C"]; ok && strings.EqualFold(strings.TrimSpace(cells[i]), "C") {
		return nil // a line that its author took out
	}
	if i, ok := d.at["ID"]; ok {
		if d.id == "" {
			d.id = strings.Clone(cells[i])
		}
		if cells[i] != d.id {
			return refuse("", "pkpd.dataset_ids", "row", d.row)
		}
	}
	v := map[string]float64{}
	for _, c := range []string{"TIME", "AMT", "II", "ADDL", "EVID", "CMT", "FORM", "RATE", "SS"} {
		var err error
		if v[c], err = d.value(c); err != nil {
			return err
		}
	}
	for _, c := range []string{"RATE", "SS"} {
		if v[c] != 0 {
			return refuse("", "pkpd.dataset_not_ours", "row", d.row, "column", c)
		}
	}
	if !(v["TIME"] >= 0 && v["TIME"] <= MaxHours) {
		return refuse("", "pkpd.dataset_range", "row", d.row, "column", "TIME")
	}
	d.last = max(d.last, v["TIME"])
	if _, ok := d.at["EVID"]; !ok && v["AMT"] > 0 {
		v["EVID"] = float64(DataDose)
	}
	switch v["EVID"] {
	case float64(DataRating), float64(DataOther):
		return nil
	case float64(DataDose):
		return d.dose(v)
	}
	return refuse("", "pkpd.dataset_not_ours", "row", d.row, "column", "EVID")
}

// dose adds a dose with its repeats. The other alkaloid of the dose of the row
// before joins it.
func (d *dataReader) dose(v map[string]float64) error {
	wrong := func(column string) error { return refuse("", "pkpd.dataset_range", "row", d.row, "column", column) }
	switch {
	case !(v["AMT"] >= 0 && v["AMT"] <= maxMg):
		return wrong("AMT")
	case !slices.Contains([]float64{DepotMitragynine, DepotSevenOH}, v["CMT"]):
		return wrong("CMT")
	case v["FORM"] != math.Floor(v["FORM"]) || v["FORM"] < 1 || int(v["FORM"]) > int(nForms):
		return wrong("FORM")
	case v["ADDL"] != math.Floor(v["ADDL"]) || v["ADDL"] < 0 || v["ADDL"] > MaxDoses:
		return wrong("ADDL")
	case v["ADDL"] > 0 && !(v["II"] >= minInterval && v["II"] <= MaxHours):
		return wrong("II")
	case v["AMT"] == 0:
		return nil
	}
	form := formNames[int(v["FORM"])-1]
	n := int(v["ADDL"]) + 1
	put := func(x *ScenarioDose) *float64 {
		if v["CMT"] == DepotSevenOH {
			return &x.SevenOHMg
		}
		return &x.MitragynineMg
	}
	if d.open < len(d.s.Doses) && d.repeats == n {
		first := &d.s.Doses[d.open]
		second := first
		if n > 1 {
			second = &d.s.Doses[d.open+1]
		}
		// Only the alkaloid that the row before left out, at the same moments.
		if first.AtH == v["TIME"] && first.Form == form && *put(first) == 0 && (n == 1 || second.AtH == v["TIME"]+v["II"]) {
			for k := range n {
				*put(&d.s.Doses[d.open+k]) = v["AMT"]
			}
			return nil
		}
	}
	if len(d.s.Doses)+n > MaxDoses {
		return refuse("", "pkpd.dataset_many", "row", d.row, "most", MaxDoses)
	}
	d.open, d.repeats = len(d.s.Doses), n
	for k := range n {
		x := ScenarioDose{AtH: v["TIME"] + float64(float64(k)*v["II"]), Form: form}
		if x.AtH > MaxHours {
			return wrong("ADDL")
		}
		*put(&x) = v["AMT"]
		d.s.Doses = append(d.s.Doses, x)
		d.last = max(d.last, x.AtH)
	}
	return nil
}
