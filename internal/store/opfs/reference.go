package opfs

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"io"
	"io/fs"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
)

var _ port.Reference = Reference{}

// Reference keeps public files in a Dir of their own. There is no renaming
// here, so each file has two places: the older one is written over, and what
// was cut off is no file.
type Reference struct{ dir Dir }

// ReferenceIn keeps public files in a Dir that holds nothing else.
func ReferenceIn(dir Dir) Reference { return Reference{dir} }

// A place holds a number that grows with every write, the length and the
// SHA-256 of the data, then the data.
const placeHeader = 8 + 8 + sha256.Size

// mostReference bounds what is read back: more was never written.
const mostReference = 64 << 20

var places = [2]string{".a", ".b"}

func (r Reference) Read(ctx context.Context, name string) (data []byte, err error) {
	err = r.dir.Lock(ctx, func() error {
		_, data, _, err = r.newest(name)
		return err
	})
	return data, faultOf(err)
}

func (r Reference) Write(ctx context.Context, name string, data []byte) error {
	if len(data) > mostReference {
		return fault.New(fault.Invalid, "places.too_large")
	}
	return faultOf(r.dir.Lock(ctx, func() error {
		at, _, n, err := r.newest(name)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
		f, err := r.dir.Open(name+places[1-at], true)
		if err != nil {
			return err
		}
		head := binary.BigEndian.AppendUint64(nil, n+1)
		head = binary.BigEndian.AppendUint64(head, uint64(len(data)))
		sum := sha256.Sum256(data)
		head = append(head, sum[:]...)
		err = f.Truncate(0)
		if err == nil {
			_, err = f.WriteAt(data, placeHeader)
		}
		if err == nil {
			_, err = f.WriteAt(head, 0)
		}
		if err == nil {
			err = f.Sync()
		}
		return errors.Join(err, f.Close())
	}))
}

// newest is the place with the higher number of those that are whole.
func (r Reference) newest(name string) (at int, data []byte, n uint64, err error) {
	at = 1 // a first write goes to the first place
	for i, end := range places {
		d, number, ok, err := r.place(name + end)
		if err != nil {
			return at, nil, n, err
		}
		if ok && number > n {
			at, data, n = i, d, number
		}
	}
	if n == 0 {
		return at, nil, 0, fault.New(fault.NotFound, "store.no_reference")
	}
	return at, data, n, nil
}

// place reads one; ok is false for what is not there or not whole.
func (r Reference) place(name string) (data []byte, n uint64, ok bool, err error) {
	f, err := r.dir.Open(name, false)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, 0, false, nil
	}
	if err != nil {
		return nil, 0, false, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	size, err := f.Size()
	if err != nil || size < placeHeader || size > placeHeader+mostReference {
		return nil, 0, false, err
	}
	all := make([]byte, size)
	if got, err := f.ReadAt(all, 0); got < len(all) || err != nil && err != io.EOF {
		return nil, 0, false, err
	}
	n = binary.BigEndian.Uint64(all)
	data = all[placeHeader:]
	whole := binary.BigEndian.Uint64(all[8:]) == uint64(len(data)) && sha256.Sum256(data) == [sha256.Size]byte(all[16:placeHeader])
	return data, n, whole, nil
}
