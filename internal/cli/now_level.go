package cli

import (
	"time"

	"github.com/evenkeel/evenkeel/exposure"
	"github.com/evenkeel/evenkeel/pkpd"
	"github.com/evenkeel/evenkeel/say"
)

// figures keeps four figures: what the estimates can carry, without the noise
// of binary fractions.
func figures(v float64) float64 { return pkpd.Round(v, 4) }

// levels of both analytes at the present moment.
func levels(b *exposure.Curve) (mitragynine, sevenOH levelAnswer) {
	m, s := say.Quantifiable()
	return levelAt(b, m, func(p exposure.Point) exposure.Level { return p.Mitragynine }),
		levelAt(b, s, func(p exposure.Point) exposure.Level { return p.SevenOH })
}

// trendAhead is how far ahead a trend looks.
const trendAhead = time.Hour

// levelAt is the level now; measurable is what a laboratory can just measure, in
// nM.
func levelAt(b *exposure.Curve, measurable float64, of func(exposure.Point) exposure.Level) levelAnswer {
	now := of(b.Points[b.Now])
	a := levelAnswer{Low: figures(now.Low), Mid: figures(now.Mid), High: figures(now.High), Trend: "steady"}
	peak, ahead := 0.0, 0.0
	for _, p := range b.Points[:b.Now+1] {
		peak = max(peak, of(p).Mid)
	}
	for _, p := range b.Points[b.Now:] {
		ahead = max(ahead, of(p).High)
	}
	a.none, a.coming = now.High < measurable, ahead >= measurable
	if peak > 0 {
		a.OfPeak = figures(now.Mid / peak)
	}
	// A change below a tenth in an hour is within what the model can tell.
	at := b.Now
	for at < len(b.Points)-1 && b.Points[at].At.Sub(b.Points[b.Now].At) < trendAhead {
		at++
	}
	switch next := of(b.Points[at]).Mid; {
	case next > 1.1*now.Mid:
		a.Trend = "rising"
	case next < 0.9*now.Mid:
		a.Trend = "falling"
	}
	return a
}

// shareOf names a share as people do.
func shareOf(share float64) string {
	switch {
	case share >= 0.9:
		return "all"
	case share >= 0.7:
		return "three_quarters"
	case share >= 0.42:
		return "half"
	case share >= 0.29:
		return "third"
	case share >= 0.18:
		return "quarter"
	case share >= 0.08:
		return "tenth"
	}
	return "small"
}
