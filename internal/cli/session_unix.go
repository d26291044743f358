//go:build !windows

package cli

import "syscall"

// ownSession keeps a program that we start apart from this terminal.
func ownSession() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setsid: true} }
