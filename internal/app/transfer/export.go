// Package transfer takes a journal out and in: the lossless export, backups,
// and tables.
package transfer

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"time"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/journal"
)

// The export format; docs/formats.md describes it.
const (
	ExportFormat  = "evenkeel-journal"
	ExportVersion = 1
)

// exportHead is the first part of an export; "records" follows.
type exportHead struct {
	Format   string    `json:"format"`
	Version  int       `json:"version"`
	Exported time.Time `json:"exported"`
}

// exportRecord is one record of an export: the event byte for byte as it was
// sealed, so that nothing is lost, not even what a newer release wrote.
type exportRecord struct {
	ID    journal.ID      `json:"id"`
	Event json.RawMessage `json:"event"`
}

// ExportJSON writes everything the log holds, every version and deletion, in
// the lossless form that Import reads back. A record that is damaged stops it:
// an export that silently misses something is worse than none.
func ExportJSON(ctx context.Context, a *app.App, w io.Writer) error {
	_, err := exportJSON(ctx, a, w, false)
	return err
}

// ExportReadable is ExportJSON that leaves damaged records out and counts
// them, for getting the rest to safety.
func ExportReadable(ctx context.Context, a *app.App, w io.Writer) (damaged int, err error) {
	return exportJSON(ctx, a, w, true)
}

func exportJSON(ctx context.Context, a *app.App, w io.Writer, skipDamaged bool) (damaged int, err error) {
	out := bufio.NewWriter(w)
	head, err := json.Marshal(exportHead{ExportFormat, ExportVersion, a.Now(ctx)})
	if err != nil {
		return 0, err
	}
	out.Write(head[:len(head)-1])
	out.WriteString(`,"records":[`)
	sep := "\n"
	damaged, err = a.Each(ctx, skipDamaged, func(id journal.ID, plain []byte) error {
		// Not through encoding/json, which would write <, > and & in another way.
		out.WriteString(sep + `{"id":"` + id.String() + `","event":`)
		out.Write(plain)
		_, err := out.WriteString("}")
		sep = ",\n"
		return err
	})
	if err != nil {
		return damaged, writeFailed(err)
	}
	out.WriteString("\n]}\n")
	return damaged, writeFailed(out.Flush())
}

func writeFailed(err error) error {
	if err == nil || fault.CodeOf(err) != fault.Internal {
		return err
	}
	return fault.Wrap(err, fault.FullDisk, "transfer.write_failed")
}
