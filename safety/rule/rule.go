package rule

import (
	_ "embed"
	"encoding/json"
	"slices"
	"sync"
	"time"

	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/safety"
)

//go:embed rules.json
var rulesJSON []byte

// Rule is one red flag. What it says and what to do then are the texts of its
// signs.
type Rule struct {
	ID     string        `json:"id"`
	Signs  []safety.Sign `json:"signs"`
	By     []string      `json:"by"` // words, answers, journal
	Source string        `json:"source"`
	Read   string        `json:"read"` // how far the source was read: source, secondary, known
}

type book struct {
	Updated string `json:"updated"`
	Mixing  struct {
		Hours  float64 `json:"hours"`
		Grade  string  `json:"grade"`
		Source string  `json:"source"`
	} `json:"mixing"`
	Break struct {
		Days        float64 `json:"days"`
		BeforeDays  float64 `json:"before_days"`
		BeforeDoses int     `json:"before_doses"`
		Grade       string  `json:"grade"`
		Source      string  `json:"source"`
	} `json:"break"`
	Rules []Rule `json:"rules"`
}

var theBook = sync.OnceValue(func() book {
	var b book
	if err := json.Unmarshal(rulesJSON, &b); err != nil {
		panic("rule: the embedded rules.json is broken: " + err.Error()) // a test keeps this from shipping
	}
	return b
})

// All lists the rules by number. They must not be changed.
func All() []Rule { return theBook().Rules }

// Of is the rule that a sign belongs to.
func Of(s safety.Sign) (Rule, bool) {
	for _, r := range All() {
		if slices.Contains(r.Signs, s) {
			return r, true
		}
	}
	return Rule{}, false
}

// MixingWindow is how long after a dose something else counts as taken together
// with it, and the other way round.
func MixingWindow() time.Duration { return hours(theBook().Mixing.Hours) }

// Mixes reports a dose, or something that slows breathing, that was taken
// together with the other.
func Mixes(e *journal.Event, around []*journal.Entry) bool {
	return slices.ContainsFunc(Written(e, around), func(f safety.Finding) bool { return f.Sign == safety.Mixing }) && e.Medicine() == nil
}

// Back is how far before an entry Written looks at least.
func Back() time.Duration {
	b := theBook().Break
	return hours(max(24*(b.Days+b.BeforeDays), theBook().Mixing.Hours))
}

// From is the moment from which on Written looks at what lies before an entry,
// where the last dose before it was at last, zero for none: however long a break
// was, the days before it count.
func From(e *journal.Event, last time.Time) time.Time {
	from := e.At.Add(-Back())
	if before := last.Add(-hours(24 * theBook().Break.BeforeDays)); !last.IsZero() && before.Before(from) {
		return before
	}
	return from
}

// Written reports what an entry brings up together with those around it. The
// others may come in any order and hold the entry itself. A medicine speaks when
// it is put on the list, not at every dose after.
func Written(e *journal.Event, around []*journal.Entry) []safety.Finding {
	var list []safety.Finding
	add := func(s safety.Sign) { list = append(list, safety.Answered(s)) }
	switch b := e.Body.(type) {
	case *journal.Dose:
		if slices.ContainsFunc(around, func(o *journal.Entry) bool {
			return o.Substance() != nil && depresses(o.Substance().Class) && near(e, &o.Event)
		}) {
			add(safety.Mixing)
		}
		if afterBreak(e, around) {
			add(safety.AfterBreak)
		}
	case *journal.Substance:
		if depresses(b.Class) && slices.ContainsFunc(around, func(o *journal.Entry) bool { return o.Dose() != nil && near(e, &o.Event) }) {
			add(safety.Mixing)
		}
	case *journal.Medicine:
		if b.Stopped {
			if b.Class == "benzodiazepine" {
				add(safety.StopSedatives)
			}
			break
		}
		switch {
		case slows(b.Class):
			add(safety.Mixing)
		case b.Class == "naltrexone":
			add(safety.Precipitated)
		case b.Class == "sleep", b.Class == "heart", b.Class == "antidepressant":
			add(safety.Interaction)
		}
	}
	return list
}

// depresses are the substances that slow breathing.
func depresses(c journal.SubstanceClass) bool {
	return slices.Contains([]journal.SubstanceClass{"alcohol", "benzodiazepine", "opioid", "gabapentinoid"}, c)
}

// slows are the medicines that do. Buprenorphine and methadone do, too, but
// who takes them as treatment has a clinician, and is not stopped here.
func slows(c journal.MedicineClass) bool {
	return slices.Contains([]journal.MedicineClass{"benzodiazepine", "opioid", "gabapentinoid"}, c)
}

func near(a, b *journal.Event) bool {
	return a.At.Sub(b.At).Abs() <= hours(theBook().Mixing.Hours)
}

// afterBreak reports a dose after days for which nothing taken is written, by
// somebody who took it often before. Such days are unknown; its text says so.
func afterBreak(e *journal.Event, around []*journal.Entry) bool {
	b := theBook().Break
	var last time.Time
	for _, o := range around {
		taken := o.Dose() != nil || o.PriorUse() != nil // "5 tablets over the day"
		if taken && o.At.Before(e.At) && o.At.After(last) {
			last = o.At
		}
	}
	if last.IsZero() || e.At.Sub(last) < hours(24*b.Days) {
		return false
	}
	n := 0
	for _, o := range around {
		if o.Dose() != nil && !o.At.After(last) && last.Sub(o.At) <= hours(24*b.BeforeDays) {
			n++
		}
	}
	return n >= b.BeforeDoses
}

func hours(h float64) time.Duration { return time.Duration(h * float64(time.Hour)) }
