package pkpd

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestBuiltInLibraryIsWhole(t *testing.T) {
	l, err := ParseLibrary(parametersJSON)
	if err != nil {
		t.Fatal(err)
	}
	p := l.Population().Typical
	if err := p.Check(); err != nil {
		t.Error(err)
	}
	for name, s := range l.Sources {
		used := false
		for _, q := range l.Parameters {
			for _, u := range q.Sources {
				used = used || u == name
			}
		}
		if !used {
			t.Errorf("source %q is cited by no parameter", name)
		}
		if len(s.Cite) < 10 {
			t.Errorf("source %q says too little", name)
		}
	}
}

func TestLibraryFaultsAreNamed(t *testing.T) {
	for _, c := range []struct {
		name, want string
		spoil      func(l *Library)
	}{
		{"unit", `CL: unit "mL/min", want "L/h"`, func(l *Library) { l.Parameters[0].Unit = "mL/min" }},
		{"range", "CL: value", func(l *Library) { l.Parameters[0].Value = 1e9 }},
		{"grade", "CL: grade", func(l *Library) { l.Parameters[0].Grade = "sure" }},
		{"no source", "CL: no source", func(l *Library) { l.Parameters[0].Sources = nil }},
		{"unknown source", "not in the list", func(l *Library) { l.Parameters[0].Sources = []string{"hearsay"} }},
		{"domain", "CL: no note or no domain", func(l *Library) { l.Parameters[0].Domain = "" }},
		{"twice", "CL: given twice", func(l *Library) { l.Parameters = append(l.Parameters, l.Parameters[0]) }},
		{"missing", "CL: missing", func(l *Library) { l.Parameters = l.Parameters[1:] }},
		{"unknown", "Vmax: not a parameter", func(l *Library) { l.Parameters[0].Symbol = "Vmax" }},
		{"omega nowhere", "Q: carries an omega", func(l *Library) { l.Parameters[2].Omega = 0.3 }},
		{"family rows", "the family has 0 rows for 1", func(l *Library) { l.Family = Family{Effects: []string{"K7"}} }},
		{"family name", `"gout" is not an effect`, func(l *Library) { l.Family = Family{Effects: []string{"gout"}, Cholesky: [][]float64{{1}}} }},
		{"family order", `"gain" is not an effect of the model, is given twice or is out of order`, func(l *Library) {
			l.Family = Family{Effects: []string{"K7", "gain"}, Cholesky: [][]float64{{1}, {0, 1}}}
		}},
		{"family triangle", "the row of gain has 2 numbers", func(l *Library) { l.Family = Family{Effects: []string{"gain"}, Cholesky: [][]float64{{1, 1}}} }},
		{"family width", "the doubt of gain", func(l *Library) { l.Family = Family{Effects: []string{"gain"}, Cholesky: [][]float64{{4}}} }},
		{"schema", "schema 1", func(l *Library) { l.Schema = 1 }},
	} {
		t.Run(c.name, func(t *testing.T) {
			var l Library
			if err := json.Unmarshal(parametersJSON, &l); err != nil {
				t.Fatal(err)
			}
			c.spoil(&l)
			data, err := json.Marshal(l)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := ParseLibrary(data); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v does not say %q", err, c.want)
			}
		})
	}
}
