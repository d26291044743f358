package pkpd

import (
	"math"
	"math/bits"
)

// philox is the counter-based generator Philox 4x32-10 (Salmon, Moraes, Dror,
// Shaw 2011, doi:10.1145/2063384.2063405): a block of four words is a function
// of key and counter alone, so every subject has a stream of its own that does
// not depend on who drew before or on which thread.
func philox(ctr [4]uint32, key [2]uint32) [4]uint32 {
	const m0, m1 = 0xD2511F53, 0xCD9E8D57
	const w0, w1 = 0x9E3779B9, 0xBB67AE85
	for range 10 {
		hi0, lo0 := bits.Mul32(m0, ctr[0])
		hi1, lo1 := bits.Mul32(m1, ctr[2])
		ctr = [4]uint32{hi1 ^ ctr[1] ^ key[0], lo1, hi0 ^ ctr[3] ^ key[1], lo0}
		key[0] += w0
		key[1] += w1
	}
	return ctr
}

// Stream is the random stream of one subject: the same seed and subject give
// the same numbers on every machine, whatever else is drawn. The zero value is
// the stream of seed 0, subject 0.
type Stream struct {
	key     [2]uint32
	subject uint64
	block   uint64
	left    int
	words   [4]uint32
}

// NewStream returns the stream of a subject under a seed.
func NewStream(seed, subject uint64) Stream {
	return Stream{key: [2]uint32{uint32(seed), uint32(seed >> 32)}, subject: subject}
}

func (s *Stream) uint64() uint64 {
	if s.left == 0 {
		s.words = philox([4]uint32{uint32(s.block), uint32(s.block >> 32), uint32(s.subject), uint32(s.subject >> 32)}, s.key)
		s.block++
		s.left = 2
	}
	i := 4 - 2*s.left
	s.left--
	return uint64(s.words[i]) | uint64(s.words[i+1])<<32
}

// Uniform returns a number in the open interval (0, 1), in steps of 2^-53.
func (s *Stream) Uniform() float64 {
	return (float64(s.uint64()>>11) + 0.5) * (1.0 / (1 << 53))
}

// Normal returns a standard normal number.
func (s *Stream) Normal() float64 { return normalQuantile(s.Uniform()) }

// normalQuantile is the inverse of the standard normal distribution function,
// about 1e-15 relative (Wichura 1988, algorithm AS 241, doi:10.2307/2347330).
func normalQuantile(p float64) float64 {
	q := p - 0.5
	if math.Abs(q) <= 0.425 {
		r := 0.180625 - float64(q*q)
		return q * ratio(r, &as241[0])
	}
	r := p
	if q > 0 {
		r = 1 - p
	}
	r = math.Sqrt(-log(r))
	var x float64
	if r <= 5 {
		x = ratio(r-1.6, &as241[1])
	} else {
		x = ratio(r-5, &as241[2])
	}
	if q < 0 {
		return -x
	}
	return x
}

// ratio is a quotient of two polynomials of degree 7, coefficients in
// ascending order, numerator first.
func ratio(x float64, c *[16]float64) float64 {
	n, d := c[7], c[15]
	for i := 6; i >= 0; i-- {
		n = float64(n*x) + c[i]
		d = float64(d*x) + c[8+i]
	}
	return n / d
}

var as241 = [3][16]float64{
	{3.3871328727963666080, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125,
		45921.953931549871457, 67265.770927008700853, 33430.575583588128105, 2509.0809287301226727,
		1, 42.313330701600911252, 687.18700749205790830, 5394.1960214247511077,
		21213.794301586595867, 39307.895800092710610, 28729.085735721942674, 5226.4952788528545610},
	{1.42343711074968357734, 4.63033784615654529590, 5.76949722146069140550, 3.64784832476320460504,
		1.27045825245236838258, 0.241780725177450611770, 0.0227238449892691845833, 7.74545014278341407640e-4,
		1, 2.05319162663775882187, 1.67638483018380384940, 0.689767334985100004550,
		0.148103976427480074590, 0.0151986665636164571966, 5.47593808499534494600e-4, 1.05075007164441684324e-9},
	{6.65790464350110377720, 5.46378491116411436990, 1.78482653991729133580, 0.296560571828504891230,
		0.0265321895265761230930, 0.00124266094738807843860, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
		1, 0.599832206555887937690, 0.136929880922735805310, 0.0148753612908506148525,
		7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15},
}
