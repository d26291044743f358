package instrument

import "slices"

// Instrument is one questionnaire without its words.
type Instrument struct {
	ID string `json:"id"` // phq9; never changes, it stands in journals
	// Version of the items. Answers keep the version they were given to.
	Version int `json:"version"`
	// Who answers: self, or clinician where somebody must look at the person.
	Who string `json:"who"`
	// Topic is what it is about, one of Topics.
	Topic string `json:"topic"`
	// RecallDays is the time that the items ask about; 0 for right now.
	RecallDays int `json:"recall_days"`
	// EveryDays is how often it is due at most, never below RecallDays. Stable
	// topics come less often. 0 is never due by itself.
	EveryDays int `json:"every_days"`
	// Journal names the kind of entry that keeps the answers, where it is not
	// the kind of answered questionnaires: check_in.
	Journal string  `json:"journal,omitempty"`
	Licence Licence `json:"licence"`
	// Translations says for each language whether its words are the authors'
	// own, published, or ours, which nobody has tested.
	Translations map[string]string `json:"translations"`
	// Panel is the LOINC code of the whole, where one is known.
	Panel   string           `json:"loinc,omitempty"`
	Options map[string][]int `json:"options"` // the values of each list of answers
	Items   []Item           `json:"items"`
	Scores  []Scoring        `json:"scores"`
	// Source is the paper that brought it.
	Source Source `json:"source"`
}

// Topics are what instruments are about, in the order of the page that joins
// them.
var Topics = []string{"use", "dependence", "withdrawal", "mood", "anxiety", "trauma", "pain", "sleep", "recovery", "other"}

// Source is where a number or a wording comes from.
type Source struct {
	Cite string `json:"cite"`
	DOI  string `json:"doi,omitempty"` // or PMID:..., PMC...
	// Read is how far it was read: source, secondary, known (common knowledge
	// of the field, to be checked), own.
	Read string `json:"read"`
}

// Licence is why the words may be shown.
type Licence struct {
	// Status is free, government, likely (widely reprinted, no statement found)
	// or own.
	Status string `json:"status"`
	Notice string `json:"notice"`
	Read   string `json:"read"` // as Source.Read
}

// Item is one question.
type Item struct {
	ID      string `json:"id"`
	Options string `json:"options"` // a key of Instrument.Options
	LOINC   string `json:"loinc,omitempty"`
	// Reverse scores highest plus lowest of the options less the answer.
	Reverse bool `json:"reverse,omitempty"`
	// When another answer decides whether it is asked at all.
	When *Gate `json:"when,omitempty"`
	// Danger names a sign of package safety that any answer of at least
	// DangerFrom brings up, whatever the score.
	Danger     string `json:"danger,omitempty"`
	DangerFrom int    `json:"danger_from,omitempty"`
	// Withdrawal says that withdrawal alone can raise the answer.
	Withdrawal bool `json:"withdrawal,omitempty"`
}

// Gate opens an item when the answer to another is at least Least, and no more
// than Most where that is given.
type Gate struct {
	Item  string `json:"item"`
	Least int    `json:"least"`
	Most  *int   `json:"most,omitempty"`
}

// Scoring is one score: a sum, a mean or a count over items.
type Scoring struct {
	ID  string `json:"id"`
	How string `json:"how"` // sum, mean, count (of answers of at least Least)
	// Least is what an answer must reach to count; for count only.
	Least int      `json:"least,omitempty"`
	Items []string `json:"items"`
	// Gate: when that item's answer is below Least, the score is zero without
	// any further answer.
	Gate *Gate `json:"gate,omitempty"`
	// Except leaves items out of the score when a gate is open, as the
	// criteria of tolerance and withdrawal are under supervised medicine.
	Except *Exception `json:"except,omitempty"`
	Low    int        `json:"low"`
	High   int        `json:"high"`
	LOINC  string     `json:"loinc,omitempty"`
	Better string     `json:"better"` // low or high: which end is the lighter one
	Bands  *Bands     `json:"bands,omitempty"`
	// Change is the least difference that is more than chance or that people
	// notice, where one is published.
	Change *Change `json:"change,omitempty"`
}

// Exception takes items out of a score while its gate is open.
type Exception struct {
	When  Gate     `json:"when"`
	Items []string `json:"items"`
}

// Bands name ranges of a score. In whom they were found is always said with
// them.
type Bands struct {
	Ranges     []Band `json:"ranges"`
	Source     Source `json:"source"`
	Population string `json:"population"` // a key of the words
	// Kratom says that they were found in people who use kratom.
	Kratom bool `json:"kratom,omitempty"`
}

// Band is one range, both ends within it.
type Band struct {
	ID   string `json:"id"`
	From int    `json:"from"`
	To   int    `json:"to"`
}

// Change is a published threshold, in points or as a share of the first score.
type Change struct {
	Points float64 `json:"points,omitempty"`
	Share  float64 `json:"share,omitempty"`
	Source Source  `json:"source"`
}

// Item returns the item of an id.
func (in *Instrument) Item(id string) (Item, bool) {
	at := slices.IndexFunc(in.Items, func(i Item) bool { return i.ID == id })
	if at < 0 {
		return Item{}, false
	}
	return in.Items[at], true
}

// Values are what may be answered to an item, in the order of its options.
func (in *Instrument) Values(i Item) []int { return in.Options[i.Options] }

// Open reports that the gate is open. What was not answered keeps it shut.
func (g *Gate) Open(a Answers) bool {
	if g == nil {
		return true
	}
	v, ok := a[g.Item]
	return ok && v >= g.Least && (g.Most == nil || v <= *g.Most)
}
