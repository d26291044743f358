package main

import (
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
)

// innerVariable tells the inner process what the outer one found for it.
const innerVariable = "EVENKEEL_FAILOVER_INSIDE"

// inside is the world in which the cluster runs.
type inside struct {
	Programs programs `json:"programs"`
	// Uncuttable says why this world has no networks of its own; "" where it has.
	Uncuttable string `json:"uncuttable,omitempty"`
}

// keep runs the command once more, where it may in a network of its own, and stays
// behind to see off the servers that Patroni began: each loses its parent, would be
// left over as a zombie which Patroni takes for a living server, or would outlive us.
func keep(p programs) (code int, err error) {
	const setChildSubreaper = 36 // of prctl(2)
	if _, _, errno := syscall.RawSyscall(syscall.SYS_PRCTL, setChildSubreaper, 1, 0); errno != 0 {
		return 2, errno
	}
	world := inside{Programs: p}
	if os.Geteuid() != 0 {
		world.Uncuttable = "a network namespace for each server needs root"
	} else if _, err := exec.LookPath("ip"); err != nil {
		world.Uncuttable = "the program ip is missing (Debian: apt-get install iproute2)"
	}
	runtime.LockOSThread() // what it begins is told when it dies
	inner, err := begin(world)
	if errors.Is(err, syscall.EPERM) && world.Uncuttable == "" {
		world.Uncuttable = "network namespaces are not permitted here"
		inner, err = begin(world)
	}
	if err != nil {
		return 2, err
	}
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		for s := range signals {
			_ = inner.Signal(s) // it runs, or has just ended
		}
	}()
	return reap(inner.Pid), nil
}

func begin(world inside) (*os.Process, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	found, err := json.Marshal(world)
	if err != nil {
		return nil, err
	}
	process := &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGTERM}
	if world.Uncuttable == "" {
		process.Cloneflags = syscall.CLONE_NEWNET
	}
	return os.StartProcess(self, os.Args, &os.ProcAttr{
		Env:   append(os.Environ(), innerVariable+"="+string(found)),
		Files: []*os.File{os.Stdin, os.Stdout, os.Stderr},
		Sys:   process,
	})
}

// reap waits until a process has ended, then ends and waits for all others. It is
// the code that the process ended with.
func reap(main int) (code int) {
	code = 2
	for {
		var status syscall.WaitStatus
		pid, err := syscall.Wait4(-1, &status, 0, nil)
		switch {
		case errors.Is(err, syscall.EINTR):
			continue
		case err != nil: // there is no child left
			return code
		case pid == main && status.Exited():
			code = status.ExitStatus()
		}
		if pid == main {
			main = 0
		}
		if main == 0 {
			for _, child := range childrenOf(os.Getpid()) {
				_ = syscall.Kill(child, syscall.SIGKILL)
			}
		}
	}
}

func childrenOf(parent int) (list []int) {
	entries, _ := filepath.Glob("/proc/[0-9]*") // the pattern is well formed
	for _, e := range entries {
		b, err := os.ReadFile(filepath.Join(e, "stat"))
		if err != nil {
			continue // it has ended
		}
		// The name stands in brackets and may hold anything.
		fields := strings.Fields(string(b[strings.LastIndexByte(string(b), ')')+1:]))
		if len(fields) > 1 && fields[1] == strconv.Itoa(parent) {
			if pid, err := strconv.Atoi(filepath.Base(e)); err == nil {
				list = append(list, pid)
			}
		}
	}
	return list
}
