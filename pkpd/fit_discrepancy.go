package pkpd

// The law of withdrawal is itself in doubt: a body may have no threshold, adapt
// more slowly than any that the anchors allow, or differ in a way that nobody
// thought of. While a person goes on as ever it hardly shows, for balance is
// hardly lost; once they stop, the law is asked about what none of their
// check-ins has seen. What it leaves out is one more term of what is felt,
//
//	departure x discrepancy
//
// (a model discrepancy in the sense of Kennedy and O'Hagan 2001,
// doi:10.1111/1467-9868.00294), where departure (0 to 1) is how far from balance
// the body is and discrepancy an Ornstein-Uhlenbeck process that is fitted with
// the rest. So bands widen where the regimen changes, and check-ins after the
// change take the term over within a day or two.
//
// Its standard deviation, in points of 0 to 10, is what the threshold takes off
// in the central body (gain x threshold x slope: 132 x 0.159 x 0.156 = 3.3),
// since whether there is one is what the law knows least; of 0, 2, 2.5, 3 and
// 3.5 it is also the first for which the bands of stopping hold often enough on
// the bodies of "tools/validate -tune". Two weeks is about as long as the slow
// adaptation takes. Both are judgements: docs/decisions/0013.
const (
	discrepancySD   = 3.5
	discrepancyTauH = 336.0 // h
)

// departure is how far from balance a body is: 0 where the drive is what it is
// adapted to or more, half where the imbalance is just about to be felt. excess
// is the imbalance above the threshold.
func departure(threshold, excess float64) float64 {
	imbalance := excess + threshold
	if !(imbalance > 0) {
		return 0
	}
	return imbalance / (imbalance + threshold)
}
