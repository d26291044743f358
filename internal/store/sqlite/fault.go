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
		return fault.Wrap(err, fault.Internal, "The journal file could not be used. Run `evenkeel doctor` to look for the cause.")
	}
	switch e.Code() {
	case lib.SQLITE_IOERR_SHMSIZE:
		return fullDisk(err)
	}
	switch e.Code() & 0xff {
	case lib.SQLITE_BUSY, lib.SQLITE_LOCKED:
		return fault.Wrap(err, fault.Conflict, "Another Evenkeel is busy with the journal. Wait a moment and try again.")
	case lib.SQLITE_FULL:
		return fullDisk(err)
	case lib.SQLITE_READONLY, lib.SQLITE_PERM, lib.SQLITE_CANTOPEN:
		return readOnly(err)
	case lib.SQLITE_CORRUPT, lib.SQLITE_NOTADB:
		return fault.Wrap(err, fault.Corrupt, "%s", errDamaged)
	case lib.SQLITE_IOERR:
		return fault.Wrap(err, fault.Internal, "The disk reported an error with the journal file. What was saved before is kept. Check the disk and try again.")
	case lib.SQLITE_INTERRUPT:
		return context.Canceled
	}
	return fault.Wrap(err, fault.Internal, "The journal file could not be used. Run `evenkeel doctor` to look for the cause.")
}

func fullDisk(err error) error {
	return fault.Wrap(err, fault.FullDisk, "The disk is full, so this was not saved. Everything saved before is kept. Free some space and try again.")
}

func readOnly(err error) error {
	return fault.Wrap(err, fault.ReadOnly, "The journal's folder cannot be written to. Check its permissions, or choose another place with --data.")
}

// fileFault is faultOf for the operating system's own errors.
func fileFault(err error, done string) error {
	switch {
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return readOnly(err)
	case errors.Is(err, syscall.ENOSPC):
		return fullDisk(err)
	}
	return fault.Wrap(err, fault.Internal, "The journal file could not be %s. Check its folder and try again.", done)
}
