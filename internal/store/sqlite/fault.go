package sqlite

import (
	"context"
	"errors"
	"io/fs"
	"syscall"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"github.com/evenkeel/evenkeel/internal/fault"
)

// faultOf turns what SQLite says into a sentence for people. SQLite's own text,
// kept as the cause, names tables and pages and never holds a bound value.
func faultOf(err error) error {
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	if f := (*fault.Error)(nil); errors.As(err, &f) {
		return err
	}
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return fault.Wrap(err, fault.Internal, "store.failed")
	}
	switch e.Code() {
	case lib.SQLITE_IOERR_SHMSIZE:
		return fullDisk(err)
	}
	switch e.Code() & 0xff {
	case lib.SQLITE_BUSY, lib.SQLITE_LOCKED:
		return fault.Wrap(err, fault.Conflict, "store.busy")
	case lib.SQLITE_FULL:
		return fullDisk(err)
	case lib.SQLITE_READONLY, lib.SQLITE_PERM, lib.SQLITE_CANTOPEN:
		return readOnly(err)
	case lib.SQLITE_CORRUPT, lib.SQLITE_NOTADB:
		return fault.Wrap(err, fault.Corrupt, "store.damaged")
	case lib.SQLITE_IOERR:
		return fault.Wrap(err, fault.Internal, "store.disk_error")
	case lib.SQLITE_INTERRUPT:
		return context.Canceled
	}
	return fault.Wrap(err, fault.Internal, "store.failed")
}

func fullDisk(err error) error {
	return fault.Wrap(err, fault.FullDisk, "store.full_disk")
}

func readOnly(err error) error {
	return fault.Wrap(err, fault.ReadOnly, "store.read_only")
}

// fileFault is faultOf for the operating system's own errors.
func fileFault(err error) error {
	switch {
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return readOnly(err)
	case errors.Is(err, syscall.ENOSPC):
		return fullDisk(err)
	}
	return fault.Wrap(err, fault.Internal, "store.file_failed")
}
