package kit

import (
	"testing"

	"github.com/evenkeel/evenkeel/evidence"
)

// Every place that states a fact leads to questions that are there.
func TestFactsLeadToClaims(t *testing.T) {
	for place, ids := range facts {
		if got := behind(place); len(got) != len(ids) || len(ids) == 0 {
			t.Errorf("%s: %d of %v are claims", place, len(got), ids)
		}
	}
	for sign, id := range signs {
		if _, ok := evidence.ByID(id); !ok {
			t.Errorf("%s: no claim %s", sign, id)
		}
	}
}
