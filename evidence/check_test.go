package evidence

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

var (
	idShape   = regexp.MustCompile(`^[a-z0-9][a-z0-9-]*$`)
	doiShape  = regexp.MustCompile(`^10\.\d{4,9}/[^\s]+[^\s.,;]$`)
	pmidShape = regexp.MustCompile(`^\d{7,8}$`)
	pmcShape  = regexp.MustCompile(`^PMC\d{6,8}$`)
	pageShape = regexp.MustCompile(`^https?://[a-z0-9.-]+\.[a-z]{2,}(/\S*)?$`)
)

// Every claim rests on something, or says where something was looked for.
func TestEveryClaimRestsOnSources(t *testing.T) {
	for _, c := range All() {
		if !idShape.MatchString(c.ID) {
			t.Errorf("%q is no id", c.ID)
		}
		if len(c.For)+len(c.Against) == 0 && c.Looked == nil {
			t.Errorf("%s has no source for or against it, and does not say where one was looked for", c.ID)
		}
		if l := c.Looked; l != nil {
			if len(l.Where) == 0 || !day(l.On) {
				t.Errorf("%s was looked for, but not where or when: %+v", c.ID, *l)
			}
			within(t, c.ID+": place", l.Where, Places)
		}
		if !day(c.Checked) {
			t.Errorf("%s was checked on %q", c.ID, c.Checked)
		}
		within(t, c.ID+": verdict", []Verdict{c.Verdict}, Verdicts)
		within(t, c.ID+": review", []Review{c.Review}, Reviews)
		within(t, c.ID+": lowered", c.Lowered, Lowering)
		within(t, c.ID+": raised", c.Raised, Raising)
		within(t, c.ID+": safety", c.Safety, SafetyNotes())
		if begins[c.About] == nil {
			t.Errorf("%s is about %q", c.ID, c.About)
		}
	}
}

// A verdict rests on sources that were read and can answer the question.
func TestVerdictsFollow(t *testing.T) {
	for _, c := range All() {
		for _, id := range slices.Concat(c.For, c.Against) {
			s, ok := SourceByID(id)
			if ok && (!s.Carries() || begins[c.About][s.Design] == 0) {
				t.Errorf("%s leans on %s, which was %s and is of design %s: it can stand beside only", c.ID, id, s.Read, s.Design)
			}
		}
		if c.Verdict == Supported && len(c.For) == 0 || c.Verdict == Contradicted && len(c.Against) == 0 || c.Verdict == Partly && len(c.For)+len(c.Against) == 0 {
			t.Errorf("%s is %s without a source that says so", c.ID, c.Verdict)
		}
		if got := c.Graded(); got != c.Grade {
			t.Errorf("%s is of grade %s; by its sources and reasons it is %s", c.ID, c.Grade, got)
		}
		if c.Verdict == Unproven && slices.Index(Grades, c.Grade) > slices.Index(Grades, Low) {
			t.Errorf("%s is not shown either way, and that is said of grade %s: what lowers it?", c.ID, c.Grade)
		}
		if c.Disputed() && c.Verdict != Partly && c.Verdict != Unproven && !slices.Contains(c.Lowered, Disagree) {
			t.Errorf("%s is %s while sources disagree, and its grade was not lowered for that", c.ID, c.Verdict)
		}
	}
}

func TestSources(t *testing.T) {
	used := map[string]int{}
	for _, c := range All() {
		list := slices.Concat(c.For, c.Against, c.Beside)
		for _, id := range list {
			if _, ok := SourceByID(id); !ok {
				t.Errorf("%s names %s, which is no source", c.ID, id)
			}
			used[id]++
		}
		if slices.Sort(list); len(slices.Compact(list)) != len(c.For)+len(c.Against)+len(c.Beside) {
			t.Errorf("%s names a source twice", c.ID)
		}
	}
	for _, s := range AllSources() {
		if used[s.ID] == 0 {
			t.Errorf("source %s is used by no claim", s.ID)
		}
		within(t, s.ID+": design", []Design{s.Design}, Designs)
		within(t, s.ID+": read", []Read{s.Read}, Reads)
		for what, bad := range map[string]bool{
			"DOI":  s.DOI != "" && !doiShape.MatchString(s.DOI),
			"PMID": s.PMID != "" && !pmidShape.MatchString(s.PMID),
			"PMC":  s.PMC != "" && !pmcShape.MatchString(s.PMC),
			"page": s.Page != "" && !pageShape.MatchString(s.Page),
		} {
			if bad {
				t.Errorf("source %s: its %s is not well formed: %+v", s.ID, what, s)
			}
		}
		switch {
		case s.URL() == "":
			t.Errorf("source %s cannot be looked up", s.ID)
		case (s.Title == "") == (s.Described == ""):
			t.Errorf("source %s has a title or a description, one of the two", s.ID)
		case s.Where == "" || s.N < 0:
			t.Errorf("source %s: %+v", s.ID, s)
		}
	}
	if !slices.IsSortedFunc(AllSources(), func(a, b Source) int { return strings.Compare(a.ID, b.ID) }) {
		t.Error("sources stand in the order of their ids")
	}
}

func within[T comparable](t *testing.T, what string, got, known []T) {
	t.Helper()
	for _, g := range got {
		if !slices.Contains(known, g) {
			t.Errorf("%s %v is not known", what, g)
		}
	}
}

func day(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}

// By hand: two trials would begin high (4); few people and another drug take
// two steps: low. A source that nobody read counts for nothing.
func TestGradedByHand(t *testing.T) {
	trial, unread, survey := "", "", ""
	for _, s := range AllSources() {
		switch {
		case s.Design == Trial && s.Carries():
			trial = s.ID
		case s.Design == Survey && s.Carries():
			survey = s.ID
		case !s.Carries():
			unread = s.ID
		}
	}
	for name, x := range map[string]struct {
		claim Claim
		want  Grade
	}{
		"a trial":               {Claim{About: Effect, For: []string{trial}}, High},
		"a trial, twice less":   {Claim{About: Effect, Against: []string{trial}, Lowered: []Reason{Few, Indirect}}, Low},
		"a survey, once more":   {Claim{About: Effect, For: []string{survey}, Raised: []Reason{Alike}}, Moderate},
		"never below the least": {Claim{About: Effect, For: []string{survey}, Lowered: []Reason{Few, Indirect, Bias}}, VeryLow},
		"nothing":               {Claim{About: Effect, Looked: &Looked{}}, None},
		"unread":                {Claim{About: Effect, For: []string{unread}}, None},
		"beside only":           {Claim{About: Effect, Beside: []string{trial}}, None},
		"cannot answer":         {Claim{About: Law, For: []string{trial}}, None},
	} {
		if trial == "" || survey == "" || name == "unread" && unread == "" {
			continue
		}
		if got := x.claim.Graded(); got != x.want {
			t.Errorf("%s: %s, want %s", name, got, x.want)
		}
	}
}

func TestCite(t *testing.T) {
	for want, s := range map[string]Source{
		"Smith KE et al. 2024. Time course. Drug and Alcohol Dependence 264.": {Authors: "Smith KE et al.", Year: "2024", Title: "Time course", Where: "Drug and Alcohol Dependence 264"},
		"Does it? kratom.org 2021.":                     {Year: "2021", Title: "Does it?", Where: "kratom.org"},
		"A case. ACG Case Reports Journal, April 2022.": {Year: "2022", Title: "A case", Where: "ACG Case Reports Journal, April 2022"},
		"FDA. [a notice of 2019]. A site.":              {Authors: "FDA", Described: "a notice of 2019", Where: "A site"},
	} {
		if got := s.Cite(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	s := Source{DOI: "10.1/a", PMID: "1", PMC: "PMC1", Page: "https://x.org"}
	for _, want := range []string{"https://doi.org/10.1/a", "https://pmc.ncbi.nlm.nih.gov/articles/PMC1/", "https://pubmed.ncbi.nlm.nih.gov/1/", "https://x.org", ""} {
		if got := s.URL(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
		switch {
		case s.DOI != "":
			s.DOI = ""
		case s.PMC != "":
			s.PMC = ""
		case s.PMID != "":
			s.PMID = ""
		default:
			s.Page = ""
		}
	}
}
