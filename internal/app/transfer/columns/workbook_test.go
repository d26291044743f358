package columns_test

import (
	"archive/zip"
	"bytes"
	"slices"
	"testing"

	"github.com/evenkeel/evenkeel/internal/app/transfer/columns"
)

// aWorkbook is an .xlsx as spreadsheets write it: strings shared and in place,
// a date, a moment and a time of day as days since 1900 under styles of dates,
// gaps in rows, a first sheet that is empty.
func aWorkbook(t testing.TB) string {
	t.Helper()
	const main = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	const rel = `http://schemas.openxmlformats.org/officeDocument/2006/relationships`
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range []struct{ name, text string }{
		{"xl/workbook.xml", `<workbook ` + main + ` xmlns:r="` + rel + `"><sheets><sheet name="Empty" sheetId="1" r:id="rId1"/><sheet name="Log" sheetId="2" r:id="rId2"/></sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="` + rel + `/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="` + rel + `/worksheet" Target="worksheets/sheet2.xml"/></Relationships>`},
		{"xl/sharedStrings.xml", `<sst ` + main + `><si><t>My log</t></si><si><t>Date</t></si><si><t>Time</t></si><si><t>Grams</t></si><si><t>red</t></si></sst>`},
		{"xl/styles.xml", `<styleSheet ` + main + `><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="20"/><xf numFmtId="22"/></cellXfs></styleSheet>`},
		{"xl/worksheets/sheet1.xml", `<worksheet ` + main + `><sheetData/></worksheet>`},
		{"xl/worksheets/sheet2.xml", `<worksheet ` + main + `><sheetData>
<row r="1"><c r="A1" t="s"><v>0</v></c></row>
<row r="3"><c r="A3" t="s"><v>1</v></c><c r="B3" t="s"><v>2</v></c><c r="C3" t="s"><v>3</v></c><c r="D3" t="inlineStr"><is><t>Strain</t></is></c></row>
<row r="4"><c r="A4" s="1"><v>46346</v></c><c r="B4" s="2"><v>0.81944444444444442</v></c><c r="C4"><v>2.5</v></c><c r="D4" t="s"><v>4</v></c></row>
<row r="6"><c r="A6" s="3"><v>46347.3125</v></c><c r="C6"><v>3</v></c></row>
<row r="7"><c r="A7" s="1"><v>46348</v></c><c r="C7" t="inlineStr"><is><t>a few</t></is></c></row>
</sheetData></worksheet>`},
	} {
		w, err := z.Create(f.name)
		if err == nil {
			_, err = w.Write([]byte(f.text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// A workbook has no zones: what it shows is what is read. Day 46346 is November
// 20, 2026, and .81944 of a day is 19:40.
func TestAWorkbookIsReadAsItShows(t *testing.T) {
	got := said(t, aWorkbook(t), columns.Chosen{})
	want := []string{"2026-11-20 19:40 2.5 g of red", "2026-11-21 07:30 3 g", "7 words"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
