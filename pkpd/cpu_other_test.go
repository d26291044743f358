//go:build !unix

package pkpd_test

import "time"

var begun = time.Now()

// cpuSeconds is the clock where processor time cannot be had.
func cpuSeconds() float64 { return time.Since(begun).Seconds() }
