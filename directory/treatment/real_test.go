package treatment

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// shared opens a public file beside the repository; the test is skipped where
// it is not there.
func shared(t testing.TB, name string) io.Reader {
	t.Helper()
	f, err := os.Open(filepath.Join("..", "..", "..", "shared", "data", name))
	if err != nil {
		t.Skip("the public directory is not beside this repository")
	}
	t.Cleanup(func() { f.Close() })
	if !strings.HasSuffix(name, ".gz") {
		return f
	}
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func real(t testing.TB) (*Directory, []*File) {
	t.Helper()
	var files []*File
	for _, name := range []string{"samhsa_directory_facilities.csv.gz", "samhsa_directory_service_codes.csv.gz", "oeps_SubstanceUseTreatment_Geocoded.csv", "oeps_OpioidTreatmentProgram_Geocoded.csv"} {
		f, err := Read(CSV(shared(t, name)))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		files = append(files, f)
	}
	d, err := New(time.UnixMilli(1764028800000).UTC(), files...)
	if err != nil {
		t.Fatal(err)
	}
	return d, files
}

// The published counts of the public file: 20,524 rows; of its 12,205 substance
// rows 7,771 list CO, 10,193 OP, 7,095 BU and 211 NP. Five rows at its end hold
// no place.
func TestTheRealDirectory(t *testing.T) {
	d, files := real(t)
	if files[0].Rows != 20524 || len(files[0].Broken) > 5 {
		t.Errorf("%d rows, broken %v", files[0].Rows, files[0].Broken)
	}
	count := map[string]int{}
	substance := 0
	for _, p := range files[0].Places {
		if !p.Substance {
			continue
		}
		substance++
		for _, c := range []string{"CO", "OP", "BU", "NP", "SUMH"} {
			if p.Has(c) {
				count[c]++
			}
		}
	}
	want := map[string]int{"CO": 7771, "OP": 10193, "BU": 7095, "NP": 211, "SUMH": 7240}
	for c, n := range want {
		if count[c] != n {
			t.Errorf("%s: %d, published %d", c, count[c], n)
		}
	}
	if substance != 12205-5 {
		t.Errorf("%d substance places, want 12200", substance)
	}
	var kept bytes.Buffer
	if err := d.Pack(&kept); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d places, %d merged, %d located, kept in %d bytes, broken %v", len(d.Places), d.Doubles, d.Located, kept.Len(), files[0].Broken)
	again, err := Unpack(bytes.NewReader(kept.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	var twice bytes.Buffer
	if err := again.Pack(&twice); err != nil || !bytes.Equal(kept.Bytes(), twice.Bytes()) {
		t.Errorf("what was kept comes back otherwise: %v", err)
	}
	hits, total, near := d.Search(Query{Where: "10001", Needs: []Need{Outpatient, Dual, Buprenorphine}, Limit: 10})
	if !near || total < 100 || hits[0].Miles > 5 || hits[0].Miles < 0 {
		t.Errorf("in Manhattan: %d places, near %t, first %+v", total, near, hits[0])
	}
}

func BenchmarkSearch(b *testing.B) {
	d, _ := real(b)
	for b.Loop() {
		d.Search(Query{Where: "10001", Needs: []Need{Outpatient, Dual}, Limit: 20})
	}
}

func BenchmarkUnpack(b *testing.B) {
	d, _ := real(b)
	var kept bytes.Buffer
	if err := d.Pack(&kept); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Unpack(bytes.NewReader(kept.Bytes())); err != nil {
			b.Fatal(err)
		}
	}
}
