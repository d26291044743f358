package quick

import (
	"embed"
	"encoding/json"
	"sync"
)

//go:embed limits.json
var limitFile embed.FS

// limits are the amounts above which a single dose is asked about before it is
// saved: a slip of the finger is then more likely than the dose. They say
// nothing about what is safe.
type limits struct {
	// About says where they come from.
	About string `json:"about"`
	// Units are by unit, Other for any unit without one.
	Units map[string]float64 `json:"units"`
	Other float64            `json:"other"`
	// SevenOHMg is for 7-OH given by weight, in mg.
	SevenOHMg float64 `json:"seven_oh_mg"`
}

var theLimits = sync.OnceValue(func() *limits {
	var l limits
	raw, err := limitFile.ReadFile("limits.json")
	if err == nil {
		err = json.Unmarshal(raw, &l)
	}
	if err != nil {
		panic("quick: the embedded limits.json is broken: " + err.Error())
	}
	return &l
})

// most is the largest amount that is read without a question.
func (in *intake) most() float64 {
	l := theLimits()
	if in.name == "7-OH" || in.name == "7-OH powder" {
		switch in.unit {
		case "mg":
			return l.SevenOHMg
		case "g":
			return l.SevenOHMg / 1000
		}
	}
	if v, ok := l.Units[in.unit]; ok && (in.class == "" || in.unit != "mg" && in.unit != "mcg") {
		return v
	}
	if in.class != "" && (in.unit == "mg" || in.unit == "mcg") {
		return 1e6
	}
	return l.Other
}
