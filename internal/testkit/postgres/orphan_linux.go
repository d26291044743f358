package postgres

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// killWithChildren kills a process and those that it began: a server's own outlive
// it for a moment, and answer who is connected.
func killWithChildren(p *os.Process) {
	children := childrenOf(p.Pid)
	_ = p.Kill() // it runs, or ended by itself
	for _, pid := range children {
		_ = syscall.Kill(pid, syscall.SIGKILL)
	}
	for deadline := time.Now().Add(5 * time.Second); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		alive := false
		for _, pid := range children {
			state, _, ok := stat(pid)
			alive = alive || ok && state != "Z" && state != "X"
		}
		if !alive {
			return
		}
	}
}

func childrenOf(parent int) (list []int) {
	entries, _ := filepath.Glob("/proc/[0-9]*")
	for _, e := range entries {
		pid, err := strconv.Atoi(filepath.Base(e))
		if err != nil {
			continue
		}
		if _, of, ok := stat(pid); ok && of == parent {
			list = append(list, pid)
		}
	}
	return list
}

// stat is the state of a process and who began it; false where it is gone.
func stat(pid int) (state string, parent int, ok bool) {
	b, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	if err != nil {
		return "", 0, false
	}
	// The name stands in brackets and may hold anything.
	fields := strings.Fields(string(b[bytes.LastIndexByte(b, ')')+1:]))
	if len(fields) < 2 {
		return "", 0, false
	}
	parent, err = strconv.Atoi(fields[1])
	return fields[0], parent, err == nil
}
