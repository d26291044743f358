package instrument

import (
	"errors"
	"fmt"
	"slices"
)

// verify reports all that is wrong with an instrument and its words.
func (in *Instrument) verify(words map[string]*Words) error {
	var faults []error
	fault := func(format string, a ...any) {
		faults = append(faults, fmt.Errorf(in.ID+": "+format, a...))
	}
	oneOf := func(what, value string, list ...string) {
		if !slices.Contains(list, value) {
			fault("%s is %q, not one of %v", what, value, list)
		}
	}
	oneOf("who", in.Who, "self", "clinician")
	oneOf("topic", in.Topic, Topics...)
	oneOf("licence", in.Licence.Status, "free", "government", "likely", "own")
	oneOf("journal", in.Journal, "", "check_in")
	if in.Version < 1 || in.Licence.Notice == "" || in.Licence.Read == "" || in.Source.Cite == "" || in.Source.Read == "" {
		fault("no version, licence or source")
	}
	if in.EveryDays != 0 && in.EveryDays < in.RecallDays {
		fault("is due every %d days and asks about the last %d", in.EveryDays, in.RecallDays)
	}
	before := map[string]bool{}
	for _, i := range in.Items {
		if before[i.ID] || i.ID == "" {
			fault("item %q is there twice or has no id", i.ID)
		}
		if len(in.Values(i)) < 2 || !slices.IsSorted(in.Values(i)) {
			fault("item %s: fewer than two options, or not in order", i.ID)
		}
		if i.When != nil && !before[i.When.Item] {
			fault("item %s waits for %q, which does not come before it", i.ID, i.When.Item)
		}
		if i.LOINC != "" && !loinc(i.LOINC) {
			fault("item %s: %s is no LOINC code", i.ID, i.LOINC)
		}
		before[i.ID] = true
	}
	for _, s := range in.Scores {
		in.verifyScore(&s, fault, oneOf)
	}
	if in.Panel != "" && !loinc(in.Panel) {
		fault("%s is no LOINC code", in.Panel)
	}
	for language, w := range words {
		in.verifyWords(language, w, fault)
	}
	return errors.Join(faults...)
}

func (in *Instrument) verifyScore(s *Scoring, fault func(string, ...any), oneOf func(string, string, ...string)) {
	oneOf("score "+s.ID+" how", s.How, "sum", "mean", "count")
	oneOf("score "+s.ID+" better", s.Better, "low", "high")
	low, high := 0, 0
	for _, id := range s.Items {
		i, ok := in.Item(id)
		if !ok {
			fault("score %s has no item %s", s.ID, id)
			continue
		}
		low, high = low+in.lowest(i), high+in.highest(i)
	}
	switch s.How {
	case "count":
		low, high = 0, len(s.Items)
	case "mean":
		low, high = low/len(s.Items), high/len(s.Items)
	}
	if s.Gate != nil {
		low = 0
	}
	if low != s.Low || s.How == "count" && s.High > high || s.How != "count" && high != s.High {
		fault("score %s says %d to %d, its items make %d to %d", s.ID, s.Low, s.High, low, high)
	}
	if s.LOINC != "" && !loinc(s.LOINC) {
		fault("score %s: %s is no LOINC code", s.ID, s.LOINC)
	}
	if s.Bands == nil {
		return
	}
	next := s.Low
	for _, b := range s.Bands.Ranges {
		if b.From != next || b.To < b.From {
			fault("score %s: band %s begins at %d, not at %d", s.ID, b.ID, b.From, next)
		}
		next = b.To + 1
	}
	if next != s.High+1 || s.Bands.Source.Cite == "" || s.Bands.Population == "" {
		fault("score %s: its bands end at %d, or have no source or population", s.ID, next-1)
	}
}

func (in *Instrument) verifyWords(language string, w *Words, fault func(string, ...any)) {
	if w == nil || w.Title == "" || w.About == "" {
		fault("%s: no words, or no title", language)
		return
	}
	if !slices.Contains([]string{"original", "published", "own"}, in.Translations[language]) {
		fault("%s: whose words they are is not said", language)
	}
	for _, i := range in.Items {
		if w.Items[i.ID] == "" {
			fault("%s: item %s has no words", language, i.ID)
		}
		for _, v := range in.Values(i) {
			if in.Answer(w, i, v) == "" {
				fault("%s: item %s has no word for %d", language, i.ID, v)
			}
		}
	}
	if len(w.Items) != len(in.Items) {
		fault("%s: words for %d items, there are %d", language, len(w.Items), len(in.Items))
	}
	for _, s := range in.Scores {
		if w.Scores[s.ID] == "" {
			fault("%s: score %s has no name", language, s.ID)
		}
		if s.Bands == nil {
			continue
		}
		if w.Populations[s.Bands.Population] == "" {
			fault("%s: nobody says in whom the bands of %s were found", language, s.ID)
		}
		for _, b := range s.Bands.Ranges {
			if w.Bands[s.ID+"."+b.ID] == "" {
				fault("%s: band %s of %s has no words", language, b.ID, s.ID)
			}
		}
	}
}

// loinc reports that a code is well formed: digits, a hyphen and the Luhn digit
// of the digits before it (LOINC Users' Guide, mod 10).
func loinc(code string) bool {
	n := len(code) - 2
	if n < 1 || code[n] != '-' {
		return false
	}
	sum, double := 0, true
	for i := n - 1; i >= 0; i-- {
		d := int(code[i] - '0')
		if d < 0 || d > 9 {
			return false
		}
		if double {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum, double = sum+d, !double
	}
	return int(code[n+1]-'0') == (10-sum%10)%10
}
