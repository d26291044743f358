package outlook

import "context"

// patient is the context of work that goes on beside the pages: it asks now and
// then whether it is still wanted, and lets what is more urgent go first where
// the door wants that.
type patient struct {
	context.Context
	pause func()
}

func (p patient) Err() error {
	p.pause()
	return p.Context.Err()
}

// aside is the context of a fit.
func (r *Reader) aside(ctx context.Context) context.Context {
	if r.pause == nil {
		return ctx
	}
	return patient{ctx, r.pause}
}
