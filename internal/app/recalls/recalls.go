// Package recalls keeps public notices about products that the person brought,
// and tells which of them name what is in a journal. The notices hold nothing of
// the person's, and no look at them leaves a trace.
package recalls

import (
	"archive/zip"
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"sync"

	"github.com/evenkeel/evenkeel/evidence/recall"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/journal"
)

// name of the kept file.
const name = "public-notices.json"

// MostPacked is the most that a zip file may hold in memory, packed: the agency's
// largest is under 50 MB.
const MostPacked = 256 << 20

// Shelf is where the notices stand. They are read once, when somebody first
// looks.
type Shelf struct {
	files port.Reference

	mu   sync.Mutex
	kept *recall.Book
}

// On makes a shelf on kept files; nil files keep nothing.
func On(files port.Reference) *Shelf { return &Shelf{files: files} }

// Book is what was brought; fault.NotFound when nothing was.
func (s *Shelf) Book(ctx context.Context) (*recall.Book, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.read(ctx)
}

func (s *Shelf) read(ctx context.Context) (*recall.Book, error) {
	if s.kept != nil {
		return s.kept, nil
	}
	if s.files == nil {
		return nil, fault.New(fault.NotFound, "recalls.none")
	}
	b, err := s.files.Read(ctx, name)
	if fault.Is(err, fault.NotFound) {
		return nil, fault.Wrap(err, fault.NotFound, "recalls.none")
	}
	if err != nil {
		return nil, err
	}
	var book recall.Book
	if err := json.Unmarshal(b, &book); err != nil {
		return nil, fault.Wrap(err, fault.Corrupt, "recalls.unreadable")
	}
	s.kept = &book
	return s.kept, nil
}

// Import reads one of the agency's files, as it is, gzip or zip, and puts it to
// what is there. What was there stays until everything was read.
func (s *Shelf) Import(ctx context.Context, r io.Reader) (*recall.File, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.files == nil {
		return nil, fault.New(fault.NotFound, "recalls.no_room")
	}
	f, err := readFile(r)
	if err != nil {
		return nil, err
	}
	book := recall.Book{Updated: map[recall.Kind]string{}}
	switch old, err := s.read(ctx); {
	case err == nil:
		book.Notices = slices.Clone(old.Notices)
		for k, d := range old.Updated {
			book.Updated[k] = d
		}
	case !fault.Is(err, fault.NotFound) && !fault.Is(err, fault.Corrupt): // a damaged list is replaced
		return nil, err
	}
	book.Add(f)
	b, err := json.Marshal(&book)
	if err != nil {
		return nil, fault.Wrap(err, fault.Internal, "recalls.unreadable")
	}
	if err := s.files.Write(ctx, name, b); err != nil {
		return nil, err
	}
	s.kept = &book
	return f, nil
}

func readFile(r io.Reader) (*recall.File, error) {
	in := bufio.NewReader(r)
	start, err := in.Peek(4)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fault.Wrap(err, fault.Invalid, "recalls.unread")
	}
	var plain io.Reader = in
	switch {
	case bytes.HasPrefix(start, []byte{0x1f, 0x8b}):
		if plain, err = gzip.NewReader(in); err != nil {
			return nil, fault.Wrap(err, fault.Invalid, "recalls.unread")
		}
	case bytes.HasPrefix(start, []byte("PK\x03\x04")):
		f, err := unzipped(in)
		if err != nil {
			return nil, fault.Wrap(err, fault.Invalid, "recalls.unread")
		}
		defer f.Close()
		plain = f
	}
	f, err := recall.Read(plain)
	switch {
	case errors.Is(err, recall.ErrCut):
		return nil, fault.Wrap(err, fault.Invalid, "recalls.cut")
	case err != nil:
		return nil, fault.Wrap(err, fault.Invalid, "recalls.not_one")
	}
	return f, nil
}

// unzipped is the one file of a zip.
func unzipped(r io.Reader) (io.ReadCloser, error) {
	b, err := io.ReadAll(io.LimitReader(r, MostPacked+1))
	if err != nil {
		return nil, err
	}
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, err
	}
	if len(z.File) != 1 {
		return nil, errors.New("recalls: a zip of more than one file")
	}
	return z.File[0].Open()
}

// Named is a product of a journal that notices name.
type Named struct {
	Product journal.Entry
	Matches []recall.Match
}

// Of are the products of a journal that are in use and that notices name, or may.
// None says nothing about them. Without notices there is none.
func (s *Shelf) Of(ctx context.Context, j *journal.Journal) ([]Named, error) {
	book, err := s.Book(ctx)
	if fault.Is(err, fault.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var list []Named
	for _, e := range j.Products() {
		if p := e.Product(); !p.PutAway {
			if m := book.Of(p.Name); len(m) > 0 {
				list = append(list, Named{e, m})
			}
		}
	}
	return list, nil
}
