package treatment

import (
	"bytes"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"
	"time"
)

func read(t *testing.T, s string) *File {
	t.Helper()
	f, err := Read(CSV(strings.NewReader(s)))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

const places = `facility_id,directory_type,name1,name2,street1,street2,city,state,zip,phone,intake1,intake2,intake1a,intake2a,service_code_info
1,substance,Harbor House,,12 Main St,Suite 4,Springfield,IL,62701,217-555-0100,217-555-0101,,,,SA SUMH * OP ORT * BU
2,mental,Harbor House,,12 Main St.,Suite 4,Springfield,IL,62701,217-555-0100,,,,,MH * OP * CO SP
3,substance,Old Mill,,1 Mill Rd,,Boston,MA,2108,617-555-0100,,,,,SA * DT
4,substance,,,2 Mill Rd,,Boston,MA,02108,617-555-0100,,,,,SA
5,substance,No Phone,,3 Mill Rd,,Boston,MA,02108,,,,,,SA
6,substance,No Place,,4 Mill Rd,,Boston,,02108,617-555-0100,,,,,SA
7,substance,Far West,,9 Sea Ave,,Eureka,CA,95501-1234,707-555-0100,,,,,SA * OP
`

const points = `name1,street1,zip,latitude,longitude
Harbor House,12 Main St,62701,39.8,-89.65
Old Mill,9 Other St,02108,42.36,-71.06
Broken,1 St,02108,ninety,0
`

// One place in two directories is one place, with the services of both; rows
// that lack what a person needs are listed and left out.
func TestRead(t *testing.T) {
	f, p := read(t, places), read(t, points)
	if f.Kind != Facilities || f.Rows != 7 || !slices.Equal(f.Broken, []Broken{{5, "name"}, {6, "phone"}, {7, "where"}}) {
		t.Errorf("kind %d, %d rows, broken %v", f.Kind, f.Rows, f.Broken)
	}
	if p.Kind != Coordinates || !slices.Equal(p.Broken, []Broken{{4, "point"}}) {
		t.Errorf("kind %d, broken %v", p.Kind, p.Broken)
	}
	labels := read(t, "directory_type,code,label\nsubstance,OP,Outpatient\n")
	d, err := New(time.UnixMilli(0).UTC(), f, p, labels)
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Places) != 3 || d.Doubles != 1 || d.Labels["OP"] != "Outpatient" {
		t.Fatalf("%d places, %d doubles, labels %v", len(d.Places), d.Doubles, d.Labels)
	}
	h := d.Places[0]
	if !h.Substance || !h.Mental || !slices.Equal(h.Codes, []string{"BU", "CO", "MH", "OP", "ORT", "SA", "SP", "SUMH"}) || !slices.Equal(h.Intake, []string{"217-555-0101"}) {
		t.Errorf("%+v", h)
	}
	if !slices.Equal(h.Needs(), []Need{Outpatient, Dual, Buprenorphine, Spanish}) {
		t.Errorf("meets %v", h.Needs())
	}
	if mill := d.Places[1]; mill.ZIP != "02108" || mill.At.Exact || mill.At.Lat != 42.36 {
		t.Errorf("a ZIP code that lost its zero: %+v", mill)
	}
}

func TestSearch(t *testing.T) {
	d, err := New(time.Time{}, read(t, places), read(t, points))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		q     Query
		names []string
		near  bool
	}{
		{Query{}, []string{"Far West", "Harbor House", "Old Mill"}, false}, // by state
		{Query{Where: "62701"}, []string{"Harbor House", "Old Mill"}, true},
		{Query{Where: "62799"}, []string{"Harbor House", "Old Mill"}, true}, // its first three digits are known
		{Query{Where: "02109", Needs: []Need{Outpatient}}, []string{"Harbor House"}, true},
		{Query{Where: "95501"}, []string{"Far West"}, false}, // nobody knows where it is
		{Query{Where: "boston, ma"}, []string{"Old Mill"}, false},
		{Query{Where: "Boston"}, []string{"Old Mill"}, false},
		{Query{Where: "ca"}, []string{"Far West"}, false},
		{Query{Where: "Nowhere"}, nil, false},
		{Query{Needs: []Need{Detox, Outpatient}}, nil, false},
	} {
		hits, total, near := d.Search(c.q)
		var names []string
		for _, h := range hits {
			names = append(names, h.Name)
		}
		if !slices.Equal(names, c.names) || total != len(c.names) || near != c.near {
			t.Errorf("%+v: %v, %d, near %t; want %v, near %t", c.q, names, total, near, c.names, c.near)
		}
	}
	hits, total, _ := d.Search(Query{Limit: 1})
	if len(hits) != 1 || total != 3 {
		t.Errorf("limited to 1: %d of %d", len(hits), total)
	}
}

// New York to Los Angeles (40.7128 N 74.0060 W, 34.0522 N 118.2437 W) is 3,936
// km on a great circle, 2,446 miles.
func TestMiles(t *testing.T) {
	if got := miles(Point{Lat: 40.7128, Lon: -74.0060}, Point{Lat: 34.0522, Lon: -118.2437}); math.Abs(got-2446) > 2 {
		t.Errorf("%g miles", got)
	}
	if got := miles(Point{Lat: 10, Lon: 10}, Point{Lat: 10, Lon: 10}); got != 0 {
		t.Errorf("from a place to itself: %g", got)
	}
}

func TestOtherFilesAreRefused(t *testing.T) {
	for _, s := range []string{"", "a,b\n1,2\n", "date,dose\n2026-01-01,2\n"} {
		if _, err := Read(CSV(strings.NewReader(s))); !errors.Is(err, ErrKind) {
			t.Errorf("%q: %v", s, err)
		}
	}
	if _, err := New(time.Time{}, read(t, points)); !errors.Is(err, ErrNoPlaces) {
		t.Errorf("points alone: %v", err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(places)
	f.Add(points)
	f.Add("\ufeffcode,label\nA,\"b\n")
	f.Fuzz(func(t *testing.T, s string) {
		file, err := Read(CSV(strings.NewReader(s)))
		if err != nil {
			return
		}
		d, err := New(time.UnixMilli(5).UTC(), file)
		if err != nil {
			return
		}
		d.Search(Query{Where: "62701"})
		var kept, twice bytes.Buffer
		if err := d.Pack(&kept); err != nil {
			t.Fatal(err)
		}
		again, err := Unpack(bytes.NewReader(kept.Bytes()))
		if err != nil {
			t.Fatal(err)
		}
		if again.Pack(&twice); !bytes.Equal(kept.Bytes(), twice.Bytes()) {
			t.Error("what was kept comes back otherwise")
		}
	})
}

func FuzzUnpack(f *testing.F) {
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, b []byte) {
		if d, err := Unpack(bytes.NewReader(b)); err == nil && len(d.Places) == 0 {
			t.Error("an empty directory")
		}
	})
}
