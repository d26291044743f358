//go:build !unix

package cpu

import "time"

var begun = time.Now()

// Seconds is the clock where processor time cannot be had.
func Seconds() float64 { return time.Since(begun).Seconds() }
