package places_test

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/directory/treatment"
	"github.com/evenkeel/evenkeel/internal/app/places"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/store/reference"
)

var rows = [][]string{
	{"name1", "name2", "street1", "street2", "city", "state", "zip", "phone", "SA", "OP", "CO"},
	{"Harbor House", "", "12 Main St", "", "Springfield", "IL", "62701", "217-555-0100", "1", "1", ""},
	{"Old Mill", "", "1 Mill Rd", "", "Boston", "MA", "2108", "617-555-0100", "1", "", "1"},
}

// book is a workbook with the rows as inline text: the least that the format
// asks for (ECMA-376).
func book(t *testing.T) []byte {
	t.Helper()
	var sheet strings.Builder
	sheet.WriteString(`<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`)
	for r, row := range rows {
		fmt.Fprintf(&sheet, `<row r="%d">`, r+1)
		for c, cell := range row {
			if cell != "" {
				fmt.Fprintf(&sheet, `<c r="%c%d" t="inlineStr"><is><t>%s</t></is></c>`, 'A'+c, r+1, cell)
			}
		}
		sheet.WriteString(`</row>`)
	}
	sheet.WriteString(`</sheetData></worksheet>`)
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, body := range map[string]string{
		"xl/workbook.xml":            `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="All" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/styles.xml":              `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="1"><xf numFmtId="0"/></cellXfs></styleSheet>`,
		"xl/worksheets/sheet1.xml":   sheet.String(),
	} {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(w, body)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// The yearly workbook has a column for each service; it is the same directory
// as a table, gzipped or not.
func TestAWorkbookAndATableAreTheSameDirectory(t *testing.T) {
	var table bytes.Buffer
	for _, r := range rows {
		table.WriteString(strings.Join(r, ",") + "\n")
	}
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	z.Write(table.Bytes())
	z.Close()
	for name, data := range map[string][]byte{"workbook": book(t), "table": table.Bytes(), "gzip": packed.Bytes()} {
		shelf := places.On(reference.At(t.TempDir()))
		r, err := shelf.Import(t.Context(), time.UnixMilli(0), bytes.NewReader(data))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if len(r.Places) != 2 || r.Places[1].ZIP != "02108" || !r.Places[0].Meets(treatment.Outpatient) || r.Places[0].Meets(treatment.Dual) || !r.Places[1].Meets(treatment.Dual) {
			t.Errorf("%s: %+v", name, r.Places)
		}
	}
}

// What is kept is there at the next start; a broken file changes nothing, and a
// damaged list is said to be.
func TestTheKeptDirectory(t *testing.T) {
	dir := t.TempDir()
	files := reference.At(dir)
	ctx := t.Context()
	if _, err := places.On(files).Directory(ctx); !fault.Is(err, fault.NotFound) {
		t.Errorf("before any import: %v", err)
	}
	shelf := places.On(files)
	if _, err := shelf.Import(ctx, time.UnixMilli(7), bytes.NewReader(book(t))); err != nil {
		t.Fatal(err)
	}
	for name, bad := range map[string]string{"cut": string(book(t)[:200]), "other": "a,b\n1,2\n", "empty": "", "not gzip": "\x1f\x8bxx"} {
		if _, err := shelf.Import(ctx, time.UnixMilli(8), strings.NewReader(bad)); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	d, err := places.On(files).Directory(ctx)
	if err != nil || len(d.Places) != 2 || d.Imported.UnixMilli() != 7 {
		t.Fatalf("%v, %+v", err, d)
	}
	if err := files.Write(ctx, "treatment.ekd", []byte("junk")); err != nil {
		t.Fatal(err)
	}
	if _, err := places.On(files).Directory(ctx); !fault.Is(err, fault.Corrupt) {
		t.Errorf("damaged: %v", err)
	}
	if _, err := places.On(nil).Directory(ctx); !fault.Is(err, fault.NotFound) {
		t.Errorf("where nothing can be kept: %v", err)
	}
}
