package main

import (
	"fmt"
	"math"
	"slices"
)

// anchor is one thing that is known, as a likelihood of a summary.
type anchor struct {
	row
	at                   int // of summaries; -1 where it is a prior
	value, error, weight float64
}

// anchors reads the table of anchors.
func anchors() ([]anchor, error) {
	rows, err := readTable("anchors.csv")
	if err != nil {
		return nil, err
	}
	var out []anchor
	for _, r := range rows {
		a := anchor{row: r, at: slices.Index(summaries, r["summary"]), value: r.number("value"), error: r.number("error"), weight: r.number("weight")}
		switch r["kind"] {
		case "value", "logvalue", "above", "below", "none":
			if a.at < 0 {
				return nil, fmt.Errorf("anchors.csv, %s: no summary %q", r["id"], r["summary"])
			}
		case "prior":
		default:
			return nil, fmt.Errorf("anchors.csv, %s: no kind %q", r["id"], r["kind"])
		}
		out = append(out, a)
	}
	return out, nil
}

// logLikelihood of the summaries, weighted by what the anchor is worth:
//
//	value     normal around the value
//	logvalue  normal around its logarithm
//	above     the chance that it is above the value when the value is off by the error
//	below     that it is below
//	none      none of so many people, each with this chance
func (a *anchor) logLikelihood(seen []float64) float64 {
	if a.at < 0 {
		return 0
	}
	v, l := seen[a.at], 0.0
	square := func(z float64) float64 { return -0.5 * z * z }
	switch a.row["kind"] {
	case "value":
		l = square((v - a.value) / a.error)
	case "logvalue":
		l = square(math.Log(max(v, 0.1)/a.value) / a.error)
	case "above":
		l = math.Log(phi((v-a.value)/a.error) + 1e-12)
	case "below":
		l = math.Log(phi((a.value-v)/a.error) + 1e-12)
	case "none":
		l = a.value * math.Log1p(-min(v, 0.999))
	}
	return a.weight * l
}

// factorOf is the factor that a standard deviation of the log stands for.
func factorOf(sd float64) float64 { return math.Exp(sd) }
