package bodies

import (
	"testing"

	"github.com/evenkeel/evenkeel/pkpd"
)

// The other bodies are ones that the surveys would still have met: with the gain
// that goes with the change, a central person's worst hour after leaf is what
// it was. Without a threshold there is more withdrawal before the gain is set,
// so the gain must fall; with one adaptation the gain is its own.
func TestOtherBodiesAreScaled(t *testing.T) {
	pop := pkpd.FitPrior()
	for name, change := range map[string]Change{"one": OneAdaptation, "none": NoThreshold, "slower": Slower, "share": AnotherShare} {
		g := Anchored(pop.Typical, change)
		t.Logf("%s: gain x %.3g", name, g)
		if !(g > 0.05 && g < 20) {
			t.Errorf("%s: gain x %v", name, g)
		}
		if name == "none" && g >= 1 || name == "one" && g != 1 {
			t.Errorf("%s: gain x %v", name, g)
		}
	}
}
