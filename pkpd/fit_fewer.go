package pkpd

// Fewer is the person with at most n of the draws that count, evenly picked: for
// looking at many regimens while somebody waits. Bands from fewer draws are
// coarser at their ends and mean the same.
func (person *Person) Fewer(n int) *Person {
	if n < 1 || n >= person.total {
		return person
	}
	few := *person
	few.copies, few.unique, few.first, few.total = make([]int, len(person.copies)), nil, nil, 0
	few.felt = make([][nFelt]float64, n)
	u := 0
	for c := range n {
		at := c * person.total / n
		for u+1 < len(person.unique) && person.first[u+1] <= at {
			u++
		}
		few.copies[person.unique[u]]++
		few.felt[c] = person.felt[at]
	}
	few.count()
	return &few
}
