package confseq

import (
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"
)

// Ten days of a product of one: the first sets the scale to 1, so that S and V
// are 9. By hand: w = 1 + 0.1225*9 = 2.1025, ln E = -ln(w)/2 + 81*0.1225/(2w) =
// -0.37156 + 2.35969 = 1.98813; above zero alone, 2 Phi(9*0.35/1.45) = 2 Phi(2.17241)
// = 1.97018 times as much, 2.66622.
func TestEvidenceByHand(t *testing.T) {
	q := Sequence{Wait: 1}
	for range 10 {
		q.Add(1, 0)
	}
	if got := q.LogE(Either); math.Abs(got-1.98813) > 1e-4 {
		t.Errorf("either side %v", got)
	}
	if got := q.LogE(Above); math.Abs(got-2.66622) > 1e-4 {
		t.Errorf("above %v", got)
	}
	if q.Size() != 0 {
		t.Errorf("a size of %v without an exposure", q.Size())
	}
}

func TestOneDayWeighsNoMoreThanItsClip(t *testing.T) {
	q := Sequence{Wait: 2}
	q.Add(1, 1)
	q.Add(-1, 1)
	q.Add(1e6, 1)
	if q.s[half] != clip || q.v[half] != clip*clip {
		t.Errorf("S %v, V %v", q.s[half], q.v[half])
	}
}

func TestNothingIsRuledOutBeforeTheScaleIsSet(t *testing.T) {
	q := Sequence{Wait: 10}
	for range 10 {
		q.Add(3, 1)
	}
	if low, high := q.Interval(0.05); !math.IsInf(low, -1) || !math.IsInf(high, 1) {
		t.Errorf("%v to %v", low, high)
	}
}

// The range closes round the truth, and a smaller share of error makes it wider.
func TestRange(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	q := Sequence{Wait: 10}
	for range 400 {
		d := r.Float64()
		q.Add(1.5*d+0.5*r.NormFloat64(), d)
	}
	low, high := q.Interval(0.05)
	if low > 1.5 || high < 1.5 || high-low > 1.5 {
		t.Errorf("%v to %v", low, high)
	}
	if l, h := q.Interval(0.001); l > low || h < high {
		t.Errorf("%v to %v is narrower than %v to %v", l, h, low, high)
	}
	if s := q.Size(); s < low || s > high {
		t.Errorf("the estimate %v lies outside", s)
	}
}

// Ville: of sequences whose signs are tosses of a coin, however their sizes go, at
// most the share is ever shown, in 500 looks. 2,000 tries at 0.1 have a standard
// error of 0.7 points.
func TestLookingEveryDayFoolsNoMoreThanItsShare(t *testing.T) {
	const share, tries = 0.1, 2000
	r := rand.New(rand.NewPCG(7, 7))
	for _, side := range []Side{Either, Above} {
		fooled := 0
		for range tries {
			q := Sequence{Wait: 10}
			size := 1.0
			for range 500 {
				size *= math.Exp(0.2*r.NormFloat64() - 0.02*math.Log(size)) // sizes wander
				q.Add(size*float64(2*r.IntN(2)-1), 1)
				if q.LogE(side) >= -math.Log(share) {
					fooled++
					break
				}
			}
		}
		if got := float64(fooled) / tries; got > share+0.02 {
			t.Errorf("side %d: %.3f were shown something", side, got)
		}
	}
}

// Scores turned upside down give the range upside down.
func TestMirror(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := Sequence{Wait: 5}, Sequence{Wait: 5}
		for range rapid.IntRange(0, 60).Draw(t, "days") {
			r, d := rapid.Float64Range(-3, 3).Draw(t, "r"), rapid.Float64Range(0.01, 2).Draw(t, "d")
			a.Add(r, d)
			b.Add(-r, d)
		}
		al, ah := a.Interval(0.1)
		bl, bh := b.Interval(0.1)
		if al != -bh || ah != -bl || a.Size() != -b.Size() || math.Abs(a.LogE(Either)-b.LogE(Either)) > 1e-9 {
			t.Fatalf("%v to %v, mirrored %v to %v", al, ah, bl, bh)
		}
	})
}
