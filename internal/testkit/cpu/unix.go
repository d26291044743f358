//go:build unix

// Package cpu measures processor time, for benchmarks.
package cpu

import "syscall"

// Seconds is the processor time of this process: on a shared machine it says
// more than the clock.
func Seconds() float64 {
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		return 0
	}
	return float64(r.Utime.Sec+r.Stime.Sec) + 1e-6*float64(r.Utime.Usec+r.Stime.Usec)
}
