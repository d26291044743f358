// Package adapter recognises what a file is: the export of another app, or
// somebody's own table.
package adapter

import (
	"bytes"
	"time"

	"github.com/evenkeel/evenkeel/internal/app/transfer/columns"
	"github.com/evenkeel/evenkeel/internal/app/transfer/incoming"
	"github.com/evenkeel/evenkeel/internal/app/transfer/table"
	"github.com/evenkeel/evenkeel/internal/fault"
)

// Open recognises a file and gives its rows. The plan is that of a table, nil
// for another app's own format; with an error about what was chosen it is given
// all the same.
func Open(data []byte, chosen columns.Chosen, now time.Time) (*incoming.Source, *columns.Plan, error) {
	if head := bytes.TrimLeft(bytes.TrimPrefix(data[:min(len(data), 512)], []byte("\ufeff")), " \t\r\n"); len(head) > 0 && (head[0] == '{' || head[0] == '[') {
		return nil, nil, fault.New(fault.Invalid, "transfer.not_known_json")
	}
	t, err := table.Open(data, columns.Known)
	if err != nil {
		return nil, nil, err
	}
	plan, err := columns.Make(t, chosen, now)
	if err != nil {
		return nil, plan, err
	}
	return plan.Source(t, now), plan, nil
}

// Names are the formats that a file may be read as.
func Names() []string { return []string{"table"} }
