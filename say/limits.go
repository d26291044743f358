package say

import (
	_ "embed"
	"encoding/json"
	"sync"

	"github.com/evenkeel/evenkeel/pkpd"
)

//go:embed limits.json
var limitsJSON []byte

// Limit is a number that a condition rests on, with where it comes from.
type Limit struct {
	Value         float64
	Grade, Source string
}

// Limits are the numbers of limits.json by name.
var Limits = sync.OnceValue(func() map[string]Limit {
	var m map[string]Limit
	if err := json.Unmarshal(limitsJSON, &m); err != nil {
		panic("say: the embedded limits are broken: " + err.Error()) // a test keeps this from shipping
	}
	return m
})

// Quantifiable is the least of mitragynine and of 7-OH in blood, in nM, that a
// laboratory puts a number on.
func Quantifiable() (mitragynine, sevenOH float64) {
	ng := Limits()["quantifiable_ng_per_ml"].Value
	return ng / pkpd.MassMitragynine * 1000, ng / pkpd.MassSevenOH * 1000
}
