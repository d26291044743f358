package cli

import "syscall"

// ownSession keeps a program that we start apart from this terminal.
func ownSession() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{CreationFlags: syscall.CREATE_NEW_PROCESS_GROUP}
}
