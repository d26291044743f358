//go:build !linux

package postgres

import (
	"net"
	"time"
)

// dropAfter leaves it to the system how long it tries.
func dropAfter(*net.TCPConn, time.Duration) {}
