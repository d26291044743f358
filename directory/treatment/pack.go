package treatment

import (
	"bufio"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"time"
)

// The kept form: gzip over a header and strings with their lengths. Codes are
// written once, in a list, and a place names them by their place in it: a whole
// directory opens in a few milliseconds and takes a tenth of its tables.
const (
	header    = "evenkeel treatment directory 1\n"
	mostBytes = 64 << 20 // of what is unpacked; the real directory has 5 MB
)

// ErrPacked says that kept bytes are not what Pack writes.
var ErrPacked = errors.New("the kept directory cannot be read")

// Pack writes the directory in its kept form. The same directory gives the same
// bytes.
func (d *Directory) Pack(w io.Writer) error {
	z := gzip.NewWriter(w)
	p := packer{w: bufio.NewWriter(z)}
	p.w.WriteString(header)
	p.number(uint64(d.Imported.UnixMilli()))
	p.number(uint64(d.Doubles))
	p.number(uint64(d.Located))
	var all []string
	for i := range d.Places {
		all = append(all, d.Places[i].Codes...)
	}
	all = unique(all)
	p.list(all)
	labels := sorted(d.Labels)
	p.number(uint64(len(labels)))
	for _, k := range labels {
		p.text(k)
		p.text(d.Labels[k])
	}
	areas := sorted(d.Areas)
	p.number(uint64(len(areas)))
	for _, k := range areas {
		p.text(k)
		p.point(d.Areas[k])
	}
	p.number(uint64(len(d.Places)))
	for i := range d.Places {
		p.place(&d.Places[i], all)
	}
	if err := p.w.Flush(); err != nil {
		return err
	}
	return z.Close()
}

func sorted[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

type packer struct {
	w   *bufio.Writer
	buf [binary.MaxVarintLen64]byte
}

func (p *packer) number(n uint64) { p.w.Write(p.buf[:binary.PutUvarint(p.buf[:], n)]) }
func (p *packer) text(s string)   { p.number(uint64(len(s))); p.w.WriteString(s) }
func (p *packer) list(l []string) {
	p.number(uint64(len(l)))
	for _, s := range l {
		p.text(s)
	}
}

func (p *packer) point(at Point) {
	p.number(math.Float64bits(at.Lat))
	p.number(math.Float64bits(at.Lon))
	p.bit(at.Exact)
}

func (p *packer) bit(b bool) {
	if b {
		p.number(1)
	} else {
		p.number(0)
	}
}

func (p *packer) place(l *Place, codes []string) {
	for _, s := range []string{l.Name, l.Part, l.Street, l.City, l.State, l.ZIP, l.Phone} {
		p.text(s)
	}
	p.list(l.Intake)
	p.bit(l.Substance)
	p.bit(l.Mental)
	p.number(uint64(len(l.Codes)))
	for _, c := range l.Codes {
		at, _ := slices.BinarySearch(codes, c)
		p.number(uint64(at))
	}
	p.point(l.At)
}

// Unpack reads the kept form. What is cut, longer than a directory can be, or
// something else is ErrPacked.
func Unpack(r io.Reader) (*Directory, error) {
	z, err := gzip.NewReader(r)
	if err != nil {
		return nil, errors.Join(ErrPacked, err)
	}
	all, err := io.ReadAll(io.LimitReader(z, mostBytes+1))
	if err != nil || len(all) > mostBytes {
		return nil, errors.Join(ErrPacked, err)
	}
	rest, ok := strings.CutPrefix(string(all), header)
	if !ok {
		return nil, ErrPacked
	}
	u := unpacker{s: rest}
	d := &Directory{Imported: time.UnixMilli(int64(u.number())).UTC(), Labels: map[string]string{}, Areas: map[string]Point{}}
	d.Doubles, d.Located = int(u.number()), int(u.number())
	codes := u.list()
	sets := make([]needSet, len(codes))
	for i, c := range codes {
		sets[i] = answers(c)
	}
	for n := u.count(); n > 0 && !u.bad; n-- {
		k := u.text()
		d.Labels[k] = u.text()
	}
	for n := u.count(); n > 0 && !u.bad; n-- {
		k := u.text()
		d.Areas[k] = u.point()
	}
	n := u.count()
	d.Places = make([]Place, 0, n)
	for ; n > 0 && !u.bad; n-- {
		d.Places = append(d.Places, u.place(codes, sets))
	}
	if u.bad || u.s != "" || len(d.Places) == 0 {
		return nil, fmt.Errorf("%w: it ends early or late", ErrPacked)
	}
	return d, nil
}

// unpacker reads what packer wrote; bad says that it could not, and what is
// read after that means nothing.
type unpacker struct {
	s   string
	bad bool
}

func (u *unpacker) number() uint64 {
	var n uint64
	for shift := 0; shift < 64; shift += 7 {
		if u.s == "" {
			break
		}
		b := u.s[0]
		u.s = u.s[1:]
		if n |= uint64(b&0x7f) << shift; b < 0x80 {
			return n
		}
	}
	u.bad = true
	return 0
}

// count is a number of things that take at least a byte each.
func (u *unpacker) count() int {
	n := u.number()
	if n > uint64(len(u.s)) {
		u.bad = true
		return 0
	}
	return int(n)
}

func (u *unpacker) text() string {
	n := u.count()
	if u.bad {
		return ""
	}
	s := u.s[:n]
	u.s = u.s[n:]
	return s
}

func (u *unpacker) list() []string {
	n := u.count()
	if n == 0 {
		return nil
	}
	l := make([]string, 0, n)
	for ; n > 0 && !u.bad; n-- {
		l = append(l, u.text())
	}
	return l
}

func (u *unpacker) bit() bool { return u.number() == 1 }

func (u *unpacker) point() Point {
	return Point{math.Float64frombits(u.number()), math.Float64frombits(u.number()), u.bit()}
}

func (u *unpacker) place(codes []string, sets []needSet) Place {
	p := Place{Name: u.text(), Part: u.text(), Street: u.text(), City: u.text(), State: u.text(), ZIP: u.text(), Phone: u.text()}
	p.Intake = u.list()
	p.Substance, p.Mental = u.bit(), u.bit()
	if n := u.count(); n > 0 {
		p.Codes = make([]string, 0, n)
		for ; n > 0 && !u.bad; n-- {
			at := u.number()
			if at >= uint64(len(codes)) {
				u.bad = true
				return p
			}
			p.Codes = append(p.Codes, codes[at])
			p.meets |= sets[at]
		}
	}
	p.At = u.point()
	return p
}
