package main

import (
	"embed"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"
)

// The published tables: facts copied from the papers, one a row.
//
//go:embed data/*.csv
var tables embed.FS

// row is one line of a table, by column name.
type row map[string]string

func readTable(name string) ([]row, error) {
	f, err := tables.Open("data/" + name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	var out []row
	for _, l := range lines[1:] {
		r := row{}
		for i, h := range lines[0] {
			r[h] = l[i]
		}
		out = append(out, r)
	}
	return out, nil
}

// number reads a column; an empty cell is 0.
func (r row) number(column string) float64 {
	if r[column] == "" {
		return 0
	}
	v, err := strconv.ParseFloat(r[column], 64)
	if err != nil {
		panic(fmt.Sprintf("%s, column %s: %v", r["id"], column, err)) // a fault of the table itself
	}
	return v
}

// figure is one published figure and what the model says of it.
type figure struct {
	row
	low, high float64 // what passes
	model     float64
}

func (f *figure) passes() bool { return f.model >= f.low && f.model <= f.high }

// figures reads the tables that hold figures to compare with.
func figures() (map[string]*figure, []string, error) {
	all := map[string]*figure{}
	var order []string
	for _, name := range []string{"pk.csv", "rates.csv"} {
		rows, err := readTable(name)
		if err != nil {
			return nil, nil, err
		}
		for _, r := range rows {
			f := &figure{row: r, low: r.number("low"), high: r.number("high")}
			if sd := r.number("sd"); sd > 0 && f.high == 0 { // a mean with its SD
				f.low, f.high = r.number("value")-sd, r.number("value")+sd
			}
			all[r["id"]] = f
			order = append(order, r["id"])
		}
	}
	return all, order, nil
}

// design reads the sampling times and limits that a study's figures depend on.
func design() (map[string][]float64, error) {
	rows, err := readTable("design.csv")
	if err != nil {
		return nil, err
	}
	out := map[string][]float64{}
	for _, r := range rows {
		for _, s := range strings.Fields(r["value"]) {
			v, err := strconv.ParseFloat(s, 64)
			if err != nil {
				return nil, fmt.Errorf("design.csv, %s %s: %w", r["study"], r["item"], err)
			}
			out[r["study"]+"."+r["item"]] = append(out[r["study"]+"."+r["item"]], v)
		}
	}
	return out, nil
}
