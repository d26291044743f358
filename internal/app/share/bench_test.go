package share

import (
	"testing"

	"github.com/evenkeel/evenkeel/internal/demo"
	"github.com/evenkeel/evenkeel/internal/testkit/place"
	"github.com/evenkeel/evenkeel/journal"
)

// BenchmarkProjection makes a projection of everything of a journal of ten years.
func BenchmarkProjection(b *testing.B) {
	a := place.InMemory(b)
	if err := demo.Fill(b.Context(), a, 7, 3650); err != nil {
		b.Fatal(err)
	}
	j, err := a.Read(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	c := english(b)
	for _, days := range []int{90, 0} {
		consent := journal.Consent{Parts: journal.SharedParts, Sections: []string{"doses", "felt"}, Days: days, Recipient: "Harbor"}
		b.Run(map[int]string{90: "90 days", 0: "all"}[days], func(b *testing.B) {
			for b.Loop() {
				if _, err := project(j, place.Evening, c, &consent, 1); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
