package main

import (
	"fmt"
	"math"
	"slices"

	"github.com/evenkeel/evenkeel/pkpd"
)

// coordinate is one thing that is not known of anyone, with what is believed of
// it before the anchors: normal on the scale of an effect.
type coordinate struct {
	row
	effect   int // of pkpd.Effect, or spreadOfGain
	mean, sd float64
}

// spreadOfGain is how much people differ in the gain: the one coordinate that is
// not an effect. It ends as a point, the omega of the gain.
const spreadOfGain = -1

// priors reads what is believed before the anchors.
func priors() ([]coordinate, error) {
	rows, err := readTable("priors.csv")
	if err != nil {
		return nil, err
	}
	var out []coordinate
	for _, r := range rows {
		c := coordinate{row: r, effect: slices.Index(pkpd.EffectNames[:], r["effect"]), sd: r.number("sd")}
		if r["effect"] == "omega_gain" {
			c.effect = spreadOfGain
		} else if c.effect < 0 {
			return nil, fmt.Errorf("priors.csv: %q is not an effect", r["effect"])
		}
		if c.mean, err = c.inside(r.number("centre")); err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}

// inside takes a value to the scale on which its doubt is normal, outside back.
func (c *coordinate) inside(v float64) (float64, error) {
	switch c.row["scale"] {
	case "log":
		return math.Log(v), nil
	case "odds":
		return math.Log(v / (1 - v)), nil
	}
	return 0, fmt.Errorf("priors.csv, %s: %q is not a scale", c.row["effect"], c.row["scale"])
}

func (c *coordinate) outside(x float64) float64 {
	if c.row["scale"] == "odds" {
		return 1 / (1 + math.Exp(-x))
	}
	return math.Exp(x)
}

// place writes a body's values into the file's parameters: K.ratio is a ratio,
// and the effect K7 moves 7-OH alone, so that the ratio falls as K7 rises.
func place(l *pkpd.Library, coords []coordinate, x []float64) {
	alone := 0.0
	for i, c := range coords {
		v := c.outside(x[i])
		switch c.row["effect"] {
		case "omega_gain":
			setOmega(l, "gain", round(v))
		case "F7":
			for _, form := range []string{"tea", "leaf", "extract", "seven_oh"} {
				set(l, "F7."+form, round(v))
			}
		case "w_slow":
			set(l, "w_slow", round(v))
			set(l, "w_fast", round(1-round(v)))
		case "K7":
			alone = x[i] - c.mean
		case "CL", "V", "F", "ka", "fp", "CL7": // fitted to blood: only their doubt is of the family
		default:
			set(l, c.row["symbol"], round(v))
		}
	}
	for _, c := range coords {
		if c.row["effect"] == "K7" {
			set(l, "K7", round(get(l, "K7")*math.Exp(alone)))
			set(l, "K.ratio", round(c.row.number("centre")*math.Exp(-alone)))
		}
	}
}

// body returns the typical person and the omegas of a body, starting from a
// population whose typical person has the centres of the priors.
func body(centre *pkpd.Population, coords []coordinate, x []float64) (pkpd.Params, pkpd.Effects) {
	var eta pkpd.Effects
	omega := centre.Omega
	for i, c := range coords {
		if c.effect == spreadOfGain {
			omega[pkpd.EffGain] = math.Exp(x[i])
			continue
		}
		eta[c.effect] = x[i] - c.mean
	}
	return centre.Typical.With(&eta), omega
}

// probit is the inverse of phi.
func probit(p float64) float64 { return math.Sqrt2 * math.Erfinv(2*p-1) }
