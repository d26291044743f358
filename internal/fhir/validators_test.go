package fhir

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/evenkeel/evenkeel/care"
	"github.com/evenkeel/evenkeel/journal"
)

const checks = "../../.ci/fhir"

// validated is what the public validators say of each resource.
func validated(t *testing.T, resources ...[]byte) [][]string {
	t.Helper()
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not installed")
	}
	if _, err := os.Stat(checks + "/node_modules"); err != nil {
		t.Skip("the validators are not installed: run npm ci in .ci/fhir")
	}
	run := exec.Command(node, "validate.mjs")
	run.Dir = checks
	run.Stdin = bytes.NewReader(append(append([]byte("["), bytes.Join(resources, []byte(","))...), ']'))
	var stderr bytes.Buffer
	run.Stderr = &stderr
	out, err := run.Output()
	if err != nil {
		t.Fatalf("%v: %.2000s", err, stderr.String())
	}
	var faults [][]string
	if err := json.Unmarshal(out, &faults); err != nil || len(faults) != len(resources) {
		t.Fatalf("%v: %.2000s", err, out)
	}
	return faults
}

// Other people's validators find nothing to say against what we write, whatever is
// shared, and do find what is wrong with documents that were spoiled.
func TestPublicValidators(t *testing.T) {
	type document struct {
		name  string
		bytes []byte
	}
	good := []document{{"everything", written(t, sample(), "en")}, {"in Spanish", written(t, sample(), "es")}, {"a whole life", written(t, life(t, "es"), "es")}}
	for _, kind := range []string{"clinician", "other", "", "nobody knows"} {
		p := sample()
		p.Consent.RecipientKind = kind
		good = append(good, document{"for " + kind, written(t, p, "en")})
	}
	for _, part := range journal.SharedParts {
		good = append(good, document{"only " + part, written(t, only(part), "en")})
	}
	for name, change := range map[string]func(*care.Projection){
		"nothing ticked": func(p *care.Projection) { *p = only("") },
		"ticked and empty": func(p *care.Projection) {
			p.Contact, p.Plan = &care.Contact{}, &care.Plan{Begins: "2026-11-17"}
			p.Scores, p.Answers, p.Trends, p.Flags = []care.Score{}, []care.Answered{}, []care.Day{}, []care.Flag{}
		},
		"held":            func(p *care.Projection) { p.Plan.Held = "2026-11-20" },
		"ended":           func(p *care.Projection) { p.Plan.Ended = true },
		"without names":   func(p *care.Projection) { p.Consent = journal.Consent{Until: "2027-01-01"}; p.Notice = "" },
		"unknown scores":  func(p *care.Projection) { p.Scores[0].Instrument, p.Scores[1].Name = "later one", "<i>" },
		"twice on a day":  func(p *care.Projection) { p.Scores = append(p.Scores, p.Scores[0]) },
		"codes with gaps": func(p *care.Projection) { p.Flags[0].Rule = "no code at all\n"; p.Trends[2].Amounts[0].Form = "\x00" },
		"empty words": func(p *care.Projection) {
			p.Flags[0].Said = " "
			p.Sheet[0].Title = ""
			p.Trends[2].Amounts[0].Unit = ""
		},
	} {
		p := sample()
		change(&p)
		good = append(good, document{name, written(t, p, "en")})
	}
	whole := string(good[0].bytes)
	bad := []document{
		{"a status that is none", []byte(strings.Replace(whole, `"status":"final","category"`, `"status":"finished","category"`, 1))},
		{"a consent without scope", []byte(strings.Replace(whole, `"scope":`, `"scop":`, 1))},
		{"a dose that is a word", []byte(strings.Replace(whole, `"rateRatio":{"numerator":{"value":4.5`, `"rateRatio":{"numerator":{"value":"much"`, 1))},
		{"no composition status", []byte(strings.Replace(whole, `"status":"final","type"`, `"type"`, 1))},
	}
	var all [][]byte
	for _, d := range append(good, bad...) {
		all = append(all, d.bytes)
	}
	for i, faults := range validated(t, all...) {
		if i < len(good) && len(faults) > 0 {
			t.Errorf("%s: %s", good[i].name, strings.Join(faults, "\n\t"))
		}
		if i >= len(good) && (len(faults) == 0 || bytes.Equal(all[i], all[0])) {
			t.Errorf("%s: nobody refuses it", bad[i-len(good)].name)
		}
	}
}

// only is the sample with one part ticked.
func only(part string) care.Projection {
	p, all := sample(), sample()
	p.Consent.Parts = []string{part}
	p.Contact, p.Scores, p.Answers, p.Trends, p.Plan, p.Flags, p.Sheet = nil, nil, nil, nil, nil, nil, nil
	switch part {
	case "contact":
		p.Contact = all.Contact
	case "scores":
		p.Scores = all.Scores
	case "answers":
		p.Answers = all.Answers
	case "trends":
		p.Trends = all.Trends
	case "plan":
		p.Plan = all.Plan
	case "flags":
		p.Flags = all.Flags
	case "sheet":
		p.Sheet = all.Sheet
	}
	return p
}
