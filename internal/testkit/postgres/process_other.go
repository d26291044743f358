//go:build !linux

package postgres

import (
	"errors"
	"os"
	"syscall"
)

// unprivileged has nothing to change for whoever is not root already.
func unprivileged(string) (*syscall.SysProcAttr, error) {
	if os.Geteuid() == 0 {
		return nil, errors.New("only done on Linux")
	}
	return nil, nil
}
