package pkpd

import (
	"context"
	"errors"
	"math"
	"slices"
)

// Grounds say what a Person stands on. Only Fitted used the person's scores; the
// others are people in general who took these doses, and say why.
type Grounds uint8

const (
	// Fitted: the person's own check-ins shaped it, from the first one on.
	Fitted Grounds = iota
	// NoCheckIns: nothing was written down about how it felt.
	NoCheckIns
	// NoContent: no check-ins, and more than a fifth of what was taken was left
	// out because nobody knows what it holds.
	NoContent
	// Unstable: the draws did not settle (Quality).
	Unstable
)

var basisNames = [...]string{"fitted", "no_check_ins", "no_content", "unstable"}

// String returns the name used in files: fitted, no_check_ins, ...
func (b Grounds) String() string {
	if int(b) < len(basisNames) {
		return basisNames[b]
	}
	return "unknown"
}

// What weights must reach, or the draws walk on; and how many of those must have
// moved, or the fit is unstable. Assumed.
const (
	lowESS      = 75.0
	goodParetoK = 0.7
	leastMoved  = 0.5
)

// FitOptions are how to fit. The zero value is the built-in prior, 1000 draws,
// seed 0 and two goroutines.
type FitOptions struct {
	Population *Population // the prior; nil is FitPrior
	Draws      int         // 100..20,000; 0 is 1000
	Seed       uint64
	Workers    int // goroutines; 0 is 2. The result does not depend on it
}

func (o *FitOptions) fill() error {
	if o.Draws == 0 {
		o.Draws = 1000
	}
	if o.Workers == 0 {
		o.Workers = 2
	}
	if o.Draws < 100 || o.Draws > 20_000 || o.Workers < 1 || o.Workers > 64 {
		return errors.New("a fit takes 100 to 20000 draws and 1 to 64 workers")
	}
	if o.Population == nil {
		pop := FitPrior()
		o.Population = &pop
	}
	return nil
}

// Quality is how a fit went. Its figures are NaN where nothing was fitted.
type Quality struct {
	CheckIns int     // scores that were used
	LeftOut  int     // intakes left out because nobody knows what they hold
	Modes    int     // separate maxima of the posterior
	ESS      float64 // effective sample size, of Draws
	ParetoK  float64 // shape of the largest weights; above 0.7 be careful
	// Moved is the share of draws that walked away from where the weights had
	// left them; 0 where the weights were good and none had to.
	Moved float64
	// Drift is how far neighbouring scores still hang together once the slow
	// deviation is taken out: the correlation of one surprise with the next, -1
	// to 1, 0 when nothing is left. NaN with fewer than three scores.
	Drift float64
}

// Person is what is known of one person: draws of parameters and of the state
// now, each standing for itself Copies times. It is read-only and may be used
// by several goroutines.
type Person struct {
	Basis   Grounds
	Quality Quality
	NowH    float64

	// Contradiction is set where the doses do not explain what was written.
	Contradiction *Contradiction
	// Held are the check-ins of the last 24 h, each with what was felt then.
	Held []Held
	// Guess is how much of it all rests on doses of unknown strength.
	Guess Guess

	problem *problem
	sample  *sample
	copies  []int
	unique  []int // draws with copies
	first   []int // of each unique draw, its first place in felt
	total   int
	felt    [][nFelt]float64 // what is felt now beside the doses, one a copy
	seed    uint64
}

// Fit updates the prior by what the person wrote down. The prior over the
// effects is normal on the log scale, people and the doubt about all of them
// together; over the content of each product log-normal around what the intakes
// were counted with; over how the person feels and writes as in Reporting. The
// method is importance sampling from a mixture around the modes found from
// several starts (local maxima are real here); what the doses do not explain
// is integrated out by a filter.
//
// Every check-in counts, from the first one on: one moves the answer as far as
// one should. Days without entries are filled from the nearest known day times
// an unknown factor; use before the record likewise when nobody described it.
// Both widen the answer; neither counts as zero.
//
// An error means that the history cannot be used as it is. Data that say too
// little are no error: Person.Basis tells.
func Fit(ctx context.Context, h History, o FitOptions) (*Person, error) {
	if err := o.fill(); err != nil {
		return nil, err
	}
	if err := h.Check(); err != nil {
		return nil, err
	}
	s, leftOut := h.sorted()
	p := newProblem(&s, o.Population)
	person := &Person{NowH: h.NowH, problem: p, seed: o.Seed}
	nan := math.NaN()
	person.Quality = Quality{LeftOut: leftOut, ESS: nan, ParetoK: nan, Drift: nan}
	switch {
	case len(s.CheckIns) > 0:
		if err := person.fit(ctx, o); err != nil {
			return nil, err
		}
	case 5*leftOut > len(s.Intakes)+leftOut:
		person.Basis = NoContent
	default:
		person.Basis = NoCheckIns
	}
	if person.Basis != Fitted {
		person.sample = newSample(p, o.Draws)
		if err := person.sample.prior(ctx, p, o.Seed, o.Workers); err != nil {
			return nil, err
		}
		person.copies = slices.Repeat([]int{1}, o.Draws)
	}
	person.count()
	person.Guess = person.guess(&s)
	return person, person.feel(ctx, o.Workers)
}

// count numbers the draws that count.
func (person *Person) count() {
	for i, c := range person.copies {
		if c > 0 {
			person.unique = append(person.unique, i)
			person.first = append(person.first, person.total)
		}
		person.total += c
	}
}

const (
	screened = 64 // prior points tried as starts
	starts   = 3
	rounds   = 8
)

func (person *Person) fit(ctx context.Context, o FitOptions) error {
	p := person.problem
	q := &person.Quality
	q.CheckIns = len(p.obs)
	modes, err := p.findModes(ctx, o)
	if err != nil {
		return err
	}
	q.Modes = len(modes)
	s := newSample(p, o.Draws)
	w, ess, k, err := s.adapt(ctx, p, modes, o, 0)
	if err != nil {
		return err
	}
	q.ESS, q.ParetoK = ess, k
	pick := NewStream(o.Seed, streamPick)
	person.sample, person.copies = s, resample(w, o.Draws, &pick)
	if err := person.contradict(ctx, o, modes); err != nil {
		return err
	}
	if ess < lowESS || k > goodParetoK {
		walked, moved, err := s.move(ctx, p, modes, person.copies, o)
		if err != nil {
			return err
		}
		q.Moved = moved
		person.sample, person.copies = walked, slices.Repeat([]int{moveCopies}, walked.n)
		if moved < leastMoved {
			person.Basis = Unstable
		}
	}
	return nil
}
