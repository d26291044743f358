package main

import (
	"archive/tar"
	"archive/zip"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// packed is a file of an archive: where it is, what it is called there.
type packed struct {
	path, name string
	mode       fs.FileMode
}

// tarred writes an archive that is the same whoever makes it: nobody's files, of
// one time, in the given order.
func tarred(path string, files []packed, at time.Time) error {
	return written(path, func(w io.Writer) error {
		z, err := gzip.NewWriterLevel(w, gzip.BestCompression)
		if err != nil {
			return err
		}
		t := tar.NewWriter(z)
		for _, f := range files {
			b, err := os.ReadFile(f.path)
			if err != nil {
				return err
			}
			h := &tar.Header{Typeflag: tar.TypeReg, Name: f.name, Mode: int64(f.mode), Size: int64(len(b)), ModTime: at, Format: tar.FormatPAX}
			if err := t.WriteHeader(h); err != nil {
				return err
			}
			if _, err := t.Write(b); err != nil {
				return err
			}
		}
		return errors.Join(t.Close(), z.Close())
	})
}

// zipped is the same as a zip.
func zipped(path string, files []packed, at time.Time) error {
	return written(path, func(w io.Writer) error {
		z := zip.NewWriter(w)
		for _, f := range files {
			b, err := os.ReadFile(f.path)
			if err != nil {
				return err
			}
			h := &zip.FileHeader{Name: f.name, Method: zip.Deflate, Modified: at}
			h.SetMode(f.mode)
			one, err := z.CreateHeader(h)
			if err != nil {
				return err
			}
			if _, err := one.Write(b); err != nil {
				return err
			}
		}
		return z.Close()
	})
}

func written(path string, write func(io.Writer) error) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	return errors.Join(write(f), f.Close())
}

// sums is the name of the list of checksums, as sha256sum -c reads it.
const sums = "SHA256SUMS"

func (r *release) checksums(context.Context) error {
	list, err := os.ReadDir(r.out)
	if err != nil {
		return err
	}
	var b strings.Builder
	for _, e := range list { // in the order of their names
		data, err := os.ReadFile(filepath.Join(r.out, e.Name()))
		if err != nil {
			return err
		}
		fmt.Fprintf(&b, "%x  %s\n", sha256.Sum256(data), e.Name())
	}
	return os.WriteFile(filepath.Join(r.out, sums), []byte(b.String()), 0o644)
}
