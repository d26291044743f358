//go:build !goexperiment.simd || !amd64

package pkpd

const vectors = false

type vectorRoom struct{}

func (e *Engine) runVector(*[lanes]Params, *Plan, *[lanes][]Row) bool { return false }
