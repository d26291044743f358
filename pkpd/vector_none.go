//go:build !goexperiment.simd || !amd64

package pkpd

const vectors = false

func (e *Engine) runVector(*[lanes]Params, *Plan, *[lanes][]Row) bool { return false }
