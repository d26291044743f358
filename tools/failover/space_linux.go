package main

import (
	"fmt"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"syscall"
)

// space is a thread from which processes are begun: they see its network, and the
// kernel ends them with it.
type space struct {
	work chan func()
	tid  int
	side string // the name of its cable at the switch
}

// newSpace makes a thread, with a network of its own if asked.
func newSpace(own bool) (*space, error) {
	s := &space{work: make(chan func())}
	ready := make(chan error)
	go func() {
		runtime.LockOSThread()
		s.tid = syscall.Gettid()
		if own {
			if err := syscall.Unshare(syscall.CLONE_NEWNET); err != nil {
				ready <- err
				return
			}
		}
		ready <- nil
		for f := range s.work {
			f()
		}
	}()
	return s, <-ready
}

// start begins a process of its own group, so that an interrupt from the keyboard
// reaches it only through us.
func (s *space) start(cmd *exec.Cmd) (ended <-chan struct{}, err error) {
	cmd.SysProcAttr.Pdeathsig, cmd.SysProcAttr.Setpgid = syscall.SIGTERM, true
	done := make(chan error)
	s.work <- func() { done <- cmd.Start() }
	if err := <-done; err != nil {
		return nil, fmt.Errorf("%s: %w", cmd.Path, err)
	}
	end := make(chan struct{})
	go func() {
		_ = cmd.Wait() // it is asked to end, or killed
		close(end)
	}()
	return end, nil
}

// ip runs the program of that name within the space.
func (s *space) ip(args string) error {
	done := make(chan error)
	s.work <- func() { done <- ip(args) }
	return <-done
}

func ip(args string) error {
	if out, err := exec.Command("ip", strings.Fields(args)...).CombinedOutput(); err != nil {
		return fmt.Errorf("ip %s: %w: %s", args, err, out)
	}
	return nil
}

// The network of the cluster: a switch, at which the writers and etcd stand, and a
// cable from it to each server.
const (
	network  = "10.77.0."
	theHub   = network + "1"
	theHubIs = "evenkeel"
)

func layHub() error {
	for _, args := range []string{
		"link set lo up",
		"link add name " + theHubIs + " type bridge",
		"addr add " + theHub + "/24 dev " + theHubIs,
		"link set " + theHubIs + " up",
	} {
		if err := ip(args); err != nil {
			return err
		}
	}
	return nil
}

// lay gives a space a cable to the switch, and the address.
func (s *space) lay(number int, address string) error {
	s.side = "hub" + strconv.Itoa(number)
	for _, args := range []string{
		fmt.Sprintf("link add name %s type veth peer name side%d", s.side, number),
		fmt.Sprintf("link set side%d netns %d", number, s.tid),
		"link set " + s.side + " up",
	} {
		if err := ip(args); err != nil {
			return err
		}
	}
	for _, args := range []string{
		"link set lo up",
		fmt.Sprintf("addr add %s/24 dev side%d", address, number),
		fmt.Sprintf("link set side%d up", number),
	} {
		if err := s.ip(args); err != nil {
			return err
		}
	}
	return s.heal()
}

// cut takes the cable out of the switch. Nobody is told: what is sent is gone.
func (s *space) cut() error  { return ip("link set " + s.side + " nomaster") }
func (s *space) heal() error { return ip("link set " + s.side + " master " + theHubIs) }
