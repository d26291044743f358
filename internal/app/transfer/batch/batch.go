// Package batch brings what files say into a journal: shown before, written as
// one, known again, and undone as one.
package batch

import (
	"time"

	"github.com/evenkeel/evenkeel/internal/app/transfer/adapter"
	"github.com/evenkeel/evenkeel/internal/app/transfer/columns"
	"github.com/evenkeel/evenkeel/internal/app/transfer/incoming"
)

// Changed says what becomes of an entry that was imported before and is read
// differently now: the columns were mended, or the row was.
type Changed string

const (
	// Replace takes the old one out and puts the new one in.
	Replace Changed = "replace"
	// Leave keeps the old one.
	Leave Changed = "skip"
	// AddBoth keeps the old one and adds the new one.
	AddBoth Changed = "add"
)

// Choices are what a person settles before a file is written. The zero value
// leaves all to the proposal.
type Choices struct {
	columns.Chosen
	// Changed is Replace unless it says otherwise.
	Changed Changed `json:"changed,omitempty"`
	// Doubles adds what looks like an entry that was written by hand; it is left
	// out otherwise.
	Doubles bool `json:"doubles,omitempty"`
	// Odd adds amounts that are hard to believe; they are kept to be mended
	// otherwise.
	Odd bool `json:"odd,omitempty"`
}

// File is what a person chose to import.
type File struct {
	// Name as the person knows it; only shown.
	Name string
	Data []byte
}

// open recognises a file. The plan is nil for what is no table. With an error
// about the choices the plan is given all the same.
func open(f File, c Choices, now time.Time) (*incoming.Source, *columns.Plan, error) {
	return adapter.Open(f.Data, c.Chosen, now)
}
