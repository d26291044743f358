//go:build !js

package opfs

import (
	"context"
	"sync/atomic"

	"github.com/evenkeel/evenkeel/internal/port"
)

// tabs asks another store on the same folder each time, as several tabs would.
type tabs struct{ next func() *Store }

// twoTabs are two that know what they have read.
func twoTabs(d *disk) *tabs {
	stores := [2]*Store{Open(d), Open(d)}
	var n atomic.Int64
	return &tabs{func() *Store { return stores[n.Add(1)%2] }}
}

// freshTabs know nothing from before: whoever changes the file does so between
// two of them.
func freshTabs(d *disk) *tabs { return &tabs{func() *Store { return Open(d) }} }

func (s *tabs) Append(ctx context.Context, p port.PersonID, version int64, records []port.Sealed, head []byte) (port.Head, error) {
	return s.next().Append(ctx, p, version, records, head)
}

func (s *tabs) ReadAfter(ctx context.Context, p port.PersonID, after int64, yield func(port.Record) error) (port.Head, error) {
	return s.next().ReadAfter(ctx, p, after, yield)
}

func (s *tabs) Forget(ctx context.Context, p port.PersonID, version int64, ids []port.RecordID, head []byte) (port.Head, error) {
	return s.next().Forget(ctx, p, version, ids, head)
}

func (s *tabs) Settle(ctx context.Context, p port.PersonID, version int64) (port.Head, error) {
	return s.next().Settle(ctx, p, version)
}

func (s *tabs) Keyring(ctx context.Context, p port.PersonID) ([]byte, int64, error) {
	return s.next().Keyring(ctx, p)
}

func (s *tabs) PutKeyring(ctx context.Context, p port.PersonID, ring []byte, version int64) error {
	return s.next().PutKeyring(ctx, p, ring, version)
}

func (s *tabs) CreatePerson(ctx context.Context, p port.PersonID, ring []byte) error {
	return s.next().CreatePerson(ctx, p, ring)
}

func (s *tabs) Persons(ctx context.Context) ([]port.PersonID, error) {
	return s.next().Persons(ctx)
}

func (s *tabs) DeletePerson(ctx context.Context, p port.PersonID) error {
	return s.next().DeletePerson(ctx, p)
}

func (s *tabs) Check(ctx context.Context) (port.Report, error) { return s.next().Check(ctx) }
func (s *tabs) Close() error                                   { return nil }
