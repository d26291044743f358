package cli

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"github.com/evenkeel/evenkeel/internal/fault"
)

// writeFile lets write fill a new file that only its owner can read. The file
// appears under its name when it is whole and on disk, or not at all. One that
// is there already stays as it is unless force is set, and then until the new
// one takes its place.
func writeFile(path string, force bool, write func(io.Writer) error) (size int64, err error) {
	if _, err := os.Lstat(path); err == nil && !force {
		return 0, errFileExists()
	}
	temp, err := os.CreateTemp(filepath.Dir(path), ".evenkeel-*") // made with mode 0600
	if err != nil {
		return 0, fileFault(err)
	}
	defer os.Remove(temp.Name())
	defer temp.Close()
	written := sha256.New()
	if err := write(io.MultiWriter(temp, written)); err != nil {
		return 0, err
	}
	info, err := temp.Stat()
	if err != nil {
		return 0, fileFault(err)
	}
	if err := errors.Join(temp.Sync(), temp.Close()); err != nil {
		return 0, fileFault(err)
	}
	if err := reread(temp.Name(), written.Sum(nil)); err != nil {
		return 0, err
	}
	if err := place(temp.Name(), path, force); err != nil {
		return 0, err
	}
	return info.Size(), nil
}

// reread reads a file back and compares it with what was written: a disk that
// keeps something else must not be told of as a backup.
func reread(path string, sum []byte) error {
	f, err := os.Open(path)
	if err != nil {
		return fileFault(err)
	}
	defer f.Close()
	read := sha256.New()
	if _, err := io.Copy(read, f); err != nil {
		return fileFault(err)
	}
	if !bytes.Equal(read.Sum(nil), sum) {
		return fault.New(fault.Corrupt, "cli.file.differs")
	}
	return nil
}

// place gives the finished file its name.
func place(temp, path string, force bool) error {
	if force {
		return fileFault(os.Rename(temp, path))
	}
	// A link, unlike a rename, never takes the place of a file that came
	// meanwhile. Not every file system has links (a FAT stick has none).
	err := os.Link(temp, path)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return fileFault(err)
	}
	if _, err := os.Lstat(path); err == nil {
		return errFileExists()
	}
	return fileFault(os.Rename(temp, path))
}

func errFileExists() error {
	return fault.New(fault.Conflict, "cli.file.exists")
}

// fileFault says what is wrong with a file that the person named.
func fileFault(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, fs.ErrExist):
		return errFileExists()
	case errors.Is(err, fs.ErrNotExist):
		return fault.Wrap(err, fault.NotFound, "cli.file.missing")
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return fault.Wrap(err, fault.ReadOnly, "cli.file.forbidden")
	case errors.Is(err, syscall.ENOSPC):
		return fault.Wrap(err, fault.FullDisk, "cli.file.full_disk")
	}
	return fault.Wrap(err, fault.Invalid, "cli.file.unusable")
}
