// Package transfer takes a journal along and brings one back: export, backup,
// import, restore. It also ends one.
package transfer

import "github.com/evenkeel/evenkeel/internal/web/shell"

// refused shows the page that Panel stands on again, with what went wrong with
// the form called part.
type refused func(v *shell.Visit, part string, err error) error

// Elsewhere is what of a journal is not on this device.
type Elsewhere struct {
	// Host has a sealed copy of it; empty for none.
	Host func(*shell.Visit) string
	// Destroy has the host destroy the copy, and Drop removes what this device noted
	// for it, which nothing opens once the journal is gone.
	Destroy, Drop func(*shell.Visit) error
}

// Routes are the files that leave and arrive. again shows the page that Panel
// stands on, with what went wrong with its form called part.
func Routes(again func(v *shell.Visit, part string, err error) error, e Elsewhere) []shell.Route {
	list := []shell.Route{
		{Pattern: "GET /export.json", Do: exportJSON, Back: "/settings"},
		{Pattern: "GET /export.csv", Do: exportCSV, Back: "/settings"},
		{Pattern: "GET /dataset.csv", Do: exportDataset, Back: "/settings"},
		{Pattern: "POST /backup", Do: refused(again).backup, Back: "/settings"},
		{Pattern: "GET /import", Do: askImport},
		{Pattern: "POST /import", Do: importFile, Body: shell.Large, Back: "/import"},
		{Pattern: "POST /import/table", Do: importTable, Back: "/import"},
		{Pattern: "GET /import/batches/{id}", Do: showBatch},
		{Pattern: "POST /import/batches/{id}/undo", Do: undoBatch, Back: "/import"},
		{Pattern: "POST /import/batches/{id}/rows", Do: mendRow, Back: "/import"},
		{Pattern: "POST /restore", Do: refused(again).restore, Body: shell.Large, Back: "/settings"},
		{Pattern: "GET /delete-everything", Do: e.askDelete},
		{Pattern: "POST /delete-everything", Do: e.deleteAll, Back: "/delete-everything"},
	}
	for i := range list {
		list[i].Part = "settings"
	}
	return list
}
