// Package directory knows the places and lines a person can turn to. What it
// says comes from dated data files with a source for every entry, so that a
// wrong number can be corrected without touching code.
package directory

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"strings"
)

// Line is a telephone, text or web address that answers people in trouble.
type Line struct {
	// ID is stable between releases of the data.
	ID   string `json:"id"`
	Name string `json:"name"`
	// For is crisis, overdose, poison, treatment or violence.
	For string `json:"for"`
	// Call and Text are numbers as people read them; empty for none.
	Call string `json:"call,omitempty"`
	Text string `json:"text,omitempty"`
	// TextBody is the word to send to Text, where the line asks for one.
	TextBody string `json:"text_body,omitempty"`
	URL      string `json:"url,omitempty"`
	// Hours is "always", or empty when not known.
	Hours string `json:"hours,omitempty"`
	// Sure is verified, secondary or unchecked.
	Sure   string `json:"sure"`
	Source string `json:"source"`
}

// Dial is the number for a tel: link.
func (l Line) Dial() string { return digits(l.Call) }

// SMS is the number for an sms: link.
func (l Line) SMS() string { return digits(l.Text) }

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r == '+' {
			return r
		}
		return -1
	}, s)
}

// Country is a country and its lines, the most urgent first.
type Country struct {
	// Code is ISO 3166 alpha-2; EU stands for the states without an entry of
	// their own.
	Code string `json:"code"`
	Name string `json:"name"`
	// Emergency is the number for police, fire and ambulance.
	Emergency string `json:"emergency"`
	Lines     []Line `json:"lines"`
}

type file struct {
	Updated   string    `json:"updated"`
	Countries []Country `json:"countries"`
}

//go:embed lines.json
var linesJSON []byte

var lines = func() file {
	var f file
	if err := json.Unmarshal(linesJSON, &f); err != nil {
		panic(fmt.Sprintf("directory: the embedded lines.json is broken: %v", err))
	}
	return f
}()

// Updated is the date of the data, "2006-01-02".
func Updated() string { return lines.Updated }

// Countries lists the countries with lines, the United States first.
func Countries() []Country { return lines.Countries }

// Find gives the country's lines; the first country's when the code is not
// known, with ok false so that the page can say so.
func Find(code string) (c Country, ok bool) {
	for _, c := range lines.Countries {
		if strings.EqualFold(c.Code, code) {
			return c, true
		}
	}
	return lines.Countries[0], false
}
