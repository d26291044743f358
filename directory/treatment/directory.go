package treatment

import (
	"cmp"
	"errors"
	"slices"
	"strings"
	"time"
)

// Directory is what was imported, put together.
type Directory struct {
	// Imported is when; the files do not say of which edition they are.
	Imported time.Time
	Places   []Place
	Labels   map[string]string
	// Areas are the middles of ZIP codes that are known, and of their first
	// three digits.
	Areas map[string]Point
	// Doubles were merged into others.
	Doubles int
	// Located is how many places have a point of their own.
	Located int
}

// ErrNoPlaces says that none of the files lists places.
var ErrNoPlaces = errors.New("no file lists places")

// New puts files together: places, the words for their codes, and where they
// are.
func New(imported time.Time, files ...*File) (*Directory, error) {
	d := &Directory{Imported: imported, Labels: map[string]string{}, Areas: map[string]Point{}}
	var list []Place
	points := map[string]Point{}
	for _, f := range files {
		list = append(list, f.Places...)
		for k, v := range f.Labels {
			d.Labels[k] = v
		}
		for k, v := range f.Points {
			points[k] = v
		}
		for k, v := range f.Areas {
			d.Areas[k] = v
		}
	}
	if len(list) == 0 {
		return nil, ErrNoPlaces
	}
	d.Places, d.Doubles = merge(list)
	d.widen()
	for i := range d.Places {
		p := &d.Places[i]
		p.meets = mask(p.Needs())
		if at, ok := points[where(p.Street, p.ZIP)]; ok {
			p.At = at
		} else if !p.At.Exact {
			p.At = d.Areas[p.ZIP]
		}
		if p.At.Exact {
			d.Located++
		}
	}
	return d, nil
}

// AsFile is the directory as a file, to which others can be added.
func (d *Directory) AsFile() *File {
	f := &File{Kind: Facilities, Places: slices.Clone(d.Places), Labels: d.Labels, Areas: map[string]Point{}}
	for z, at := range d.Areas {
		if len(z) == 5 {
			f.Areas[z] = at
		}
	}
	return f
}

// widen adds the middles of the first three digits, for ZIP codes in which no
// place with a point lies.
func (d *Directory) widen() {
	sums := map[string]*middle{}
	for z, p := range d.Areas {
		if sums[z[:3]] == nil {
			sums[z[:3]] = new(middle)
		}
		sums[z[:3]].add(p.Lat, p.Lon)
	}
	for z, m := range sums {
		d.Areas[z] = m.point()
	}
}

// Query is what somebody looks for.
type Query struct {
	// Where is a ZIP code, a city, a city and state, or a state's two letters;
	// empty for anywhere.
	Where string
	Needs []Need
	// Substance leaves out what only the mental health directory lists.
	Substance bool
	Limit     int
}

// Hit is a place that was found.
type Hit struct {
	*Place
	// Miles from the middle of the ZIP code that was asked for; negative where
	// it is not known.
	Miles float64
}

// Search finds the places that meet every need, the nearest first where a
// distance is known, and else by state, city and name. Total is how many there
// are, and near says from where distances count; false where they are unknown.
func (d *Directory) Search(q Query) (hits []Hit, total int, near bool) {
	from, zipped, in := d.locate(q.Where)
	want := mask(q.Needs)
	for i := range d.Places {
		p := &d.Places[i]
		if q.Substance && !p.Substance || p.meets&want != want {
			continue
		}
		h := Hit{p, -1}
		switch {
		case from.Known() && p.At.Known():
			h.Miles = miles(from, p.At)
		case from.Known() && zipped != p.ZIP:
			continue // nobody knows how far it is
		case !from.Known() && !in(p):
			continue
		}
		hits = append(hits, h)
	}
	slices.SortFunc(hits, nearer)
	total = len(hits)
	if q.Limit > 0 && total > q.Limit {
		hits = hits[:q.Limit]
	}
	return hits, total, from.Known()
}

// nearer orders by distance; names decide only between the equally far, of
// which there are few.
func nearer(a, b Hit) int {
	if c := cmp.Compare(a.Miles, b.Miles); c != 0 {
		return c
	}
	return cmp.Or(cmp.Compare(a.State, b.State), cmp.Compare(a.City, b.City),
		cmp.Compare(a.Name, b.Name), cmp.Compare(a.Part, b.Part), cmp.Compare(a.Street, b.Street))
}

// locate reads where somebody looks: a point for a ZIP code whose area is
// known, else what a place must match.
func (d *Directory) locate(s string) (from Point, zipped string, in func(*Place) bool) {
	s = strings.TrimSpace(s)
	if z := zip(s); z != "" && len(s) >= 5 {
		if at, ok := d.Areas[z]; ok {
			return at, z, nil
		}
		if at, ok := d.Areas[z[:3]]; ok {
			return at, z, nil
		}
		return Point{}, z, func(p *Place) bool { return p.ZIP[:3] == z[:3] }
	}
	city, state, _ := strings.Cut(s, ",")
	if state == "" && len(s) == 2 {
		city, state = "", s
	}
	city, state = fold(city), strings.ToUpper(strings.TrimSpace(state))
	return Point{}, "", func(p *Place) bool {
		return (city == "" || fold(p.City) == city) && (state == "" || p.State == state)
	}
}
