package opfs

import (
	"context"
	"errors"
	"io"
)

// Dir is where the files are.
type Dir interface {
	// Lock runs f while nobody else, in this tab or another, runs one. It gives
	// up with ErrBusy or the context's error.
	Lock(ctx context.Context, f func() error) error
	// Open opens a file, made when it is not there and create says so; else
	// fs.ErrNotExist. Only who holds the lock may.
	Open(name string, create bool) (File, error)
	// Names lists the files.
	Names() ([]string, error)
	// Remove takes a file away; one that is not there is fine.
	Remove(name string) error
}

// File is an open file.
type File interface {
	io.ReaderAt
	io.WriterAt
	io.Closer
	Size() (int64, error)
	Truncate(size int64) error
	// Sync returns once everything written is on disk.
	Sync() error
}

// What a Dir answers with when it cannot.
var (
	// ErrFull is for a disk or an allowance that has no room.
	ErrFull = errors.New("no room")
	// ErrBusy is for a file or lock that somebody else did not let go of in time.
	ErrBusy = errors.New("busy")
	// ErrRefused is for a browser that keeps nothing here, as in a private tab.
	ErrRefused = errors.New("refused by the browser")
)
