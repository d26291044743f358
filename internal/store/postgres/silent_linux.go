package postgres

import (
	"net"
	"syscall"
	"time"
)

// dropAfter has the kernel end a line whose other side takes nothing for so long.
// Without it a question sent into a network that was cut waits for a quarter of an
// hour.
func dropAfter(c *net.TCPConn, d time.Duration) {
	const tcpUserTimeout = 18 // of tcp(7), in milliseconds
	raw, err := c.SyscallConn()
	if err != nil {
		return // it is closed already
	}
	_ = raw.Control(func(fd uintptr) { // a line without it works as well
		_ = syscall.SetsockoptInt(int(fd), syscall.IPPROTO_TCP, tcpUserTimeout, int(d.Milliseconds()))
	})
}
