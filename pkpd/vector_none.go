//go:build !goexperiment.simd || !amd64

package pkpd

const vectors = false

//lint:ignore U1000 the vector build has its room here
type vectorRoom struct{}

func (e *Engine) runVector(*[lanes]Params, *Plan, *[lanes][]Row) bool { return false }
