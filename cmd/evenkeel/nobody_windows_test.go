package main

import "syscall"

// asNobody is not needed here: no script that uses it runs on Windows.
func asNobody() *syscall.SysProcAttr { return nil }
