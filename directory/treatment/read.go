package treatment

import (
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
)

// Kind is what a file of the directory holds.
type Kind int

// The files that there are, told by their headings.
const (
	Unknown Kind = iota
	Facilities
	Labels      // the key of service codes
	Coordinates // places with latitude and longitude
)

// Broken is a row that could not be read, by its line, counted from 1.
type Broken struct {
	Line int
	Why  string // a key of the catalogue, under "places.broken."
}

// File is what was read of one file.
type File struct {
	Kind   Kind
	Places []Place
	Labels map[string]string // by code
	Points map[string]Point  // by street and ZIP
	Areas  map[string]Point  // by ZIP, the middle of what lies there
	Rows   int
	Broken []Broken
}

// mostBroken are listed; more are only counted by Rows less what was read.
const mostBroken = 200

// maxRows bounds a hostile file: the whole directory has 20,524 rows.
const maxRows = 500_000

// ErrKind says that the headings are none of a directory's.
var ErrKind = errors.New("the headings are not those of a treatment directory")

// Read reads a file by its rows, the heading first. Rows that cannot be are
// left out and listed.
func Read(next func() ([]string, error)) (*File, error) {
	f := &File{Labels: map[string]string{}, Points: map[string]Point{}, Areas: map[string]Point{}}
	head, err := next()
	if errors.Is(err, io.EOF) {
		return nil, ErrKind
	}
	if err != nil {
		return nil, err
	}
	at := columns(head)
	if f.Kind = at.kind(); f.Kind == Unknown {
		return nil, ErrKind
	}
	sums := map[string]*middle{}
	for line := 2; ; line++ {
		row, err := next()
		if errors.Is(err, io.EOF) {
			break
		}
		var bad *csv.ParseError
		if errors.As(err, &bad) {
			f.broken(line, "row")
			continue
		}
		if err != nil {
			return nil, err
		}
		if f.Rows++; f.Rows > maxRows {
			return nil, ErrKind
		}
		switch f.Kind {
		case Facilities:
			f.place(line, at, row)
		case Labels:
			if code := at.get(row, "code"); code != "" {
				f.Labels[code] = at.get(row, "label")
			}
		case Coordinates:
			f.point(line, at, row, sums)
		}
	}
	for zip, m := range sums {
		f.Areas[zip] = m.point()
	}
	return f, nil
}

// CSV gives the rows of a file of comma-separated values.
func CSV(r io.Reader) func() ([]string, error) {
	c := csv.NewReader(r)
	c.FieldsPerRecord, c.LazyQuotes, c.ReuseRecord = -1, true, true
	return c.Read
}

type heads map[string]int

func columns(head []string) heads {
	h := heads{}
	for i, name := range head {
		name = strings.ToLower(strings.TrimSpace(strings.TrimPrefix(name, "\ufeff")))
		if _, twice := h[name]; !twice {
			h[name] = i
		}
	}
	return h
}

func (h heads) has(names ...string) bool {
	return !slices.ContainsFunc(names, func(n string) bool { _, ok := h[n]; return !ok })
}

func (h heads) kind() Kind {
	switch {
	case h.has("name1", "street1", "city", "state", "zip", "phone") && (h.has("service_code_info") || h.has("sa") || h.has("service_codes")):
		return Facilities
	case h.has("code", "label"):
		return Labels
	case h.has("street1", "zip", "latitude", "longitude"), h.has("address", "postal", "latitude", "longitude"):
		return Coordinates
	}
	return Unknown
}

// get is the cell under the first of the names that there is.
func (h heads) get(row []string, names ...string) string {
	for _, n := range names {
		if i, ok := h[n]; ok && i < len(row) {
			return strings.Join(strings.Fields(row[i]), " ")
		}
	}
	return ""
}

func (f *File) broken(line int, why string) {
	if len(f.Broken) < mostBroken {
		f.Broken = append(f.Broken, Broken{line, why})
	}
}

func (f *File) place(line int, at heads, row []string) {
	p := Place{
		Name: at.get(row, "name1"), Part: at.get(row, "name2"), City: at.get(row, "city"), State: strings.ToUpper(at.get(row, "state")),
		Street: strings.TrimSpace(at.get(row, "street1") + " " + at.get(row, "street2")), ZIP: zip(at.get(row, "zip")), Phone: at.get(row, "phone"),
	}
	for _, n := range []string{"intake1", "intake1a", "intake2", "intake2a"} {
		if s := at.get(row, n); s != "" && s != p.Phone {
			p.Intake = append(p.Intake, s)
		}
	}
	p.Intake = unique(p.Intake)
	for _, code := range strings.Fields(at.get(row, "service_code_info", "service_codes")) {
		if code != "*" && len(code) <= 12 {
			p.Codes = append(p.Codes, strings.Clone(strings.ToUpper(code)))
		}
	}
	p.Codes = unique(append(p.Codes, at.ticked(row)...))
	switch kind := strings.ToLower(at.get(row, "directory_type")); {
	case strings.HasPrefix(kind, "mental"):
		p.Mental = true
	default:
		p.Substance = true
	}
	switch {
	case p.Name == "":
		f.broken(line, "name")
	case p.ZIP == "" || len(p.State) != 2:
		f.broken(line, "where")
	case p.Phone == "" && len(p.Intake) == 0:
		f.broken(line, "phone")
	default:
		f.Places = append(f.Places, p)
	}
}

// ticked are the codes of a workbook that has a column for each, marked by 1.
func (h heads) ticked(row []string) []string {
	if !h.has("sa") {
		return nil
	}
	var list []string
	for name, i := range h {
		if i < len(row) && strings.TrimSpace(row[i]) == "1" && len(name) <= 6 {
			list = append(list, strings.ToUpper(name))
		}
	}
	return list
}

func (f *File) point(line int, at heads, row []string, sums map[string]*middle) {
	lat, err1 := strconv.ParseFloat(at.get(row, "latitude"), 64)
	lon, err2 := strconv.ParseFloat(at.get(row, "longitude"), 64)
	z := zip(at.get(row, "zip", "postal"))
	if err1 != nil || err2 != nil || z == "" || !(lat > -90 && lat < 90 && lon >= -180 && lon <= 180) || lat == 0 && lon == 0 {
		f.broken(line, "point")
		return
	}
	f.Points[where(at.get(row, "street1", "address"), z)] = Point{lat, lon, true}
	if sums[z] == nil {
		sums[z] = new(middle)
	}
	sums[z].add(lat, lon)
}

func where(street, zip string) string { return fold(street) + "|" + zip }

// zip is the five digits of a ZIP code, also where a sheet lost leading zeros;
// "" where there are none.
func zip(s string) string {
	s, _, _ = strings.Cut(s, "-")
	s, _, _ = strings.Cut(s, ".")
	if len(s) == 9 {
		s = s[:5]
	}
	if len(s) < 3 || len(s) > 5 || strings.Trim(s, "0123456789") != "" {
		return ""
	}
	return strings.Repeat("0", 5-len(s)) + s
}

type middle struct {
	lat, lon float64
	n        int
}

func (m *middle) add(lat, lon float64) { m.lat, m.lon, m.n = m.lat+lat, m.lon+lon, m.n+1 }

func (m *middle) point() Point { return Point{Lat: m.lat / float64(m.n), Lon: m.lon / float64(m.n)} }
