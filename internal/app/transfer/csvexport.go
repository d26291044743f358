package transfer

import (
	"context"
	"io"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/transfer/sheet"
)

// ExportCSV writes the live entries as a flat table, which import reads back. A
// byte order mark before it is for Excel, which takes a table without one for
// Windows-1252. Products and settings are in the JSON export only.
func ExportCSV(ctx context.Context, a *app.App, w io.Writer, mark bool) error {
	j, err := a.Read(ctx)
	if err != nil {
		return err
	}
	if mark {
		if _, err := io.WriteString(w, sheet.ByteOrderMark); err != nil {
			return writeFailed(err)
		}
	}
	return writeFailed(sheet.Write(w, j))
}
