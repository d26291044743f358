package pkpd

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
)

// ParseScenario reads a scenario strictly: an unknown field, a wrong type or a
// value out of range is an *InputError that names the field.
func ParseScenario(r io.Reader) (*Scenario, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxScenario+1))
	if err != nil {
		return nil, err
	}
	if len(data) > maxScenario {
		return nil, refuse("", "pkpd.too_large", "n", maxScenario>>20)
	}
	if !json.Valid(data) {
		var whole json.RawMessage
		var syntax *json.SyntaxError
		if errors.As(json.Unmarshal(data, &whole), &syntax) {
			return nil, refuse("", "pkpd.not_json_at", "at", syntax.Offset)
		}
		return nil, refuse("", "pkpd.not_json")
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
		return refuse(path, "pkpd.not_list")
	}
	if len(list) > MaxDoses {
		return refuse(path, "pkpd.many_doses", "n", len(list), "most", MaxDoses)
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
	object, broken := "pkpd.not_object", "pkpd.field_not_json"
	if path == "" {
		object, broken = "pkpd.whole_not_object", "pkpd.not_json"
	}
	d := json.NewDecoder(bytes.NewReader(data))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return refuse(path, object)
	}
	seen := map[string]bool{}
	for d.More() {
		t, err := d.Token()
		if err != nil {
			return refuse(path, broken)
		}
		key, _ := t.(string)
		at := strings.TrimPrefix(path+"."+key, ".")
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return refuse(at, "pkpd.field_not_json")
		}
		read, ok := fields[key]
		switch {
		case !ok:
			return refuse(fmt.Sprintf("%.80q", at), "pkpd.unknown_field")
		case seen[key]:
			return refuse(at, "pkpd.twice")
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
			return refuse(path, "pkpd.not_number")
		}
		return nil
	}
}

func readInt(to *int, low, high float64) reader {
	return func(path string, data json.RawMessage) error {
		var v float64
		if data[0] == 'n' || json.Unmarshal(data, &v) != nil {
			return refuse(path, "pkpd.not_whole")
		}
		if v != math.Floor(v) || v < low || v > high {
			return refuse(path, "pkpd.whole_range", "value", string(data), "low", low, "high", high)
		}
		*to = int(v)
		return nil
	}
}

func readSeed(to *uint64) reader {
	return func(path string, data json.RawMessage) error {
		if data[0] == 'n' || json.Unmarshal(data, to) != nil {
			return refuse(path, "pkpd.not_seed")
		}
		return nil
	}
}

func readBool(to *bool) reader {
	return func(path string, data json.RawMessage) error {
		if data[0] == 'n' || json.Unmarshal(data, to) != nil {
			return refuse(path, "pkpd.not_truth")
		}
		return nil
	}
}

func readString(to *string) reader {
	return func(path string, data json.RawMessage) error {
		if data[0] == 'n' || json.Unmarshal(data, to) != nil {
			return refuse(path, "pkpd.not_text")
		}
		return nil
	}
}
