// Package places imports a public directory of treatment places and looks
// places up in it. It touches no journal: the directory holds nothing of the
// person's, and what somebody looks for is kept nowhere.
package places

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"sync"
	"time"

	"github.com/evenkeel/evenkeel/directory/treatment"
	"github.com/evenkeel/evenkeel/internal/app/transfer/workbook"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
)

// name of the kept file.
const name = "treatment.ekd"

// MostBytes is the most that one file may unpack to: the whole directory is 9
// MB as a table.
const MostBytes = 128 << 20

// Shelf is where the imported directory stands. It is read once, when somebody
// first looks.
type Shelf struct {
	files port.Reference

	mu   sync.Mutex
	kept *treatment.Directory
}

// On makes a shelf on kept files; nil files keep nothing, and every look says
// that there is no directory.
func On(files port.Reference) *Shelf { return &Shelf{files: files} }

// Directory is the imported one; fault.NotFound when none was.
func (s *Shelf) Directory(ctx context.Context) (*treatment.Directory, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.read(ctx)
}

func (s *Shelf) read(ctx context.Context) (*treatment.Directory, error) {
	if s.kept != nil {
		return s.kept, nil
	}
	if s.files == nil {
		return nil, fault.New(fault.NotFound, "places.none")
	}
	b, err := s.files.Read(ctx, name)
	if fault.Is(err, fault.NotFound) {
		return nil, fault.Wrap(err, fault.NotFound, "places.none")
	}
	if err != nil {
		return nil, err
	}
	d, err := treatment.Unpack(bytes.NewReader(b))
	if err != nil {
		return nil, fault.Wrap(err, fault.Corrupt, "places.unreadable")
	}
	s.kept = d
	return d, nil
}

// Report says what an import did.
type Report struct {
	*treatment.Directory
	// Rows that the files have, and which of them could not be read.
	Rows   int
	Broken []treatment.Broken
}

// Import reads files of a directory: the places, the key of their codes, where
// they are; in any order, as tables, gzip or a workbook. Files without places
// add to the directory that is there. What was there stays until everything
// was read.
func (s *Shelf) Import(ctx context.Context, now time.Time, files ...io.Reader) (Report, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.files == nil {
		return Report{}, fault.New(fault.NotFound, "places.no_room")
	}
	var r Report
	var read []*treatment.File
	hasPlaces := false
	for _, f := range files {
		one, err := readFile(f)
		if err != nil {
			return Report{}, err
		}
		r.Rows += one.Rows
		r.Broken = append(r.Broken, one.Broken...)
		hasPlaces = hasPlaces || one.Kind == treatment.Facilities
		read = append(read, one)
	}
	imported := now
	if !hasPlaces {
		old, err := s.read(ctx)
		if err != nil {
			return Report{}, fault.Wrap(err, fault.Invalid, "places.no_places")
		}
		read = append([]*treatment.File{old.AsFile()}, read...)
		imported = old.Imported
	}
	d, err := treatment.New(imported, read...)
	if err != nil {
		return Report{}, fault.Wrap(err, fault.Invalid, "places.no_places")
	}
	var packed bytes.Buffer
	if err := d.Pack(&packed); err != nil {
		return Report{}, err
	}
	if err := s.files.Write(ctx, name, packed.Bytes()); err != nil {
		return Report{}, err
	}
	s.kept, r.Directory = d, d
	return r, nil
}

func readFile(r io.Reader) (*treatment.File, error) {
	b := bufio.NewReader(r)
	start, err := b.Peek(4)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fault.Wrap(err, fault.Invalid, "places.unread")
	}
	var in io.Reader = b
	if bytes.HasPrefix(start, []byte{0x1f, 0x8b}) {
		z, err := gzip.NewReader(b)
		if err != nil {
			return nil, fault.Wrap(err, fault.Invalid, "places.unread")
		}
		in = z
	}
	limited := &io.LimitedReader{R: in, N: MostBytes + 1}
	next := treatment.CSV(limited)
	if workbook.Is(start) {
		data, err := io.ReadAll(limited)
		if err != nil {
			return nil, fault.Wrap(err, fault.Invalid, "places.unread")
		}
		rows, err := workbook.Open(data)
		if err != nil {
			return nil, fault.Wrap(err, fault.Invalid, "places.unread")
		}
		defer rows.Close()
		next = rows.Next
	}
	f, err := treatment.Read(next)
	switch {
	case errors.Is(err, treatment.ErrKind):
		return nil, fault.Wrap(err, fault.Invalid, "places.not_a_directory")
	case err != nil:
		return nil, fault.Wrap(err, fault.Invalid, "places.unread")
	case limited.N <= 0:
		return nil, fault.New(fault.Invalid, "places.too_large")
	}
	return f, nil
}
