// Package incoming is what readers of files hand over: rows, and the entries
// that each says happened. It knows no journal and no format.
package incoming

import (
	"github.com/evenkeel/evenkeel/journal"
)

// Source is a file that was recognised, ready to be read.
type Source struct {
	// Name of the format: "table", or another app's.
	Name string
	// Columns are the headings over the cells of rows; nil for none.
	Columns []string
	// Rows yields every row in the order of the file until yield returns false.
	// It may be called again. The error is a *fault.Error.
	Rows func(yield func(*Row) bool) error
}

// Row is one row of a file, or one item of a list.
type Row struct {
	// N is its place in the file, from 1; of a table the line that a spreadsheet
	// shows.
	N int
	// Key is what the source itself calls it, such as an id; empty for none.
	Key string
	// Cells are what stands in it, for a person to mend; nil where nothing is to be
	// mended.
	Cells []string
	// Drafts are the entries that it says happened.
	Drafts []Draft
	// Why is what is wrong with it; nil for nothing. A row with something wrong
	// has no drafts.
	Why *Problem
	// Passed says why a row that is no entry was passed over; empty for a row that
	// is one.
	Passed Passed
}

// Passed is why a row is passed over without being wrong.
type Passed string

const (
	// Blank rows hold nothing.
	Blank Passed = "blank"
	// Total rows sum up others.
	Total Passed = "total"
	// NotKnown rows have a date and nothing else: a day that nobody wrote about.
	NotKnown Passed = "not_known"
	// Waiting rows are kept to be mended since an earlier import.
	Waiting Passed = "waiting"
	// Other rows are about what a journal has no place for.
	Other Passed = "other"
)

// Draft is one entry that a row says happened.
type Draft struct {
	// ID that the entry had in a journal of Evenkeel; zero for none.
	ID journal.ID
	// Event with its time and what it says. Its time of recording is zero unless
	// the file has one.
	Event journal.Event
	// Product that the file names; empty for none.
	Product string
	// Form of that product; empty where the file does not tell.
	Form journal.Form
	// Listed says that the product stands on the person's list whatever the kind
	// of the entry; without it only a dose begins one.
	Listed bool
	// AllDay says that the file gives the day and no time of it.
	AllDay bool
	// Odd is what makes the entry hard to believe; nil for nothing.
	Odd *Problem
}

// Problem is what is wrong with a row: a key of the catalogue and its
// arguments, which never hold what a person wrote.
type Problem struct {
	Key  string
	Args []any
}

// Say makes a Problem.
func Say(key string, args ...any) *Problem { return &Problem{key, args} }

func (p *Problem) Error() string { return p.Key }

// Text gives the catalogue's key and the arguments of the sentence.
func (p *Problem) Text() (key string, args []any) { return p.Key, p.Args }
