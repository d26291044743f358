package caseload

import "slices"

// withheld stands in place of a count that is not shown.
const withheld = -1

// withhold puts withheld in place of the counts of a table that must not be shown:
// where one lies between 0 and least, all up to a line, the lowest from least-1 on
// at which two or more are withheld that are not all the same.
//
// So nobody can work one out, not even who knows the sum of the table and this
// rule: the counts that are withheld, dealt out to their cells in any other way,
// give the same table, and since two of them differ, each cell may hold another.
// Where all counts of a table are small and the same, they are all withheld, and a
// table that differs in two of them looks alike. A count of zero is shown as long
// as no count is withheld.
func withhold(n []int, least int) []int {
	small := func(x int) bool { return 0 < x && x < least }
	if !slices.ContainsFunc(n, small) {
		return n
	}
	line := least - 1
	for {
		var hidden []int
		next := -1 // the least count above the line
		for _, x := range n {
			switch {
			case x <= line:
				hidden = append(hidden, x)
			case next < 0 || x < next:
				next = x
			}
		}
		if next < 0 || len(hidden) > 1 && slices.Min(hidden) < slices.Max(hidden) {
			break
		}
		line = next
	}
	shown := slices.Clone(n)
	for i, x := range shown {
		if x <= line {
			shown[i] = withheld
		}
	}
	return shown
}
