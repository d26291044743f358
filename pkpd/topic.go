package pkpd

import (
	"math"
	"slices"
)

// Topic is what a person asks about, and the numbers of the model that answer.
type Topic struct {
	Key     string // blood, seven_oh, receptor, adjusting, stopping
	Symbols []string
}

// Topics are all topics, from the mouth to the days after stopping. Each
// parameter of the model stands in one of them.
var Topics = []Topic{
	{"blood", []string{
		"CL", "V1", "Q", "V2", "fm", "CL7",
		"ka.tea", "tlag.tea", "fp.tea", "F.tea",
		"ka.leaf", "tlag.leaf", "fp.leaf", "F.leaf",
		"ka.extract", "tlag.extract", "fp.extract", "F.extract",
	}},
	{"seven_oh", []string{
		"F7.seven_oh", "F7.tea", "F7.leaf", "F7.extract", "V7",
		"ka.seven_oh", "tlag.seven_oh", "fp.seven_oh", "F.seven_oh",
	}},
	{"receptor", []string{"ke0.m", "ke0.7", "K7", "K.ratio", "E.m", "E.7"}},
	{"adjusting", []string{"tau_fast", "tau_slow", "w_fast", "w_slow"}},
	{"stopping", []string{"threshold", "gain"}},
}

// Likely is a range that holds eight of ten, by the model's own distributions.
type Likely struct{ Low, High float64 }

// tenth is the standard normal quantile of 0.9: between minus and plus of it
// lie eight of ten.
const tenth = 1.2815515655446004

// Rest is one number of the model and what it rests on.
type Rest struct {
	Parameter
	// People is where eight of ten people lie; nil where the number is taken as
	// the same for everyone, or moves with another.
	People *Likely
	// Doubt is where the typical value lies with a chance of eight in ten; nil
	// where the model takes it as known.
	Doubt *Likely
}

// Rests returns the numbers of a topic in its order.
func (l *Library) Rests(t Topic) []Rest {
	doubt := l.Population().Doubt
	rests := make([]Rest, 0, len(t.Symbols))
	for _, symbol := range t.Symbols {
		at := slices.IndexFunc(l.Parameters, func(p Parameter) bool { return p.Symbol == symbol })
		r := Rest{Parameter: l.Parameters[at]} // Check wants every symbol of the model
		if effect := slices.Index(effectSymbols[:], symbol); effect >= 0 {
			square := 0.0
			for _, v := range doubt[effect][:effect+1] {
				square += v * v
			}
			r.People = r.within(r.Omega)
			r.Doubt = r.within(math.Sqrt(square))
		}
		rests = append(rests, r)
	}
	return rests
}

// within is the range that holds eight of ten at a standard deviation of the
// log, or of the log odds for a share of one, as moveOdds in the engine has it.
func (r *Rest) within(sd float64) *Likely {
	if sd == 0 {
		return nil
	}
	up := math.Exp(tenth * sd)
	if r.Symbol == effectSymbols[EffWSlow] || r.Symbol == effectSymbols[EffEM] {
		odds := r.Value / (1 - r.Value)
		share := func(odds float64) float64 { return odds / (1 + odds) }
		return &Likely{share(odds / up), share(odds * up)}
	}
	return &Likely{max(r.Value/up, r.Min), min(r.Value*up, r.Max)}
}
