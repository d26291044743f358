package safety

import (
	"cmp"
	"slices"
)

// Sign names what the words are about. Signs are stable: texts, rules and the
// labelled tables go by them.
type Sign string

// The signs in the order in which they are answered when several are found.
const (
	NotBreathing  Sign = "not_breathing" // no or slow breath, blue lips, pinpoint pupils
	CannotWake    Sign = "cannot_wake"   // somebody cannot be woken
	SuicidePlan   Sign = "suicide_plan"  // a plan, means, a time or a farewell
	Overdose      Sign = "overdose"      // an overdose, or more taken than meant
	SelfHarm      Sign = "self_harm"     // a wish to die, or harm to oneself
	Despair       Sign = "despair"       // it cannot go on like this, without a word of dying
	Seizure       Sign = "seizure"
	ChestPain     Sign = "chest_pain"
	Child         Sign = "child"     // a child took some
	Confusion     Sign = "confusion" // seeing things, shaking with fever, confusion
	Fainting      Sign = "fainting"
	Violence      Sign = "violence"       // somebody hurts or threatens the person
	Liver         Sign = "liver"          // yellow eyes or skin, dark urine, pale stool, severe itch
	Fluids        Sign = "fluids"         // nothing stays down
	Mixing        Sign = "mixing"         // kratom or 7-OH with what slows breathing
	StopSedatives Sign = "stop_sedatives" // stopping alcohol or benzodiazepines
	Precipitated  Sign = "precipitated"   // buprenorphine, methadone or naltrexone begun on top
	Pregnancy     Sign = "pregnancy"      // pregnant, may be, or breastfeeding
	Serotonin     Sign = "serotonin"      // a medicine for mood, with jerks, sweating, fever, agitation
	Minor         Sign = "minor"          // the person is under 18
	AfterBreak    Sign = "after_break"    // taken again after days without
	Interaction   Sign = "interaction"    // a medicine whose level kratom can raise
	Synthetic     Sign = "synthetic"      // MGM-15, MGM-16, mitragynine pseudoindoxyl
)

var order = []Sign{
	NotBreathing, CannotWake, SuicidePlan, Overdose, SelfHarm, Despair, Seizure, ChestPain, Child, Confusion,
	Fainting, Violence, Serotonin, Liver, Fluids, Mixing, StopSedatives, Precipitated, Pregnancy, Minor, AfterBreak, Interaction, Synthetic,
}

// Urgency says how soon to turn to somebody.
type Urgency uint8

const (
	Soon Urgency = iota + 1 // talk to a clinician or a line, today where the text says so
	Now                     // call at once
)

// About says whom the words are about, as far as words can tell.
type About uint8

const (
	Self  About = iota // the person who writes, and whenever it is not clear
	Other              // somebody else
	Past               // long ago; Urgency is Soon then
)

// Finding is one place in a text that asks for an answer. Words that deny a
// danger ("no chest pain") are no finding.
type Finding struct {
	Sign    Sign
	Urgency Urgency
	About   About
	// Start and End are the bytes of the text, End excluded, both on the bounds
	// of words.
	Start, End int
	// named is true where the phrase itself names the person who writes.
	named bool
}

// Answered is the finding of an answer to a question that asks for the sign: no
// words, so no place in a text.
func Answered(s Sign) Finding {
	f := Finding{Sign: s, Urgency: Soon, About: Self}
	if slices.Index(order, s) <= slices.Index(order, Fainting) && s != Despair {
		f.Urgency = Now
	}
	return f
}

// thoughts are the signs that are said otherwise of somebody else and of the
// past; all other texts speak to whoever is there.
func (s Sign) thoughts() bool { return s == SelfHarm || s == SuicidePlan }

// Say is the catalogue key of the sentence that says what was read or answered.
// The texts take the argument "emergency", the emergency number of the country.
func (f Finding) Say() string {
	if f.Start == f.End && f.key() == wishKey {
		return wishKey + ".answered.say" // nothing was written: an answer was chosen
	}
	return f.key() + ".say"
}

// Do is the catalogue key of what to do. It takes the argument "emergency".
func (f Finding) Do() string { return f.key() + ".do" }

func (f Finding) key() string {
	switch {
	case f.Sign.thoughts() && f.About == Past:
		return "safety.self_harm.past"
	case f.Sign.thoughts() && f.About == Other:
		return "safety.self_harm.other"
	case f.About == Past:
		return "safety.past"
	case f.Sign == Overdose && f.Urgency == Soon:
		return "safety.overdose.soon"
	}
	return "safety." + string(f.Sign)
}

// Line is the kind of line of package directory that answers the sign
// ("crisis", "poison", "violence", "treatment"); empty where only the emergency
// number or a clinician does.
func (s Sign) Line() string {
	switch s {
	case SelfHarm, SuicidePlan, Despair:
		return "crisis"
	case Overdose, Child:
		return "poison"
	case Violence:
		return "violence"
	case StopSedatives, Pregnancy, Precipitated, Minor:
		return "treatment"
	}
	return ""
}

// Order gives one finding for each text to show, the most urgent first. What
// answers a plan answers the wish to die as well, and what answers the wish
// answers despair, so the lesser is not answered again. It leaves the argument
// as it is.
func Order(findings []Finding) []Finding {
	sorted := slices.SortedStableFunc(slices.Values(findings), byNeed)
	seen := map[string]bool{}
	return slices.DeleteFunc(sorted, func(f Finding) bool {
		key := f.key()
		again := seen[key] || key == wishKey && seen[planKey] || f.Sign == Despair && (seen[planKey] || seen[wishKey])
		seen[key] = true
		return again
	})
}

const (
	planKey = "safety." + string(SuicidePlan)
	wishKey = "safety." + string(SelfHarm)
)

func byNeed(a, b Finding) int {
	return cmp.Or(
		-cmp.Compare(a.Urgency, b.Urgency),
		cmp.Compare(slices.Index(order, a.Sign), slices.Index(order, b.Sign)),
		cmp.Compare(a.About, b.About),
		cmp.Compare(a.Start, b.Start),
	)
}

// Signs are all signs, in the order in which they are answered.
func Signs() []Sign { return slices.Clone(order) }
