package journal

import "encoding/json"

// KindImport is a file that was imported.
const KindImport Kind = "import"

// Import is one batch of entries that a file brought. The entries name it as
// the batch of their Origin; once it is deleted, they are undone.
type Import struct {
	// Source is the format that the file was read as: "table", or the name of
	// another app's format.
	Source string `json:"source"`
	// Name of the file, as the person chose it; empty where it had none.
	Name string `json:"name,omitempty"`
	// Added is how many entries it brought, products left out.
	Added int `json:"added"`
	// Plan is how the columns of a table were read, in the form of the importer;
	// rows that are mended later are read the same way.
	Plan json.RawMessage `json:"plan,omitempty"`
	// Columns are the headings over the cells of Kept.
	Columns []string `json:"columns,omitempty"`
	// Kept are the rows that could not be imported, to be mended.
	Kept []KeptRow `json:"kept,omitempty"`
	// Dropped is how many more could not be imported, beyond those of Kept.
	Dropped int `json:"dropped,omitempty"`
}

// KeptRow is a row of a file that could not be imported as it stands.
type KeptRow struct {
	// Row of the file, counted as a spreadsheet does, from 1.
	Row   int      `json:"row"`
	Cells []string `json:"cells"`
	// Problem is the key of the sentence that says what is wrong.
	Problem string `json:"problem"`
}

// Limits of what an import keeps.
const (
	// MaxKept is how many rows an import keeps to be mended.
	MaxKept = 200
	// MaxKeptCell is the longest cell of a kept row, in characters.
	MaxKeptCell = 500
)

// Kind is KindImport.
func (*Import) Kind() Kind { return KindImport }

// Import is the event's batch; nil when it is about something else.
func (e *Event) Import() *Import { return of[Import](e) }

var _ = register(Descriptor{Kind: KindImport, New: func() Payload { return new(Import) }, Check: func(p Payload) error { return p.(*Import).check() }})

func (i *Import) check() error {
	if i.Source == "" {
		return bad("source", "event.empty")
	}
	if i.Added < 0 || i.Dropped < 0 || len(i.Kept) > MaxKept {
		return bad("kept", "event.number_range", "low", 0, "high", MaxKept)
	}
	if err := first(text("source", i.Source, MaxWord), text("name", i.Name, MaxWord)); err != nil {
		return err
	}
	for _, k := range i.Kept {
		for _, c := range k.Cells {
			if err := text("kept", c, MaxKeptCell); err != nil {
				return err
			}
		}
	}
	return nil
}

// Imports lists the files that were imported and stand, the last first.
func (j *Journal) Imports() []Entry {
	list := make([]Entry, 0, len(j.imports))
	for i := len(j.imports) - 1; i >= 0; i-- {
		list = append(list, *j.imports[i])
	}
	return list
}

// Threads yields every entry and product that the log holds, in no order: its
// last version, and whether it still stands. What was forgotten is not among
// them.
func (f *Fold) Threads(yield func(e *Entry, stands bool) bool) {
	for _, t := range f.threads {
		if t.entry != nil && !yield(t.entry, !t.deleted) {
			return
		}
	}
}
