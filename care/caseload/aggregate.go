package caseload

import (
	"time"

	"github.com/evenkeel/evenkeel/care"
	"github.com/evenkeel/evenkeel/instrument"
)

// Cell is one count of a table.
type Cell struct {
	Name string `json:"name"`
	// N is how many people; -1 where it is withheld.
	N int `json:"n"`
}

// Table parts all people of the desk by one question.
type Table struct {
	Name  string `json:"name"`
	Cells []Cell `json:"cells"`
	// Withheld counts the cells that are not shown.
	Withheld int `json:"withheld"`
}

// Aggregate is what a director sees: counts of people, never one person.
type Aggregate struct {
	// People whose share holds now; -1 where it is withheld, and then there are no
	// tables.
	People int     `json:"people"`
	Tables []Table `json:"tables"`
	// Least is the smallest count above zero that is shown, by Source.
	Least  int    `json:"least"`
	Source string `json:"source"`
}

// question parts people by what a row says; every row has one answer of Names.
type question struct {
	name  string
	names []string
	of    func(*Row) string
}

var questions = []question{
	{"contact", []string{"week", "fortnight", "longer", "never", "not_shared"}, contactCell},
	{"rough", []string{"rougher", "no_change", "lighter", "not_known", "not_shared"}, roughCell},
	{"scores", []string{"heavier", "no_change", "lighter", "not_known", "not_shared"}, scoreCell},
	{"flags", []string{"some", "none", "not_shared"}, flagCell},
	{"plan", []string{"over", "within", "not_known", "none", "not_shared"}, planCell},
	{"look", []string{"open", "seen", "none"}, lookCell},
	{"consent", []string{"soon", "later", "not_known"}, consentCell},
}

// Aggregates counts the people whose share holds at now. Counts of 1 to 10 are
// withheld, and with them as many others as it takes so that none of them can be
// worked out from the rest; see withhold.
//
// Counts of two days can be subtracted from one another: tables are for a report
// now and then, not for a look every hour.
func Aggregates(list []care.Received, now time.Time) Aggregate {
	least := theLines().Cell.Least
	a := Aggregate{Least: least, Source: theLines().Cell.Source}
	counts := make([]map[string]int, len(questions))
	for i := range counts {
		counts[i] = map[string]int{}
	}
	for i := range list {
		row := One(&list[i], now)
		if row.State != Holds {
			continue
		}
		a.People++
		for q := range questions {
			counts[q][questions[q].of(&row)]++
		}
	}
	if a.People < least {
		a.People = withheld
		return a
	}
	for q := range questions {
		n := make([]int, len(questions[q].names))
		for i, name := range questions[q].names {
			n[i] = counts[q][name]
		}
		a.Tables = append(a.Tables, tableOf(&questions[q], withhold(n, least)))
	}
	return a
}

func tableOf(q *question, n []int) Table {
	t := Table{Name: q.name}
	for i, name := range q.names {
		t.Cells = append(t.Cells, Cell{name, n[i]})
		if n[i] < 0 {
			t.Withheld++
		}
	}
	return t
}

func contactCell(r *Row) string {
	switch c := r.Contact; {
	case !c.Shared:
		return "not_shared"
	case c.Days < 0:
		return "never"
	case c.Days <= 7:
		return "week"
	case c.Days <= 14:
		return "fortnight"
	}
	return "longer"
}

func roughCell(r *Row) string {
	switch c := r.Rough; {
	case !c.Shared:
		return "not_shared"
	case c.Recent == nil:
		return "not_known"
	case c.Shows && *c.Recent > *c.Before:
		return "rougher"
	case c.Shows:
		return "lighter"
	}
	return "no_change"
}

// scoreCell is heavier where any score is, then lighter where any is.
func scoreCell(r *Row) string {
	found := map[instrument.Changed]bool{}
	for _, s := range r.Scores {
		found[s.Changed] = true
	}
	switch {
	case !r.ScoresShared:
		return "not_shared"
	case found[instrument.Heavier]:
		return "heavier"
	case found[instrument.Lighter]:
		return "lighter"
	case found[instrument.Unchanged]:
		return "no_change"
	}
	return "not_known"
}

func flagCell(r *Row) string {
	switch {
	case r.Flagged.N > 0:
		return "some"
	case r.Flagged.Shared:
		return "none"
	}
	return "not_shared"
}

func planCell(r *Row) string {
	switch p := r.Plan; {
	case !p.Shared:
		return "not_shared"
	case !p.There:
		return "none"
	case p.Known < theLines().Plan.Known:
		return "not_known"
	case p.Over >= theLines().Plan.Over:
		return "over"
	}
	return "within"
}

func lookCell(r *Row) string {
	switch {
	case len(r.Open) > 0:
		return "open"
	case len(r.Seen) > 0:
		return "seen"
	}
	return "none"
}

func consentCell(r *Row) string {
	switch {
	case !valid(r.Until):
		return "not_known"
	case r.consentSoon:
		return "soon"
	}
	return "later"
}
