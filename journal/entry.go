package journal

// Kind says what an event is about.
type Kind string

// The kinds of events. The text forms are part of the export format.
const (
	KindDose       Kind = "dose"
	KindNone       Kind = "none_today"
	KindCheckIn    Kind = "check_in"
	KindSubstance  Kind = "substance"
	KindBodyChange Kind = "body_change"
	KindLife       Kind = "life"
	KindNote       Kind = "note"
	KindSpending   Kind = "spending"
	KindHistory    Kind = "history"
	KindProduct    Kind = "product"
	KindSettings   Kind = "settings"
	KindDeletion   Kind = "deletion"
)

// EntryKinds are the kinds that stand in the journal as entries of their own,
// in the order in which forms and filters offer them.
var EntryKinds = []Kind{KindDose, KindNone, KindCheckIn, KindSubstance, KindBodyChange, KindLife, KindNote, KindSpending, KindHistory}

// Reason says why a dose was taken.
type Reason string

// Reasons are the ones offered, in their order on a form.
var Reasons = []Reason{"energy", "pain", "mood", "sleep", "withdrawal", "social", "habit"}

// Dose is kratom or 7-OH that was taken.
type Dose struct {
	// Product is the id of the product event; zero when the person named none.
	Product ID `json:"product,omitzero"`
	// ProductName is the product in the words of the moment. It keeps an
	// export readable and a dose meaningful when its product was deleted.
	ProductName string `json:"product_name,omitempty"`
	// Amount in Unit, more than 0.
	Amount float64 `json:"amount"`
	// Unit is g, mg, mL, oz, tsp, tbsp, capsule, tablet, shot, scoop, serving
	// or the person's own word, in the singular.
	Unit    string   `json:"unit"`
	Reasons []Reason `json:"reasons,omitempty"`
	// Helped is the person's later answer, 0 (not at all) to 4 (very much);
	// nil while not asked or not answered.
	Helped *int   `json:"helped,omitempty"`
	Note   string `json:"note,omitempty"`
}

// None records that nothing was taken on the day of its time up to then.
// A day without entries is unknown; this is how a day becomes a zero.
type None struct{}

// Symptom is one of the twelve withdrawal symptoms of the long check-in.
type Symptom string

// Symptoms in the order in which a check-in asks for them. The list follows
// the concepts of the published opioid withdrawal scales (Handelsman 1987;
// Gossop 1990) in our own words; it is not one of those scales.
var Symptoms = []Symptom{"muscle_aches", "trouble_sleeping", "upset_stomach", "anxiety", "low_mood", "irritability",
	"runny_nose_eyes", "shakiness", "sweats_chills", "restless_legs", "tiredness", "yawning"}

// CheckIn is how it is right now. Every part may be left out; what is left
// out is unknown, not zero.
type CheckIn struct {
	// Symptoms 0 (not at all) to 4 (extremely).
	Symptoms map[Symptom]int `json:"symptoms,omitempty"`
	// Rough answers "how rough is it now", 0 to 10.
	Rough *int `json:"rough,omitempty"`
	// Craving 0 to 10.
	Craving *int `json:"craving,omitempty"`
	// Mood, Calm and Energy 0 to 10, higher is better.
	Mood   *int `json:"mood,omitempty"`
	Calm   *int `json:"calm,omitempty"`
	Energy *int `json:"energy,omitempty"`
	// Pain 0 to 10, higher is worse.
	Pain *int `json:"pain,omitempty"`
	// SleepHours of the last night, 0 to 24.
	SleepHours *float64 `json:"sleep_h,omitempty"`
	// SleepQuality 0 to 10, higher is better.
	SleepQuality *int   `json:"sleep_quality,omitempty"`
	Note         string `json:"note,omitempty"`
}

// SubstanceClass groups what else was taken.
type SubstanceClass string

// SubstanceClasses in the order in which a form offers them.
var SubstanceClasses = []SubstanceClass{"alcohol", "benzodiazepine", "opioid", "gabapentinoid", "stimulant", "cannabis", "nicotine", "other"}

// Substance is something other than kratom that was taken.
type Substance struct {
	Class SubstanceClass `json:"class"`
	// Name and Amount are the person's words ("beer", "2 glasses").
	Name   string `json:"name,omitempty"`
	Amount string `json:"amount,omitempty"`
	Note   string `json:"note,omitempty"`
}

// Change is a kind of body change to watch.
type Change string

// Changes in the order in which a form offers them.
var Changes = []Change{"hair_shedding", "itch", "dark_urine", "yellow_eyes_skin", "pale_stool", "side_pain", "constipation", "nausea",
	"weight", "libido", "dry_mouth", "heartbeat", "dizziness", "seizure", "other"}

// BodyChange is something the person noticed in their body.
type BodyChange struct {
	Change Change `json:"change"`
	// Since is the day it began; empty when the person does not know.
	Since Date `json:"since,omitempty"`
	// Ongoing is true while it still goes on.
	Ongoing bool   `json:"ongoing,omitempty"`
	Note    string `json:"note,omitempty"`
}

// LifeArea is a part of life that use may touch.
type LifeArea string

// LifeAreas in the order in which a form offers them.
var LifeAreas = []LifeArea{"work", "home", "relationships", "money"}

// Life records that use touched a part of life today, and how.
type Life struct {
	Area LifeArea `json:"area"`
	// Effect is better, worse or mixed; empty when the person gave only words.
	Effect string `json:"effect,omitempty"`
	Note   string `json:"note,omitempty"`
}

// LifeEffects are the answers offered for Life.Effect.
var LifeEffects = []string{"better", "worse", "mixed"}

// Note is free text.
type Note struct {
	Text string `json:"text"`
}

// Spending is money that went on kratom or 7-OH.
type Spending struct {
	// Amount in Currency, 0 or more.
	Amount float64 `json:"amount"`
	// Currency is an ISO 4217 code, such as USD.
	Currency string `json:"currency"`
	Product  ID     `json:"product,omitzero"`
	Note     string `json:"note,omitempty"`
}

// History is use before the journal began ("about 20 g a day for 3 years").
type History struct {
	Product     ID     `json:"product,omitzero"`
	ProductName string `json:"product_name,omitempty"`
	// PerDay in Unit, more than 0.
	PerDay float64 `json:"per_day"`
	Unit   string  `json:"unit"`
	// TimesPerDay is how many doses made up a day; 0 when not known.
	TimesPerDay float64 `json:"times_per_day,omitempty"`
	// Days is how long it went on; it ended at the event's time.
	Days float64 `json:"days"`
	Note string  `json:"note,omitempty"`
}

// Deletion takes back the event that the envelope's Replaces names.
type Deletion struct {
	// Forgotten is true when the bytes of the entry were removed as well.
	Forgotten bool `json:"forgotten,omitempty"`
}
