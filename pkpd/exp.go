package pkpd

import "math"

// The functions in this file are written out, with every product rounded by
// an explicit float64 conversion, because the standard library's Exp and Log
// have their own assembly on some processors and because the compiler may fuse
// x*y+z where the processor can: either would make the same seed give other
// last digits on another machine. Add, subtract, multiply, divide and square
// root are exactly rounded everywhere, so what is built from them alone, in a
// fixed order, is the same everywhere.

const (
	ln2Hi  = 6.93147180369123816490e-01 // upper bits of ln 2: k*ln2Hi is exact for |k| < 2^20
	ln2Lo  = 1.90821492927058770002e-10
	log2E  = 1.44269504088896338700e+00
	expMax = 709.78
	expMin = -708.39 // below this the result would be subnormal; 0 is returned
)

// inverse factorials 1/2! ... 1/13!
const (
	if2  = 1.0 / 2
	if3  = 1.0 / 6
	if4  = 1.0 / 24
	if5  = 1.0 / 120
	if6  = 1.0 / 720
	if7  = 1.0 / 5040
	if8  = 1.0 / 40320
	if9  = 1.0 / 362880
	if10 = 1.0 / 3628800
	if11 = 1.0 / 39916800
	if12 = 1.0 / 479001600
	if13 = 1.0 / 6227020800
)

// exp returns e**x, within 1e-15 relative, the same bits on every machine.
func exp(x float64) float64 {
	if !(x > expMin) {
		if x != x {
			return x
		}
		return 0
	}
	if x > expMax {
		return math.Inf(1)
	}
	k := math.Floor(float64(x*log2E) + 0.5)
	r := (x - float64(k*ln2Hi)) - float64(k*ln2Lo)
	r2 := r * r
	r4 := float64(r2 * r2)
	r8 := float64(r4 * r4)
	// Taylor to r^13 on |r| <= ln2/2 (remainder below 5e-18), summed in pairs.
	p01 := 1 + r
	p23 := if2 + float64(r*if3)
	p45 := if4 + float64(r*if5)
	p67 := if6 + float64(r*if7)
	p89 := if8 + float64(r*if9)
	pab := if10 + float64(r*if11)
	pcd := if12 + float64(r*if13)
	lo := p01 + float64(r2*p23)
	mid := p45 + float64(r2*p67)
	hi := p89 + float64(r2*pab)
	s := lo + float64(r4*mid) + float64(r8*(hi+float64(r4*pcd)))
	return s * math.Float64frombits(uint64(int64(k)+1023)<<52)
}

// log returns the natural logarithm of x > 0, within 1e-15 relative to
// max(|log x|, 1), the same bits on every machine.
func log(x float64) float64 {
	fr, e := math.Frexp(x)
	if fr < math.Sqrt2/2 {
		fr *= 2
		e--
	}
	s := (fr - 1) / (fr + 1)
	s2 := s * s
	// 2 atanh(s) = 2 (s + s^3/3 + ...), |s| <= 0.172
	p := 1.0 / 23
	for n := 21; n >= 3; n -= 2 {
		p = float64(p*s2) + 1/float64(n)
	}
	p = float64(float64(p*s2) * s)
	k := float64(e)
	return float64(k*ln2Hi) + ((s + s) + ((p + p) + float64(k*ln2Lo)))
}
