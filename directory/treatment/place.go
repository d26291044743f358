package treatment

import (
	"slices"
	"strings"
)

// Place is one place as the directory lists it.
type Place struct {
	// Name and Part, such as an organisation and its clinic.
	Name, Part string
	Street     string
	City       string
	State      string // two letters
	ZIP        string // five digits
	Phone      string
	// Intake are other numbers to begin with.
	Intake []string
	// Substance and Mental say in which of the two directories it stands.
	Substance, Mental bool
	// Codes of its services, sorted, each once.
	Codes []string
	At    Point

	meets needSet // what its codes answer, so that a search need not look them up
}

// Point is where a place is. Exact is false where only the area of its ZIP code
// is known; the zero Point is unknown.
type Point struct {
	Lat, Lon float64 // degrees
	Exact    bool
}

// Known reports that the point says anything.
func (p Point) Known() bool { return p.Lat != 0 || p.Lon != 0 }

// Has reports one of the codes.
func (p *Place) Has(codes ...string) bool {
	return slices.ContainsFunc(codes, func(c string) bool {
		_, ok := slices.BinarySearch(p.Codes, c)
		return ok
	})
}

// key is the same for the same place, however it is listed.
func (p *Place) key() string {
	return fold(p.Name) + "|" + fold(p.Part) + "|" + fold(p.Street) + "|" + p.ZIP
}

// fold leaves letters and digits, in small letters.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9', r > 127:
			return r
		case 'A' <= r && r <= 'Z':
			return r + 'a' - 'A'
		}
		return -1
	}, s)
}

// merge puts places that are listed more than once together: one name, street
// and ZIP is one place, with the services of all its rows.
func merge(list []Place) (merged []Place, doubles int) {
	at := make(map[string]int, len(list))
	for _, p := range list {
		i, ok := at[p.key()]
		if !ok {
			at[p.key()] = len(merged)
			merged = append(merged, p)
			continue
		}
		doubles++
		m := &merged[i]
		m.Substance, m.Mental = m.Substance || p.Substance, m.Mental || p.Mental
		m.Codes = unique(append(m.Codes, p.Codes...))
		m.Intake = unique(append(m.Intake, p.Intake...))
		switch {
		case m.Phone == "":
			m.Phone = p.Phone
		case p.Phone != "" && p.Phone != m.Phone && !slices.Contains(m.Intake, p.Phone):
			m.Intake = append(m.Intake, p.Phone)
		}
	}
	return merged, doubles
}

func unique(list []string) []string {
	slices.Sort(list)
	return slices.Compact(list)
}
