package outlook

import (
	"context"
	"time"
)

// aside is the context of work that goes on beside the pages. A browser's worker
// has one thread, and hears of a tap only when Go lets go of it; so work that
// asks now and then whether it is still wanted lets go while it asks.
func aside(ctx context.Context) context.Context { return &polite{Context: ctx} }

// slice is how long work goes on before it lets go: short against what a person
// notices, long against what letting go costs.
const slice = 12 * time.Millisecond

type polite struct {
	context.Context
	last time.Time
}

func (p *polite) Err() error {
	if now := time.Now(); now.Sub(p.last) > slice {
		time.Sleep(time.Microsecond)
		p.last = time.Now()
	}
	return p.Context.Err()
}
