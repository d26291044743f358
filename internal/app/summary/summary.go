// Package summary makes the page for the doctor: what a journal says of the last
// weeks, on one sheet of two sides, of the parts that the person ticked. It holds
// no ids and no concentrations; what is not known is said.
package summary

import (
	"slices"
	"strings"
	"time"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/locale"
	"github.com/evenkeel/evenkeel/journal"
)

// part is one section that can be ticked: what it is called, and what it says.
type part struct {
	name string
	// make gives the figures, for JSON, and the same in words.
	make func(*look) (data any, blocks []Block)
}

// parts in the order of the sheet. A new one stands here, with its title under
// "summary.part.<name>" in the catalogue.
var parts = []part{
	{"products", products},
	{"doses", doses},
	{"felt", felt},
	{"substances", substances},
	{"medicines", medicines},
	{"answers", answers},
	{"changes", changes},
	{"insights", insights},
	{"plan", wayDown},
	{"questions", questions},
}

// Names are the sections that can be ticked, in the order of the sheet.
func Names() []string {
	list := make([]string, len(parts))
	for i, p := range parts {
		list[i] = p.name
	}
	return list
}

// Document is a sheet in one language, ready to be shown, printed or filed.
type Document struct {
	// Title is neutral: it becomes the name of a window or a file.
	Title string `json:"title"`
	// Lang is the language, BCP 47.
	Lang string `json:"language"`
	// Made is the moment of the journal that it shows.
	Made     time.Time `json:"made"`
	Sections []Section `json:"sections"`
	// Intro stands below the title, Foot at the end.
	Intro []string `json:"intro"`
	Foot  string   `json:"foot"`
	// Letter is true for the paper of North America; the rest of the world has
	// A4.
	Letter bool `json:"-"`
}

// Section is one part in words, and its figures as Data.
type Section struct {
	Name   string  `json:"name"`
	Title  string  `json:"title"`
	Data   any     `json:"data"`
	Blocks []Block `json:"-"`
}

// Block is one of: a paragraph, a list, a table.
type Block struct {
	Text  string
	List  []string
	Table *Table
}

// Table has a heading for each column; the first column names the row.
type Table struct {
	Columns []string
	Rows    [][]string
}

// look is what the sections are made from.
type look struct {
	*locale.Catalogue
	j   *journal.Journal
	now time.Time
}

// Make makes a sheet of the named sections; of all when names is nil. It fails
// with fault.Invalid on a name that there is not.
func Make(j *journal.Journal, now time.Time, c *locale.Catalogue, names []string) (Document, error) {
	for _, n := range names {
		if !slices.Contains(Names(), n) {
			return Document{}, fault.New(fault.Invalid, "summary.no_such_part", "list", strings.Join(Names(), ", "))
		}
	}
	l := &look{c, j, now}
	d := Document{
		Title: c.T("summary.title"), Lang: c.Tag(), Made: now, Sections: []Section{},
		Intro: []string{c.T("summary.made", "day", c.Day(journal.DateOf(now), now), "year", now.Year(), "begin", l.begin()), c.T("summary.about")},
		Foot:  c.T("summary.foot"), Letter: Letter(journal.Or(j.Settings().Country, "")),
	}
	for _, p := range parts {
		if names != nil && !slices.Contains(names, p.name) {
			continue
		}
		s := Section{Name: p.name, Title: c.T("summary.part." + p.name)}
		s.Data, s.Blocks = p.make(l)
		d.Sections = append(d.Sections, s)
	}
	return d, nil
}

// letterCountries print on letter paper (8.5 by 11 inches).
var letterCountries = []string{"US", "CA", "MX", "PR", "CO", "CL", "VE", "PH", "GT", "CR"}

// Letter tells the paper of a country; of one that is not known it is letter,
// which fits on A4 when it is printed.
func Letter(country string) bool {
	return country == "" || slices.Contains(letterCountries, country)
}

// today is the day of now.
func (l *look) today() journal.Date { return journal.DateOf(l.now) }

// first is the day of the first entry that was written for its own time: use
// from before the journal is told, not kept; false when there is none.
func (l *look) first() (journal.Date, bool) {
	for _, e := range l.j.All() {
		if e.Kind != journal.KindPriorUse {
			return journal.DateOf(e.At), true
		}
	}
	return "", false
}

// moment is a day and a time of day. A sheet is read on another day, so that no
// day on it is "yesterday".
func (l *look) moment(t time.Time) string {
	return l.T("date.at", "day", l.Day(journal.DateOf(t), l.now), "time", l.Clock(t, l.Clock24(journal.Or(l.j.Settings().Clock, ""))))
}

// begin says since when the journal is kept.
func (l *look) begin() string {
	day, ok := l.first()
	if !ok {
		return l.T("summary.no_entry")
	}
	return l.Day(day, l.now)
}
