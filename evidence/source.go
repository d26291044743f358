package evidence

import "strings"

// Design is how a source came to know what it says.
type Design string

// The designs.
const (
	Trial       Design = "trial"        // people assigned by chance
	HumanStudy  Design = "human_study"  // people given it and measured, without such a comparison
	Systematic  Design = "systematic"   // a review with a stated search, or pooled studies
	Overview    Design = "review"       // a review by choice, or a clinician's text
	Cohort      Design = "cohort"       // people followed over time
	Registry    Design = "registry"     // calls, reports and outbreaks that were counted
	Survey      Design = "survey"       // people asked or measured once
	CaseSeries  Design = "case_series"  // several patients told
	CaseReport  Design = "case_report"  // one patient told
	Coroner     Design = "coroner"      // deaths examined
	ProductTest Design = "product_test" // products analysed
	TestTube    Design = "test_tube"    // cells, enzymes, laboratory methods
	Animal      Design = "animal"
	Agency      Design = "agency" // an agency's page or advice
	Legal       Design = "legal"  // a law, notice, court or patent
	News        Design = "news"   // press and community
	Seller      Design = "seller" // who sells products or treatment, and their trade
)

// Designs are all designs.
var Designs = []Design{
	Trial, HumanStudy, Systematic, Overview, Cohort, Registry, Survey, CaseSeries, CaseReport, Coroner,
	ProductTest, TestTube, Animal, Agency, Legal, News, Seller,
}

// Read is how far a source was read by who took the notes.
type Read string

// How far.
const (
	Full     Read = "full"     // the whole text
	Abstract Read = "abstract" // the abstract or summary
	Excerpt  Read = "excerpt"  // a part
	Cited    Read = "cited"    // only what another source says of it
	Unseen   Read = "unseen"   // only that it exists
)

// Reads are all of them, from the most.
var Reads = []Read{Full, Abstract, Excerpt, Cited, Unseen}

// Source is a paper, an agency's page, a law, or where something is said.
type Source struct {
	ID      string `json:"id"`
	Authors string `json:"authors,omitempty"`
	// Year is as known, empty where the source shows none.
	Year string `json:"year,omitempty"`
	// Title is the source's own; where that was not seen, Described is what it
	// is about, in our words.
	Title     string `json:"title,omitempty"`
	Described string `json:"described,omitempty"`
	// Where is the journal, agency or site.
	Where string `json:"where"`
	DOI   string `json:"doi,omitempty"`
	PMID  string `json:"pmid,omitempty"`
	PMC   string `json:"pmc,omitempty"`
	// Page is the address of a source without DOI, PMID or PMC, with its scheme.
	Page   string `json:"page,omitempty"`
	Design Design `json:"design"`
	// People is who or what was studied and how many, in English, empty where
	// not known; N their number, 0 where not known or not countable.
	People string `json:"people,omitempty"`
	N      int    `json:"n,omitempty"`
	// Interest is who paid or who gains, where known.
	Interest string `json:"interest,omitempty"`
	Read     Read   `json:"read"`
}

// Carries reports that a verdict may rest on the source: somebody read it.
func (s Source) Carries() bool { return s.Read == Full || s.Read == Abstract || s.Read == Excerpt }

// URL is where the source can be read.
func (s Source) URL() string {
	switch {
	case s.DOI != "":
		return "https://doi.org/" + s.DOI
	case s.PMC != "":
		return "https://pmc.ncbi.nlm.nih.gov/articles/" + s.PMC + "/"
	case s.PMID != "":
		return "https://pubmed.ncbi.nlm.nih.gov/" + s.PMID + "/"
	}
	return s.Page
}

// Cite is the source in one line: who, when, what, where. A description stands
// in brackets.
func (s Source) Cite() string {
	what := s.Title
	if what == "" {
		what = "[" + s.Described + "]"
	}
	who, where := strings.TrimSpace(s.Authors+" "+s.Year), s.Where
	if s.Authors == "" {
		who = ""
		if !strings.Contains(s.Where, s.Year) {
			where += " " + s.Year
		}
	}
	var parts []string
	for _, p := range []string{who, what, where} {
		if p != "" && !strings.HasSuffix(p, "?") && !strings.HasSuffix(p, ".") {
			p += "."
		}
		if p != "" {
			parts = append(parts, p)
		}
	}
	return strings.Join(parts, " ")
}
