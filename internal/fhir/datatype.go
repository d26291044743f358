package fhir

import (
	"regexp"
	"strings"
	"time"
	"unicode"

	"github.com/evenkeel/evenkeel/journal"
)

// The data types of FHIR, as much of each as the resources here need.

type coding struct {
	Extension []extension `json:"extension,omitempty"`
	System    string      `json:"system,omitempty"`
	Code      string      `json:"code,omitempty"`
	Display   string      `json:"display,omitempty"`
}

type extension struct {
	URL    string  `json:"url"`
	Coding *coding `json:"valueCoding,omitempty"`
}

type concept struct {
	Coding []coding `json:"coding,omitempty"`
	Text   string   `json:"text,omitempty"`
}

type reference struct {
	Reference string `json:"reference,omitempty"`
	Display   string `json:"display,omitempty"`
}

type period struct {
	Start string `json:"start,omitempty"`
	End   string `json:"end,omitempty"`
}

type quantity struct {
	Value  float64 `json:"value"`
	Unit   string  `json:"unit,omitempty"`
	System string  `json:"system,omitempty"`
	Code   string  `json:"code,omitempty"`
}

type ratio struct {
	Numerator   *quantity `json:"numerator"`
	Denominator *quantity `json:"denominator"`
}

type narrative struct {
	Status string `json:"status"`
	Div    string `json:"div"`
}

type annotation struct {
	Text string `json:"text"`
}

type identifier struct {
	System string `json:"system"`
	Value  string `json:"value"`
}

type humanName struct {
	Text string `json:"text"`
}

type meta struct {
	Security []coding `json:"security,omitempty"`
}

// instant is a time as FHIR writes it, to the second.
func instant(t time.Time) string { return t.Format(time.RFC3339) }

func day(d journal.Date) string { return string(d) }

// codePattern is FHIR's code without inner spaces; what does not match it stands as
// text only.
var codePattern = regexp.MustCompile(`^[A-Za-z0-9_./-]{1,64}$`)

// text is what somebody wrote, without the control characters that neither FHIR nor
// XHTML allows.
func text(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' {
			return r
		}
		if unicode.IsControl(r) || r == unicode.ReplacementChar || r == '\ufffe' || r == '\uffff' {
			return -1
		}
		return r
	}, s))
}
