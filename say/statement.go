package say

// Page is where a statement may stand, a bit each.
type Page uint8

// The pages.
const (
	OnToday Page = 1 << iota
	OnBody
	// OnTodayWithout is Today of somebody who has taken nothing for a day or
	// more: to others the front page does not speak of stopping.
	OnTodayWithout
)

// Statement is one row of the table of what may be said. Rows of one group stand
// together: the first whose condition holds is said, and none of the others.
type Statement struct {
	Key   string // in the catalogue
	Group string
	Pages Page
	When  string // the condition in words, for docs/what-may-be-said.md
	Holds func(*Reading) bool
	Args  func(*Reading) []any // nil: none
}

// Today is what the front page says, in order.
func Today(r *Reading) []Said {
	if r.stopped() {
		return said(r, OnToday|OnTodayWithout)
	}
	return said(r, OnToday)
}

// Body is what the Body page says, in order.
func Body(r *Reading) []Said { return said(r, OnBody) }

func said(r *Reading, page Page) []Said {
	var out []Said
	done := map[string]bool{}
	for i := range Statements {
		s := &Statements[i]
		if done[s.Group] || !s.Holds(r) {
			continue
		}
		done[s.Group] = true
		if s.Pages&page == 0 {
			continue
		}
		one := Said{Key: s.Key}
		if s.Args != nil {
			one.Args = s.Args(r)
		}
		out = append(out, one)
	}
	return out
}
