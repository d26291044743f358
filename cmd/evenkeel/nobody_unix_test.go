//go:build !windows

package main

import "syscall"

// asNobody runs a program as the user who owns nothing.
func asNobody() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
}
