// Package directory knows the places and lines a person can turn to. What it
// says comes from dated data files with a source for every entry, so that a
// wrong number can be corrected without touching code.
package directory

import (
	"cmp"
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Line is a telephone, text or web address that answers people in trouble.
type Line struct {
	// ID is stable between releases of the data.
	ID   string `json:"id"`
	Name string `json:"name"`
	// Names are names in other languages, by their tag; see NameIn.
	Names map[string]string `json:"names,omitempty"`
	// Languages are what the line is for, where it is for some; empty for all.
	Languages []string `json:"languages,omitempty"`
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

// Checked reports that the line was read at its owner's or an official page. No
// other is shown to anybody: a number that does not answer is worse than none.
func (l Line) Checked() bool { return l.Sure == "verified" }

// Checked are the country's lines that were checked, in their order.
func (c Country) Checked() []Line {
	return slices.DeleteFunc(slices.Clone(c.Lines), func(l Line) bool { return !l.Checked() })
}

// Crisis is the checked line of the country for when it is too much, made for the
// language where there is one; false where none was checked.
func (c Country) Crisis(language string) (Line, bool) {
	list := CheckedLines(c.Code, "crisis", language)
	if len(list) == 0 {
		return Line{}, false
	}
	return list[0], true
}

// CrisisLine is a country with its line for when it is too much.
type CrisisLine struct {
	Country
	Line Line
}

// CrisisLines are those of every country that has a checked one, for somebody
// whose country is not known: each is named with its country, so that none is
// taken for theirs.
func CrisisLines(language string) (list []CrisisLine) {
	for _, c := range lines.Countries {
		if l, ok := c.Crisis(language); ok {
			list = append(list, CrisisLine{c, l})
		}
	}
	return list
}

// CheckedLines is Lines without those that nobody checked.
func CheckedLines(country, need, language string) []Line {
	return slices.DeleteFunc(Lines(country, need, language), func(l Line) bool { return !l.Checked() })
}

// Dial is the number for a tel: link.
func (l Line) Dial() string { return digits(l.Call) }

// SMS is the number for an sms: link.
func (l Line) SMS() string { return digits(l.Text) }

// NameIn is the line's name in a language ("es"), in English where there is none.
func (l Line) NameIn(language string) string { return nameIn(l.Name, l.Names, language) }

// NameIn is the country's name in a language ("es"), in English where there is none.
func (c Country) NameIn(language string) string { return nameIn(c.Name, c.Names, language) }

func nameIn(name string, names map[string]string, language string) string {
	if n, ok := names[language]; ok {
		return n
	}
	return name
}

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
	// Names are names in other languages, by their tag; see NameIn.
	Names map[string]string `json:"names,omitempty"`
	// Members are the codes of the countries that the entry stands for as well.
	Members []string `json:"members,omitempty"`
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

// Find gives the country's lines; a state of the European Union without an
// entry has the Union's. The first country's when the code is not known, with
// ok false so that the page can say so.
func Find(code string) (c Country, ok bool) {
	code = strings.ToUpper(code)
	for _, c := range lines.Countries {
		if c.Code == code || slices.Contains(c.Members, code) {
			return c, true
		}
	}
	return lines.Countries[0], false
}

// Local is Find for words of danger: an unknown country has no lines and no
// emergency number, because a wrong number is worse than none.
func Local(code string) (c Country, ok bool) {
	if c, ok = Find(code); !ok {
		return Country{}, false
	}
	return c, true
}

// Lines lists the country's lines for one need (see Line.For). Lines made for
// the language, where it is given, come first, then those that were checked;
// every line says with Sure how it was checked. It is empty when the country is
// not known or has none.
func Lines(country, need, language string) []Line {
	c, ok := Find(country)
	if !ok {
		return nil
	}
	var list []Line
	for _, l := range c.Lines {
		if l.For == need {
			list = append(list, l)
		}
	}
	slices.SortStableFunc(list, func(a, b Line) int {
		return cmp.Or(cmp.Compare(a.foreign(language), b.foreign(language)), cmp.Compare(doubt[a.Sure], doubt[b.Sure]))
	})
	return list
}

// doubt orders how a line was checked.
var doubt = map[string]int{"verified": 0, "secondary": 1, "unchecked": 2}

// foreign is 0 for a line made for the language, 1 for a line for everybody, 2
// for one that is made for others.
func (l Line) foreign(language string) int {
	switch {
	case len(l.Languages) == 0:
		return 1
	case slices.Contains(l.Languages, language):
		return 0
	}
	return 2
}
