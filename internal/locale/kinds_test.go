package locale

import (
	"slices"
	"strconv"
	"testing"

	"github.com/evenkeel/evenkeel/journal"
)

// TestEveryKindHasItsTexts goes over all that an entry can hold, so that
// nothing of it shows up as its key. A new kind finds here what it lacks.
func TestEveryKindHasItsTexts(t *testing.T) {
	var keys []string
	for _, k := range journal.ListedKinds() {
		keys = append(keys, "kind."+string(k))
		for _, f := range journal.Describe(k).Fields {
			keys = append(keys, keysOf(k, &f)...)
		}
	}
	for _, c := range texts(t).All() {
		for _, key := range keys {
			if !c.Has(key) {
				t.Errorf("%s lacks %q", c.Tag(), key)
			}
		}
	}
	for _, want := range []string{"dose.amount.needed", "check_in.rough.low", "symptom.yawning", "helped.4", "class.alcohol", "history.times_per_day.said", "csv.helped"} {
		if !slices.Contains(keys, want) {
			t.Errorf("%q was not looked for", want)
		}
	}
}

// keysOf are the texts that a field needs.
func keysOf(k journal.Kind, f *journal.Field) []string {
	key := string(k) + "." + f.Name
	keys := []string{key}
	if f.Needed {
		keys = append(keys, key+".needed")
	}
	for _, o := range f.Options {
		keys = append(keys, f.Words+o)
	}
	switch {
	case f.Type == journal.FieldScale && f.Words != "":
		for i := range f.Top + 1 {
			keys = append(keys, f.Words+strconv.Itoa(i))
		}
	case f.Type == journal.FieldScale, f.Type == journal.FieldScales:
		keys = append(keys, key+".low", key+".high")
	}
	if f.Column != "" {
		keys = append(keys, "csv."+f.Column)
	}
	if f.Said != "" {
		keys = append(keys, f.Said)
	}
	return keys
}
