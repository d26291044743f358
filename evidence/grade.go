package evidence

import "slices"

// Grade is how sure a verdict is, in the words of GRADE (Guyatt et al. 2008,
// BMJ 336:924, doi 10.1136/bmj.39489.470347.AD): whether more research is
// likely to change it.
type Grade string

// The grades, from the least. None: no source that was read bears on it.
const (
	None     Grade = "none"
	VeryLow  Grade = "very_low"
	Low      Grade = "low"
	Moderate Grade = "moderate"
	High     Grade = "high"
)

// Grades are all grades, from the least.
var Grades = []Grade{None, VeryLow, Low, Moderate, High}

// Reason is why a grade is lower or higher than the designs would have it.
type Reason string

// The reasons. Each counts one step.
const (
	Few          Reason = "few"          // few people, samples or events
	Indirect     Reason = "indirect"     // other people, drugs, products or species than the statement's
	Disagree     Reason = "disagree"     // sources find different things
	Bias         Reason = "bias"         // self-chosen, no comparison, interests, or other causes not told apart
	Brief        Reason = "brief"        // read in excerpt only, or told in passing
	Alike        Reason = "alike"        // several independent sources find the same
	Large        Reason = "large"        // an effect too large to be chance or bias
	DoseResponse Reason = "doseresponse" // more with more
	Rechallenge  Reason = "rechallenge"  // gone on stopping and back on taking, or undone by the antidote
)

// Lowering and Raising are the reasons that lower and raise a grade.
var (
	Lowering = []Reason{Few, Indirect, Disagree, Bias, Brief}
	Raising  = []Reason{Alike, Large, DoseResponse, Rechallenge}
)

// begins is the step at which a question's best design begins: 4 high, 3
// moderate, 2 low, 1 very low. A design without a step does not answer that
// question. It is our own rule after GRADE, which begins trials high and
// observation low; what it does not know, such as tests of products, begins by
// how directly it looks.
var begins = map[About]map[Design]int{
	Effect: {
		Trial: 4, HumanStudy: 3, Systematic: 2, Cohort: 2, Registry: 2, Survey: 2,
		CaseSeries: 1, CaseReport: 1, Coroner: 1, Overview: 1, Animal: 1, TestTube: 1, Agency: 1,
	},
	Content: {ProductTest: 4, HumanStudy: 2, Registry: 3, TestTube: 2, Systematic: 2, Overview: 2, Coroner: 2, CaseReport: 1, CaseSeries: 1, Survey: 1, Agency: 2, Legal: 2},
	Action: {
		Trial: 4, HumanStudy: 4, TestTube: 3, Animal: 2, Systematic: 2, Overview: 2, Cohort: 2, Survey: 2,
		CaseSeries: 1, CaseReport: 1, Coroner: 1, ProductTest: 1, Agency: 1,
	},
	Law:    {Legal: 4, Agency: 3, Overview: 1, News: 2, Seller: 1},
	Market: {ProductTest: 3, Survey: 3, Legal: 3, Agency: 3, Systematic: 2, Overview: 2, CaseReport: 1, CaseSeries: 1, News: 2, Seller: 2},
}

// Graded is the grade that follows from the claim's sources: the best design
// among those that bear on the statement and were read, one step down for each
// of Lowered and one up for each of Raised, never below very low. None where no
// such source bears on it.
func (c Claim) Graded() Grade {
	best := 0
	for _, id := range slices.Concat(c.For, c.Against) {
		if s, ok := SourceByID(id); ok && s.Carries() {
			best = max(best, begins[c.About][s.Design])
		}
	}
	if best == 0 {
		return None
	}
	return Grades[min(max(best-len(c.Lowered)+len(c.Raised), 1), len(Grades)-1)]
}
