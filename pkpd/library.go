package pkpd

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
)

// parametersJSON is written by `go run ./tools/calibrate` from the published
// tables in tools/calibrate/data.
//
//go:embed parameters.json
var parametersJSON []byte

// librarySchema is the form of the parameter file that this program reads.
const librarySchema = 2

// Library is the parameter file: every number of the model with where it comes
// from and how far it can be trusted.
type Library struct {
	Schema     int               `json:"schema"`
	Version    string            `json:"version"`
	MadeBy     string            `json:"made_by"`
	Inputs     string            `json:"inputs"` // SHA-256 of the tables and starting values it was made from
	Domain     string            `json:"domain"` // what the whole set is valid for
	Sources    map[string]Source `json:"sources"`
	Parameters []Parameter       `json:"parameters"`
	Family     Family            `json:"family"`
}

// Source is a publication or another origin of a number.
type Source struct {
	Cite string `json:"cite"`          // author, year, journal, or what it is
	DOI  string `json:"doi,omitempty"` // or PMID:..., PMC...
}

// URL is where the source can be found, "" when the file names no place.
func (s Source) URL() string {
	if id, ok := strings.CutPrefix(s.DOI, "PMID:"); ok {
		return "https://pubmed.ncbi.nlm.nih.gov/" + id + "/"
	}
	if strings.HasPrefix(s.DOI, "PMC") {
		return "https://pmc.ncbi.nlm.nih.gov/articles/" + s.DOI + "/"
	}
	if s.DOI != "" {
		return "https://doi.org/" + s.DOI
	}
	return ""
}

// Parameter is one number of the model.
type Parameter struct {
	Symbol string  `json:"symbol"`
	Value  float64 `json:"value"` // of the typical person
	Unit   string  `json:"unit"`
	// Omega is the standard deviation of the log between people; 0 where the
	// parameter is taken as the same for everyone or moves with another.
	Omega   float64  `json:"omega"`
	Min     float64  `json:"min"` // of one person; outside it the model is not used
	Max     float64  `json:"max"`
	Grade   string   `json:"grade"` // see Grades
	Sources []string `json:"sources"`
	Note    string   `json:"note"`
	Domain  string   `json:"domain"` // what the value is valid for
}

// Grades of evidence, strongest first, in words for people.
var Grades = map[string]string{
	"RCT":     "human randomised trial",
	"OL":      "human open-label study",
	"S":       "human survey",
	"CS":      "case reports",
	"AN":      "animal study",
	"IV":      "laboratory study",
	"EX":      "expert guidance",
	"COM":     "community reports",
	"assumed": "our assumption",
}

// symbols maps every symbol of the file to its place in Params. The four
// entries that are not fields (the potency ratio) are handled in params.
func symbols(p *Params) []struct {
	name, unit string
	at         *float64
} {
	type row = struct {
		name, unit string
		at         *float64
	}
	rows := []row{
		{"CL", "L/h", &p.CL}, {"V1", "L", &p.V1}, {"Q", "L/h", &p.Q}, {"V2", "L", &p.V2},
		{"fm", "mol/mol", &p.Fm},
		{"CL7", "L/h", &p.CL7}, {"V7", "L", &p.V7},
		{"ke0.m", "1/h", &p.KeM}, {"ke0.7", "1/h", &p.Ke7},
		{"K7", "nM", &p.K7}, {"K.ratio", "1", &p.KM},
		{"E.m", "1", &p.EM}, {"E.7", "1", &p.E7},
		{"tau_fast", "h", &p.TauFast}, {"tau_slow", "h", &p.TauSlow},
		{"w_fast", "1", &p.WFast}, {"w_slow", "1", &p.WSlow},
		{"threshold", "1", &p.Threshold}, {"gain", "SOWS points", &p.Gain},
	}
	for f := range nForms {
		n := "." + formNames[f]
		rows = append(rows,
			row{"ka" + n, "1/h", &p.Ka[f]}, row{"tlag" + n, "h", &p.Tlag[f]},
			row{"fp" + n, "mol/mol", &p.FirstPass[f]},
			row{"F" + n, "1", &p.F[f]}, row{"F7" + n, "1", &p.FSevenOH[f]})
	}
	return rows
}

// effectSymbols names, for each Effect, the parameter that carries its omega.
var effectSymbols = [NEffects]string{"CL", "V1", "F.tea", "ka.tea", "fp.tea", "CL7", "F7.seven_oh", "K7", "tau_fast", "tau_slow", "gain", "threshold", "w_slow", "K.ratio", "F.leaf", "E.m"}

// ParseLibrary reads and checks a parameter file. The error names every fault.
func ParseLibrary(data []byte) (*Library, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	var l Library
	if err := d.Decode(&l); err != nil {
		return nil, fmt.Errorf("the parameter file cannot be read: %w", err)
	}
	if err := l.Check(); err != nil {
		return nil, err
	}
	return &l, nil
}

// Check reports all that is wrong with the file: a parameter missing, unknown
// or twice, a unit that is not the model's, a value outside its range, no
// source, no grade, no domain.
func (l *Library) Check() error {
	var faults []error
	fault := func(format string, a ...any) { faults = append(faults, fmt.Errorf(format, a...)) }
	if l.Schema != librarySchema {
		fault("schema %d is not the one this program reads (%d)", l.Schema, librarySchema)
	}
	if l.Version == "" || l.Domain == "" {
		fault("the file has no version or no domain of validity")
	}
	units := map[string]string{}
	var p Params
	for _, s := range symbols(&p) {
		units[s.name] = s.unit
	}
	seen := map[string]bool{}
	for _, q := range l.Parameters {
		unit, ok := units[q.Symbol]
		switch {
		case !ok:
			fault("%s: not a parameter of the model", q.Symbol)
			continue
		case seen[q.Symbol]:
			fault("%s: given twice", q.Symbol)
		}
		seen[q.Symbol] = true
		if q.Unit != unit {
			fault("%s: unit %q, want %q", q.Symbol, q.Unit, unit)
		}
		if !(q.Min <= q.Value && q.Value <= q.Max) || q.Min < 0 || math.IsInf(q.Max, 0) {
			fault("%s: value %g is not within %g to %g", q.Symbol, q.Value, q.Min, q.Max)
		}
		if !(q.Omega >= 0 && q.Omega <= 2) {
			fault("%s: omega %g is not within 0 to 2", q.Symbol, q.Omega)
		}
		if q.Omega > 0 && !slices.Contains(effectSymbols[:], q.Symbol) {
			fault("%s: carries an omega, but the model has no effect for it", q.Symbol)
		}
		if _, ok := Grades[q.Grade]; !ok {
			fault("%s: grade %q is not one of the known grades", q.Symbol, q.Grade)
		}
		if len(q.Sources) == 0 {
			fault("%s: no source", q.Symbol)
		}
		for _, s := range q.Sources {
			if l.Sources[s].Cite == "" {
				fault("%s: source %q is not in the list of sources", q.Symbol, s)
			}
		}
		if q.Note == "" || q.Domain == "" {
			fault("%s: no note or no domain of validity", q.Symbol)
		}
	}
	for _, s := range symbols(&p) {
		if !seen[s.name] {
			fault("%s: missing", s.name)
		}
	}
	if err := l.Family.check(); err != nil {
		faults = append(faults, err)
	}
	return errors.Join(faults...)
}

// Population returns the file's numbers in the form the engine uses.
func (l *Library) Population() Population {
	var pop Population
	byName := map[string]Parameter{}
	for _, q := range l.Parameters {
		byName[q.Symbol] = q
	}
	for _, s := range symbols(&pop.Typical) {
		*s.at = byName[s.name].Value
	}
	pop.Typical.KM *= pop.Typical.K7 // the file gives the ratio, which is what is known
	pop.Typical.Inhibition = 1
	for i, name := range effectSymbols {
		pop.Omega[i] = byName[name].Omega
	}
	l.Family.place(&pop.Doubt)
	return pop
}

var standard = sync.OnceValue(func() *Library {
	l, err := ParseLibrary(parametersJSON)
	if err != nil {
		panic("pkpd: the embedded parameter file is broken: " + err.Error()) // a test keeps this from shipping
	}
	return l
})

// Standard returns the parameter file that is built in. It must not be changed.
func Standard() *Library { return standard() }

var standardPopulation = sync.OnceValue(func() Population { return standard().Population() })

// Prior returns the built-in population.
func Prior() Population { return standardPopulation() }

// Typical returns the parameters of the typical person.
func Typical() Params { return standardPopulation().Typical }

// Check reports the first parameter that is not a positive finite number (the
// lag, threshold, weights and 7-OH shares may be zero).
func (p *Params) Check() error {
	zero := []string{"threshold", "fm", "w_fast", "w_slow"}
	for _, s := range symbols(p) {
		v := *s.at
		mayBeZero := slices.Contains(zero, s.name) || s.name[0] == 't' && s.unit == "h" && s.name[1] == 'l' || s.name[0] == 'F' || s.name[0] == 'f' || s.name[0] == 'E'
		if math.IsNaN(v) || math.IsInf(v, 0) || v < 0 || v == 0 && !mayBeZero {
			return fmt.Errorf("parameter %s is %g, which is not a usable number", s.name, v)
		}
	}
	if !(p.Inhibition > 0 && p.Inhibition <= 10) {
		return fmt.Errorf("the inhibition factor is %g, which is not between 0 and 10", p.Inhibition)
	}
	return nil
}
