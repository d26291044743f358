package table

import "strings"

// searched is how many lines the heading is looked for in: titles, the name of
// the person and a blank line may stand above it.
const searched = 40

// headingOf finds the row of headings: the one with the most names that known
// knows, and of equal ones the first. Without any known name it is the first
// row of several cells that are all words; -1 when the first row of several
// cells already holds figures.
func headingOf(rows [][]string, known func(string) bool) int {
	best, most := -1, 0
	for i, row := range rows {
		n, figures := 0, 0
		for _, c := range row {
			switch {
			case known(c):
				n++
			case figure(c):
				figures++
			}
		}
		if n > figures && n > most {
			best, most = i, n
		}
	}
	if best >= 0 {
		return best
	}
	for i, row := range rows {
		filled, figures := 0, 0
		for _, c := range row {
			if strings.TrimSpace(c) != "" {
				filled++
			}
			if figure(c) {
				figures++
			}
		}
		switch {
		case filled < 2:
			continue
		case figures == 0:
			return i
		}
		return -1
	}
	return -1
}

// figure tells a number, a date or a time from words.
func figure(c string) bool {
	c = strings.TrimSpace(c)
	return c != "" && (c[0] >= '0' && c[0] <= '9' || strings.ContainsRune("-+.", rune(c[0])) && len(c) > 1 && c[1] >= '0' && c[1] <= '9')
}
