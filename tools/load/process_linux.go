package main

import (
	"bytes"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// ticks a second in which Linux counts a process's time for others to read.
const ticks = 100

// as has a command run as somebody else.
func as(cmd *exec.Cmd, who *user.User) {
	uid, _ := strconv.Atoi(who.Uid) // numbers on Linux
	gid, _ := strconv.Atoi(who.Gid)
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}
}

func own(dir string, who *user.User) error {
	uid, _ := strconv.Atoi(who.Uid)
	gid, _ := strconv.Atoi(who.Gid)
	return os.Chown(dir, uid, gid)
}

// seconds are the processor seconds of a process and of those that it began, also
// of those that ended and that it waited for.
func seconds(pid int) (sum float64) {
	stats, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, name := range stats {
		b, err := os.ReadFile(name)
		if err != nil {
			continue // it ended just now, and counts with its parent
		}
		at := bytes.LastIndexByte(b, ')') // the name may hold anything
		f := strings.Fields(string(b[at+1:]))
		number := func(i int) int { n, _ := strconv.Atoi(f[i]); return n }
		self := filepath.Base(filepath.Dir(name)) == strconv.Itoa(pid)
		if len(f) < 15 || !self && number(1) != pid {
			continue
		}
		sum += float64(number(11) + number(12))
		if self {
			sum += float64(number(13) + number(14))
		}
	}
	return sum / ticks
}

// mine are the processor seconds of this process alone.
func mine() float64 {
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		return 0
	}
	return float64(r.Utime.Nano()+r.Stime.Nano()) / 1e9
}

// resident is the memory of a process that stands in RAM, in bytes.
func resident(pid int) int64 {
	b, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/statm")
	f := strings.Fields(string(b))
	if err != nil || len(f) < 2 {
		return 0
	}
	n, _ := strconv.ParseInt(f[1], 10, 64)
	return n * int64(os.Getpagesize())
}
