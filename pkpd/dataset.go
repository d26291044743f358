package pkpd

import (
	"encoding/csv"
	"io"
	"math"
	"slices"
	"strconv"
)

// Dataset is one person's doses and ratings in the form that pharmacometric
// programs read (NONMEM, rxode2, nlmixr2, Monolix). docs/formats.md describes
// its columns and units.
type Dataset struct{ Rows []DataRow }

// DataRow is one line of a dataset.
type DataRow struct {
	TimeH float64 // h since the first row, 0 or more
	Event DataEvent
	// Compartment that the row is about, by its Event: a depot, or what was rated.
	Compartment int
	Amt         float64 // mg, of a dose
	IIH         float64 // h between repeats; 0 without repeats
	Addl        int     // repeats after the first
	DV          float64 // the rating
	Form        Form    // of a dose
	Basis       DataBasis
	LogSD       float64 // doubt about Amt: sd of its logarithm
	// Unknown is 1 on days of which nobody knows what was taken.
	Unknown bool
}

// DataEvent is the EVID of a row.
type DataEvent int

// The events that a dataset has.
const (
	DataRating DataEvent = 0
	DataDose   DataEvent = 1
	DataOther  DataEvent = 2 // from here on another value of UNK holds
)

// The compartments of a dataset: where doses go, and what is rated.
const (
	DepotMitragynine = 1
	DepotSevenOH     = 2
	RatedRough       = 3 // 0 to 10
	RatedSymptoms    = 4 // sum of those answered of twelve, 0 to 4 each
)

// DataBasis says how the amount of a dose is known, from the weakest.
type DataBasis int

// The bases of an amount.
const (
	BasisGuessed DataBasis = iota // strength unknown: the middle of its kind
	BasisAssumed
	BasisLabel
	BasisLaboratory
)

// dataColumns of a dataset. The first is C, so that IGNORE=C leaves out the
// heading.
var dataColumns = []string{"C", "ID", "TIME", "AMT", "II", "ADDL", "EVID", "CMT", "DV", "MDV", "FORM", "BASIS", "LOGSD", "UNK"}

// dataMissing stands where a row has no value.
const dataMissing = "."

// Sort puts the rows in order of time, those of one moment as they were added,
// and lets time begin with the first.
func (d *Dataset) Sort() {
	slices.SortStableFunc(d.Rows, func(a, b DataRow) int {
		switch {
		case a.TimeH < b.TimeH:
			return -1
		case a.TimeH > b.TimeH:
			return 1
		}
		return 0
	})
	for i := len(d.Rows) - 1; i >= 0; i-- {
		d.Rows[i].TimeH -= d.Rows[0].TimeH
	}
}

// Write writes the dataset as CSV. Amounts have seven figures, times a millionth
// of an hour.
func (d *Dataset) Write(w io.Writer) error {
	out := csv.NewWriter(w)
	if err := out.Write(dataColumns); err != nil {
		return err
	}
	for _, r := range d.Rows {
		if err := out.Write(r.cells()); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func (r *DataRow) cells() []string {
	number := func(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
	unknown := "0"
	if r.Unknown {
		unknown = "1"
	}
	time := number(math.Round(r.TimeH*1e6) / 1e6)
	event, compartment := strconv.Itoa(int(r.Event)), strconv.Itoa(r.Compartment)
	c := []string{dataMissing, "1", time, dataMissing, dataMissing, dataMissing, event, compartment, dataMissing, "1", dataMissing, dataMissing, dataMissing, unknown}
	switch r.Event {
	case DataDose:
		c[3] = number(Round(r.Amt, 7))
		if r.Addl > 0 {
			c[4], c[5] = number(r.IIH), strconv.Itoa(r.Addl)
		}
		c[10], c[11], c[12] = strconv.Itoa(int(r.Form)+1), strconv.Itoa(int(r.Basis)), number(Round(r.LogSD, 4))
	case DataRating:
		c[8], c[9] = number(r.DV), "0"
	case DataOther:
		c[7] = dataMissing
	}
	return c
}
