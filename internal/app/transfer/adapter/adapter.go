// Package adapter recognises what a file is: the export of another app, or
// somebody's own table. Another app's file becomes a table with the columns of
// Evenkeel, so that it is shown, settled and mended as any table is.
package adapter

import (
	"archive/zip"
	"bytes"
	"time"

	"github.com/evenkeel/evenkeel/internal/app/transfer/columns"
	"github.com/evenkeel/evenkeel/internal/app/transfer/incoming"
	"github.com/evenkeel/evenkeel/internal/app/transfer/table"
	"github.com/evenkeel/evenkeel/internal/app/transfer/workbook"
	"github.com/evenkeel/evenkeel/internal/fault"
)

// Names are the formats that a file may be read as.
func Names() []string {
	return []string{"table", "psychonautwiki", "teataper", "herbaltracker", "loop", "daylio", "bearable"}
}

// Open recognises a file and gives its rows. The plan is given also with an error
// about what was chosen.
func Open(data []byte, chosen columns.Chosen, now time.Time) (*incoming.Source, *columns.Plan, error) {
	name, t, err := recognise(data, now.Location())
	if err != nil {
		return nil, nil, err
	}
	plan, err := columns.Make(t, chosen, now)
	if err != nil {
		return nil, plan, err
	}
	s := plan.Source(t, now)
	s.Name = name
	return s, plan, nil
}

// recognise makes a table of a file and says which format it has. The error is a
// *fault.Error.
func recognise(data []byte, loc *time.Location) (string, *table.Table, error) {
	head := bytes.TrimLeft(bytes.TrimPrefix(data[:min(len(data), 512)], []byte("\ufeff")), " \t\r\n")
	if len(head) > 0 && (head[0] == '{' || head[0] == '[') {
		return ofJSON(bytes.TrimPrefix(data, []byte("\ufeff")), loc)
	}
	if workbook.Is(data) {
		if z, err := zip.NewReader(bytes.NewReader(data), int64(len(data))); err == nil {
			if t, err := loopArchive(z); t != nil || err != nil {
				return "loop", t, err
			}
		}
	}
	t, err := table.Open(data, columns.Known)
	if err != nil {
		return "", nil, err
	}
	for _, f := range []struct {
		name string
		read func(*table.Table) (*table.Table, error)
	}{{"teataper", teaTaperTable}, {"herbaltracker", herbalTable}, {"daylio", daylioTable}, {"bearable", bearableTable}, {"loop", loopTable}} {
		made, err := f.read(t)
		if made != nil || err != nil {
			return f.name, made, err
		}
	}
	return "table", t, nil
}

func notKnown() error { return fault.New(fault.Invalid, "transfer.not_known_json") }
