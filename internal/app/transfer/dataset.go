package transfer

import (
	"context"
	"io"

	"github.com/evenkeel/evenkeel/exposure"
	"github.com/evenkeel/evenkeel/internal/app"
)

// ExportDataset writes the doses, the ratings and the days that are not known as
// a dataset for NONMEM, rxode2 and their kind. It holds hours and mg, and neither
// dates nor words.
func ExportDataset(ctx context.Context, a *app.App, w io.Writer) error {
	j, err := a.Read(ctx)
	if err != nil {
		return err
	}
	d := exposure.Dataset(j, a.Now(ctx))
	return writeFailed(d.Write(w))
}
