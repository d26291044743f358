package pkpd

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strings"
)

// Scenario is what one simulation computes.
type Scenario struct {
	UntilH      float64        `json:"until_h"` // h, the last row; > 0
	StepH       float64        `json:"step_h"`  // h between rows; default 0.25
	Subjects    int            `json:"subjects"`
	Seed        uint64         `json:"seed"`
	Variability bool           `json:"variability"` // false: everyone is the typical person
	Body        string         `json:"body"`        // BodyFamily, or BodyCentral to take the population as known
	Doses       []ScenarioDose `json:"doses"`
}

// ScenarioDose is a dose and its repeats: addl more of them, ii_h hours apart.
type ScenarioDose struct {
	AtH           float64 `json:"at_h"`
	Form          string  `json:"form"`
	MitragynineMg float64 `json:"mitragynine_mg"`
	SevenOHMg     float64 `json:"seven_oh_mg"`
	IIH           float64 `json:"ii_h"`
	Addl          int     `json:"addl"`
}

// What Scenario.Body may be. Empty is BodyFamily.
const (
	BodyFamily  = "family"
	BodyCentral = "central"
)

// Limits of one scenario. A run streams, so they bound work, not memory.
const (
	MaxSubjects = 10_000_000
	maxScenario = 16 << 20 // bytes of JSON
	minInterval = 1.0 / 60 // h, of repeats and of rows
	maxRows     = 400_000  // rows of one subject
	maxMg       = 100_000
)

// ScenarioError is a fault in a scenario. Field is its path, such as
// doses[2].addl; the message is one sentence.
type ScenarioError struct {
	Field   string
	Message string
}

func (e *ScenarioError) Error() string {
	if e.Field == "" {
		return e.Message
	}
	return e.Field + ": " + e.Message
}

func wrong(field, format string, a ...any) error {
	return &ScenarioError{field, fmt.Sprintf(format, a...)}
}

// ParseScenario reads a scenario strictly: an unknown field, a wrong type or a
// value out of range is a *ScenarioError that names the field.
func ParseScenario(r io.Reader) (*Scenario, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxScenario+1))
	if err != nil {
		return nil, err
	}
	if len(data) > maxScenario {
		return nil, wrong("", "the scenario is larger than %d MB; use ii_h and addl for repeated doses", maxScenario>>20)
	}
	if !json.Valid(data) {
		var any json.RawMessage
		err := json.Unmarshal(data, &any)
		return nil, wrong("", "the scenario is not valid JSON (%v)", err)
	}
	s := &Scenario{StepH: 0.25, Subjects: 1}
	fields := map[string]reader{
		"until_h":     readNumber(&s.UntilH),
		"step_h":      readNumber(&s.StepH),
		"subjects":    readInt(&s.Subjects, 0, math.MaxInt32),
		"seed":        readSeed(&s.Seed),
		"variability": readBool(&s.Variability),
		"body":        readString(&s.Body),
		"doses":       s.readDoses,
	}
	if err := readObject("", data, fields); err != nil {
		return nil, err
	}
	return s, s.Check()
}

func (s *Scenario) readDoses(path string, data json.RawMessage) error {
	var list []json.RawMessage
	if json.Unmarshal(data, &list) != nil || list == nil {
		return wrong(path, "must be a list of doses")
	}
	if len(list) > MaxDoses {
		return wrong(path, "%d doses are more than the %d that one scenario can hold", len(list), MaxDoses)
	}
	s.Doses = make([]ScenarioDose, len(list))
	for i, item := range list {
		d := &s.Doses[i]
		if err := readObject(fmt.Sprintf("%s[%d]", path, i), item, map[string]reader{
			"at_h":           readNumber(&d.AtH),
			"form":           readString(&d.Form),
			"mitragynine_mg": readNumber(&d.MitragynineMg),
			"seven_oh_mg":    readNumber(&d.SevenOHMg),
			"ii_h":           readNumber(&d.IIH),
			"addl":           readInt(&d.Addl, 0, math.MaxInt32),
		}); err != nil {
			return err
		}
	}
	return nil
}

// reader puts one JSON value in its place, or says what is wrong at path.
type reader func(path string, data json.RawMessage) error

func readObject(path string, data json.RawMessage, fields map[string]reader) error {
	what := path
	if what == "" {
		what = "the scenario"
	}
	d := json.NewDecoder(bytes.NewReader(data))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return wrong("", "%s must be an object in braces", what)
	}
	seen := map[string]bool{}
	for d.More() {
		t, err := d.Token()
		if err != nil {
			return wrong("", "%s is not valid JSON", what)
		}
		key, _ := t.(string)
		at := strings.TrimPrefix(path+"."+key, ".")
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return wrong(at, "is not valid JSON")
		}
		read, ok := fields[key]
		switch {
		case !ok:
			return wrong(fmt.Sprintf("%.80q", at), "is not a field of a scenario")
		case seen[key]:
			return wrong(at, "is given twice")
		}
		seen[key] = true
		if err := read(at, value); err != nil {
			return err
		}
	}
	return nil
}

func readNumber(to *float64) reader {
	return func(path string, data json.RawMessage) error {
		if data[0] == 'n' || json.Unmarshal(data, to) != nil {
			return wrong(path, "must be a number")
		}
		return nil
	}
}

func readInt(to *int, low, high float64) reader {
	return func(path string, data json.RawMessage) error {
		var v float64
		if data[0] == 'n' || json.Unmarshal(data, &v) != nil {
			return wrong(path, "must be a whole number")
		}
		if v != math.Floor(v) || v < low || v > high {
			return wrong(path, "%s is not a whole number from %g to %g", data, low, high)
		}
		*to = int(v)
		return nil
	}
}

func readSeed(to *uint64) reader {
	return func(path string, data json.RawMessage) error {
		if data[0] == 'n' || json.Unmarshal(data, to) != nil {
			return wrong(path, "must be a whole number from 0 to 18446744073709551615")
		}
		return nil
	}
}

func readBool(to *bool) reader {
	return func(path string, data json.RawMessage) error {
		if data[0] == 'n' || json.Unmarshal(data, to) != nil {
			return wrong(path, "must be true or false")
		}
		return nil
	}
}

func readString(to *string) reader {
	return func(path string, data json.RawMessage) error {
		if data[0] == 'n' || json.Unmarshal(data, to) != nil {
			return wrong(path, "must be a text in quotes")
		}
		return nil
	}
}

// Check reports the first thing wrong with a scenario.
func (s *Scenario) Check() error {
	switch {
	case !(s.UntilH > 0 && s.UntilH <= MaxHours):
		return wrong("until_h", "%g is not a number of hours above 0 and up to %d", s.UntilH, MaxHours)
	case !(s.StepH >= minInterval && s.StepH <= s.UntilH):
		return wrong("step_h", "%g is not a number of hours from %.3g to until_h", s.StepH, minInterval)
	case s.UntilH/s.StepH > maxRows:
		return wrong("step_h", "%g would give %.0f rows a subject, more than %d; make it larger", s.StepH, s.UntilH/s.StepH, maxRows)
	case s.Subjects < 1 || s.Subjects > MaxSubjects:
		return wrong("subjects", "%d is not from 1 to %d", s.Subjects, MaxSubjects)
	case s.Body != "" && s.Body != BodyFamily && s.Body != BodyCentral:
		return wrong("body", "%.40q is not a choice of body; use %s or %s", s.Body, BodyFamily, BodyCentral)
	case len(s.Doses) == 0:
		return wrong("doses", "there is no dose")
	}
	total := 0
	for i, d := range s.Doses {
		at := func(field string) string { return fmt.Sprintf("doses[%d].%s", i, field) }
		switch {
		case !(d.AtH >= 0 && d.AtH <= MaxHours):
			return wrong(at("at_h"), "%g is not a number of hours from 0 to %d", d.AtH, MaxHours)
		case !(d.MitragynineMg >= 0 && d.MitragynineMg <= maxMg):
			return wrong(at("mitragynine_mg"), "%g is not a number of mg from 0 to %d", d.MitragynineMg, maxMg)
		case !(d.SevenOHMg >= 0 && d.SevenOHMg <= maxMg):
			return wrong(at("seven_oh_mg"), "%g is not a number of mg from 0 to %d", d.SevenOHMg, maxMg)
		case d.MitragynineMg == 0 && d.SevenOHMg == 0:
			return wrong(at("mitragynine_mg"), "the dose holds nothing; give mitragynine_mg, seven_oh_mg or both")
		case d.Addl < 0 || d.Addl > MaxDoses:
			return wrong(at("addl"), "%d more doses are over the limit of %d in one scenario", d.Addl, MaxDoses)
		case d.IIH != 0 && !(d.IIH >= minInterval && d.IIH <= MaxHours):
			return wrong(at("ii_h"), "%g is not a number of hours from %.3g to %d", d.IIH, minInterval, MaxHours)
		case d.Addl > 0 && d.IIH == 0:
			return wrong(at("addl"), "the %d more doses would overlap at one moment; give ii_h, the hours between them", d.Addl)
		}
		if _, ok := ParseForm(d.Form); !ok {
			return wrong(at("form"), "%.40q is not a form; use %s", d.Form, strings.Join(formNames[:], ", "))
		}
		if total += d.Addl + 1; total > MaxDoses {
			return wrong(at("addl"), "with its repeats the scenario has more than the %d doses that one run can hold", MaxDoses)
		}
	}
	return s.overlap()
}

// overlap reports a repeated dose that falls on the same moment as another dose
// of the same form: nearly always a series that was meant to end earlier.
func (s *Scenario) overlap() error {
	type moment struct {
		form string
		tick int64
	}
	taken := map[moment]int{}
	for i, d := range s.Doses {
		for k := range d.Addl + 1 {
			m := moment{d.Form, int64(math.Round((d.AtH + float64(float64(k)*d.IIH)) * 3600))}
			j, ok := taken[m]
			if ok && j != i && (d.Addl > 0 || s.Doses[j].Addl > 0) {
				at := i
				if d.Addl == 0 {
					at = j
				}
				return wrong(fmt.Sprintf("doses[%d].addl", at), "the repeats overlap: doses[%d] and doses[%d] both give %s at %g h", j, i, d.Form, float64(m.tick)/3600)
			}
			taken[m] = i
		}
	}
	return nil
}

// expand returns the doses up to the last row.
func (s *Scenario) expand() []Dose {
	var out []Dose
	for _, d := range s.Doses {
		f, _ := ParseForm(d.Form)
		for k := range d.Addl + 1 {
			at := d.AtH + float64(float64(k)*d.IIH)
			if at > s.UntilH {
				break
			}
			out = append(out, Dose{at, f, d.MitragynineMg, d.SevenOHMg})
		}
	}
	return out
}

// times returns the moments of the rows: every step from 0, and until_h.
func (s *Scenario) times() []float64 {
	n := int(math.Floor(s.UntilH/s.StepH + 1e-9))
	out := make([]float64, 0, n+2)
	for i := range n + 1 {
		out = append(out, float64(i)*s.StepH)
	}
	if last := out[len(out)-1]; s.UntilH-last > 1e-9 {
		out = append(out, s.UntilH)
	}
	return out
}
