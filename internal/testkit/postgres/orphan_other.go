//go:build !linux

package postgres

import (
	"os"
	"time"
)

// killWithChildren kills a process. Those that it began see within a moment that it
// is gone, and end.
func killWithChildren(p *os.Process) {
	_ = p.Kill() // it runs, or ended by itself
	time.Sleep(time.Second)
}
