package columns

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// meaning is what a heading says of its column.
type meaning struct {
	field string
	unit  string
	// usual is the time of day of the amounts, "08:00"; empty where none is said.
	usual string
	// low and high are the ends of a scale; both 0 where none is said.
	low, high float64
	// total tells a sum of other columns.
	total bool
}

// Known tells a heading that has a meaning.
func Known(heading string) bool {
	m := meaningOf(heading)
	return m.field != ""
}

var scaleInHeading = regexp.MustCompile(`(\d{1,3})\s*(?:-|–|—|to|bis|a|\.\.)\s*(\d{1,3})`)
var topInHeading = regexp.MustCompile(`/\s*(\d{1,3})\b`)

// meaningOf reads a heading: "Dose (mg)", "AM", "Mood 1-5", "Menge in g",
// "7:30 pm".
func meaningOf(heading string) meaning {
	if slices.Contains(Fields(), heading) && heading != "" {
		return meaning{field: heading} // of our own table
	}
	m := meaning{}
	whole := plain(heading)
	if f := words.field[whole]; f != "" {
		return meaning{field: f}
	}
	rest := strings.ToLower(heading)
	if at := scaleInHeading.FindStringSubmatchIndex(rest); at != nil {
		m.low, m.high = figure(rest[at[2]:at[3]]), figure(rest[at[4]:at[5]])
		rest = rest[:at[0]] + " " + rest[at[1]:]
	} else if at := topInHeading.FindStringSubmatchIndex(rest); at != nil {
		m.high = figure(rest[at[2]:at[3]])
		rest = rest[:at[0]] + " " + rest[at[1]:]
	}
	if c, ok := clockOf(rest, false); ok && strings.ContainsAny(rest, "0123456789") {
		return meaning{field: "amount", usual: c.text()}
	}
	left := m.take(strings.Fields(plain(rest)))
	name := strings.Join(left, " ")
	switch f := words.field[name]; {
	case len(left) > 0 && words.field[left[len(left)-1]] == "text":
		m.field = "text" // "Kratom (g) notes"
	case f == "sleep_h" && m.high > 0:
		m.field = "sleep_quality" // hours have no scale
	case f != "" && (f == "amount" || m.unit == "" || f == "sleep_h"):
		m.field = f
	case f != "":
		// "Kratom (g)" and "Taken mg" are amounts, whatever else the word may name.
		m.field = "amount"
	case name == "" && (m.unit != "" || m.usual != "" || m.total):
		m.field = "amount"
	case m.unit != "" && (m.usual != "" || words.amount[name] || isAmount(left)):
		m.field = "amount"
	case m.usual != "" && isAmount(left):
		m.field = "amount"
	}
	if m.field != "amount" {
		m.unit, m.usual = "", ""
	}
	if !Scaled(m.field) {
		m.low, m.high = 0, 0
	}
	return m
}

// take takes units, times of day and sums out of the words of a heading and
// gives the others.
func (m *meaning) take(list []string) (left []string) {
	for i := 0; i < len(list); i++ {
		w := list[i]
		two := w
		if i+1 < len(list) {
			two = w + " " + list[i+1]
		}
		switch {
		case words.total[two] && two != w:
			m.total = true
			i++
		case words.usual[two] != "" && two != w && m.usual == "":
			m.usual = words.usual[two]
			i++
		case words.total[w]:
			m.total = true
		case words.unit[w] != "" && m.unit == "":
			m.unit = words.unit[w]
		case words.usual[w] != "" && m.usual == "":
			m.usual = words.usual[w]
		case words.filler[w] || w == "in" || w == "per" || w == "x":
		default:
			left = append(left, w)
		}
	}
	return left
}

// isAmount tells words that all belong to an amount: "kratom dose", "dose 2".
func isAmount(list []string) bool {
	found := false
	for _, w := range list {
		switch {
		case words.amount[w] || words.field[w] == "amount":
			found = true
		case len(w) <= 2 && figure(w) > 0:
		default:
			return false
		}
	}
	return found
}

func figure(s string) float64 {
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return 0
	}
	return v
}
