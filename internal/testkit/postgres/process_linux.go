package postgres

import (
	"os"
	"os/user"
	"strconv"
	"syscall"
)

// unprivileged says as whom a server runs that must not be root, gives them the
// folder, and has the kernel end it when the tests are killed.
func unprivileged(dir string) (*syscall.SysProcAttr, error) {
	process := &syscall.SysProcAttr{Pdeathsig: syscall.SIGQUIT}
	if os.Geteuid() != 0 {
		return process, nil
	}
	who, err := user.Lookup("postgres")
	if err != nil {
		who, err = user.Lookup("nobody")
	}
	if err != nil {
		return nil, err
	}
	uid, err := strconv.ParseUint(who.Uid, 10, 32)
	if err != nil {
		return nil, err
	}
	gid, err := strconv.ParseUint(who.Gid, 10, 32)
	if err != nil {
		return nil, err
	}
	process.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	return process, os.Chown(dir, int(uid), int(gid))
}
