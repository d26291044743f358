package evidence

import "slices"

// Verdict says whether a statement holds.
type Verdict string

// The verdicts. Unproven includes "looked for, not found": that nobody studied
// a thing never makes it contradicted.
const (
	Supported    Verdict = "supported"
	Partly       Verdict = "partly"
	Unproven     Verdict = "unproven"
	Contradicted Verdict = "contradicted"
)

// Verdicts are all of them, from what holds to what does not.
var Verdicts = []Verdict{Supported, Partly, Unproven, Contradicted}

// Topic is what a claim is about; it names the files of its claims and texts.
type Topic string

// Topics are all topics, in the order in which people read them.
var Topics = []Topic{
	"products", "mechanism", "uses", "dependence", "withdrawal", "harms",
	"interactions", "pregnancy", "getting_off", "recovery", "law", "testing",
}

// About says what kind of question a claim answers, which decides what kind of
// source can answer it: a test of a product tells what is in it, not what it
// does to people.
type About string

// The kinds of question.
const (
	Effect  About = "effect"  // what happens to people
	Content About = "content" // what is in a product
	Action  About = "action"  // how a molecule acts, where it goes, how long it stays
	Law     About = "law"     // what a law, court or agency did
	Market  About = "market"  // what is sold, by whom, with what words
)

// Claim is one statement people meet, judged.
type Claim struct {
	// ID is stable between releases of the data.
	ID      string  `json:"id"`
	Topic   Topic   `json:"-"`
	About   About   `json:"about"`
	Verdict Verdict `json:"verdict"`
	// Grade is how sure the verdict is; it follows from the sources' designs,
	// Lowered and Raised by the rule of Graded.
	Grade   Grade    `json:"grade"`
	Lowered []Reason `json:"lowered,omitempty"`
	Raised  []Reason `json:"raised,omitempty"`
	// For and Against are the ids of sources whose finding speaks for the
	// statement or against it; Beside, of sources that tell what surrounds it
	// or where it is said. A source that nobody read stands in Beside only.
	For     []string `json:"for,omitempty"`
	Against []string `json:"against,omitempty"`
	Beside  []string `json:"beside,omitempty"`
	// Looked is set where something was looked for and not found.
	Looked *Looked `json:"looked,omitempty"`
	// Checked is the day on which the texts were last held against what is
	// known of the sources, "2006-01-02".
	Checked string `json:"checked"`
	Review  Review `json:"review"`
	// Safety are the ids of what has to be said beside the answer; see Note.
	Safety []string `json:"safety,omitempty"`
}

// Looked says where a study was looked for and not found. What was looked for
// is said by Text.Looked.
type Looked struct {
	Where []Place `json:"where"`
	// On is the day of the last look, "2006-01-02".
	On string `json:"on"`
}

// Place is where a study was looked for.
type Place string

// The places. Each is a collection of copies that was searched by meaning, not
// a complete index of what was published.
const (
	// Pages is stored copies of public web pages: abstracts and articles of
	// journals, agencies, news, clinics and sellers.
	Pages Place = "pages"
	// References is the lists of references of the reviews that were read.
	References Place = "references"
)

// Places are all places.
var Places = []Place{Pages, References}

// Review says who has looked at a claim since it was written.
type Review string

// The states of review.
const (
	// FromNotes: written from notes that were taken while the sources were read.
	// Nobody else has held it against them.
	FromNotes Review = "notes"
	// Reread: a second person held it against its sources.
	Reread Review = "reread"
	// ByClinician: a clinician read it as well.
	ByClinician Review = "clinician"
)

// Reviews are all states, from the least.
var Reviews = []Review{FromNotes, Reread, ByClinician}

// Sources are all of the claim's sources: for, against, beside.
func (c Claim) Sources() []Source {
	var list []Source
	for _, id := range slices.Concat(c.For, c.Against, c.Beside) {
		if s, ok := SourceByID(id); ok {
			list = append(list, s)
		}
	}
	return list
}

// Disputed reports that sources disagree; both sides are to be shown.
func (c Claim) Disputed() bool { return len(c.For) > 0 && len(c.Against) > 0 }
