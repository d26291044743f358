package bodies

import (
	"math"

	"github.com/evenkeel/evenkeel/pkpd"
)

// Body is one person of a body: parameters of the model and the law that goes
// with them.
type Body struct {
	pkpd.Params
	Law
	// OneTau (h) and OneGain (points of 0..64) are those of the one adaptation,
	// where the law has one.
	OneTau, OneGain float64
}

// Made is a person of another body: p changed, its gain times what Anchored
// says, and the numbers of one adaptation drawn.
func Made(p pkpd.Params, change Change, scale float64, s *pkpd.Stream) Body {
	b := Body{Params: p, Law: LawOf(&p)}
	change(&b.Params, &b.Law)
	b.Gain *= scale
	b.OneTau, b.OneGain = 90*math.Exp(0.4*s.Normal()), 110*math.Exp(0.4*s.Normal())
	return b
}

// Withdrawal is what the body feels of its adaptation and drive, 0..64. one is
// the state of the one adaptation; fast and slow are not looked at where the
// law has it.
func (b *Body) Withdrawal(fast, slow, one, drive float64) float64 {
	excess, gain := b.WFast*fast+b.WSlow*slow-drive, b.Gain
	if b.One {
		excess, gain = one-drive, b.OneGain
	}
	return math.Min(pkpd.WithdrawalMax, gain*math.Max(0, excess-b.Law.Threshold))
}
