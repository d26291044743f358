package caseload

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// Worked by hand with cells from 11 on: 9 alone would follow from the sum, so the
// next larger goes with it; 9 and 9 would be half of what is missing each.
func TestWithhold(t *testing.T) {
	for _, c := range []struct{ n, want []int }{
		{[]int{40, 0, 12}, []int{40, 0, 12}},
		{[]int{40, 9, 12}, []int{40, -1, -1}},
		{[]int{40, 9, 12, 0}, []int{40, -1, 12, -1}},
		{[]int{40, 9, 9, 12}, []int{40, -1, -1, -1}},
		{[]int{40, 9, 8, 12}, []int{40, -1, -1, 12}},
		{[]int{12, 12, 3}, []int{-1, -1, -1}},
		{[]int{5, 5, 5}, []int{-1, -1, -1}},
		{[]int{30, 10}, []int{-1, -1}},
	} {
		if got := withhold(c.n, 11); !slices.Equal(got, c.want) {
			t.Errorf("withhold(%v) = %v, want %v", c.n, got, c.want)
		}
	}
}

// No count from 1 to 10 is ever shown, and what is shown is true.
func TestSmallCountsAreNeverShown(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.SliceOfN(rapid.IntRange(0, 40), 2, 6).Draw(t, "n")
		for i, x := range withhold(n, 11) {
			if x != withheld && (x != n[i] || 0 < x && x < 11) {
				t.Fatalf("%v shows %d of cell %d", n, x, i)
			}
		}
	})
}

// Somebody who knows the sum and the rule, and tries every table of that sum, finds
// another value for each cell that is withheld. Cells from 5 on in place of 11 keep
// the number of tables small; five cells are as many as a table has.
func TestNothingWithheldCanBeWorkedOut(t *testing.T) {
	const least = 5
	for cells := 2; cells <= 5; cells++ {
		for sum := least; sum <= 22; sum++ {
			looks := map[string][]map[int]bool{}
			each(make([]int, cells), 0, sum, func(n []int) {
				shown := withhold(n, least)
				key := fmt.Sprint(shown)
				if looks[key] == nil {
					looks[key] = make([]map[int]bool, cells)
				}
				for i, x := range shown {
					if x == withheld {
						if looks[key][i] == nil {
							looks[key][i] = map[int]bool{}
						}
						looks[key][i][n[i]] = true
					}
				}
			})
			for key, may := range looks {
				for i, values := range may {
					if len(values) == 1 {
						t.Fatalf("sum %d, shown as %s: cell %d can only be %v", sum, key, i, values)
					}
				}
			}
		}
	}
}

// each fills n from cell i on with everything that adds up to left.
func each(n []int, i, left int, do func([]int)) {
	if i == len(n)-1 {
		n[i] = left
		do(n)
		return
	}
	for x := range left + 1 {
		n[i] = x
		each(n, i+1, left-x, do)
	}
}
