package transfer_test

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/transfer"
	"github.com/evenkeel/evenkeel/internal/app/transfer/batch"
	"github.com/evenkeel/evenkeel/internal/testkit/place"
)

// bring imports a table as it is proposed.
func bring(t interface {
	Helper()
	Fatal(...any)
}, a *app.App, table []byte) *batch.Done {
	t.Helper()
	done, err := batch.Write(context.Background(), a, batch.File{Name: "table.csv", Data: table}, batch.Choices{})
	if err != nil {
		t.Fatal(err)
	}
	return done
}

// Words that begin like a formula, or like the mark against one, come back as
// they were written, and no cell of the table begins like a formula.
func TestFormulasComeBackAsWords(t *testing.T) {
	a := place.InMemory(t)
	notes := []string{"=1+1", "'=1+1", "''=1+1", "'tis fine", "-2", "+ and @", "plain"}
	for _, n := range notes {
		place.Record(t, a, place.Note(n))
	}
	var table bytes.Buffer
	if err := transfer.ExportCSV(t.Context(), a, &table, false); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(table.String(), ",=") || strings.Contains(table.String(), ",@") {
		t.Errorf("a cell begins like a formula:\n%s", table.String())
	}
	b := place.InMemory(t)
	bring(t, b, table.Bytes())
	got := place.Notes(t, b)
	slices.Sort(got)
	slices.Sort(notes)
	if !slices.Equal(got, notes) {
		t.Errorf("came back as %q", got)
	}
}
