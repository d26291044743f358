package opfs

import (
	"bytes"
	"io"

	"github.com/evenkeel/evenkeel/internal/port"
)

// row is where a record of the log stands.
type row struct {
	id   port.RecordID
	seq  int64
	at   int64  // of its ciphertext
	size uint32 // of its ciphertext; 0 once forgotten
	sum  uint32
}

// span is a part of the file.
type span struct{ from, to int64 }

// index is what this store knows of one file, brought up to date by reading
// what was added since.
type index struct {
	birth  birth
	mark   mark
	end    int64 // of the last whole frame
	head   port.Head
	forgot int64
	rows   []row
	byID   map[port.RecordID]int

	crooked bool   // a row's seq is not its place
	gap     bool   // there are bytes between the frames
	double  bool   // an id came twice
	tail    bool   // what was acknowledged last is not there
	unclear []span // forgotten, and not yet overwritten for sure
}

func newIndex(b birth) *index { return &index{birth: b, byID: map[port.RecordID]int{}} }

// catchUp reads the frames from the known end to size.
func (x *index) catchUp(f io.ReaderAt, size int64) error {
	m := readMark(f)
	at := x.end
	if at == 0 {
		at, x.end = m.start, m.start
	}
	x.mark = m
	w := &window{f: f, size: size}
	for at < size {
		fr, next, err := x.frame(w, at)
		if err != nil {
			return err
		}
		if fr == nil {
			if at, err = x.search(w, at+1); err != nil {
				return err
			}
			x.gap = x.gap || at < size
			continue
		}
		x.take(fr, at)
		at, x.end = next, next
	}
	x.tail = m.version > x.head.Version
	return nil
}

// frame reads the frame at a place; nil where there is none, or one that was
// cut off while it was written.
func (x *index) frame(w *window, at int64) (*frame, int64, error) {
	start, err := w.bytes(at, min(frameFixed, w.size-at))
	if err != nil {
		return nil, 0, err
	}
	meta, whole, ok := metaLength(start)
	if !ok || at+whole > w.size {
		return nil, 0, nil
	}
	b, err := w.bytes(at, meta)
	if err != nil {
		return nil, 0, err
	}
	fr, ok := decode(b)
	if !ok {
		return nil, 0, nil
	}
	if at+whole > x.mark.end {
		if ok, err := arrived(w, fr, at+meta); !ok || err != nil {
			return nil, 0, err
		}
	}
	return fr, at + whole, nil
}

// arrived tells that a frame was not cut off in its ciphertexts. Only the last
// one can be: the next is written once it is on disk. Bytes that are wrong
// further up were forgotten, or have rotted, which their seal tells.
func arrived(w *window, fr *frame, data int64) (bool, error) {
	end := data + fr.dataSize()
	if end < w.size {
		next, err := w.bytes(end, min(frameFixed, w.size-end))
		if err != nil {
			return false, err
		}
		if meta, _, ok := metaLength(next); ok && end+meta <= w.size {
			if next, err = w.bytes(end, meta); err != nil {
				return false, err
			}
			if _, ok := decode(next); ok {
				return true, nil
			}
		}
	}
	for _, e := range fr.entries {
		b, err := w.bytes(data, int64(e.size))
		if err != nil || sum(b) != e.sum {
			return false, err
		}
		data += int64(e.size)
	}
	return true, nil
}

// search gives where the next whole frame begins; the size for none.
func (x *index) search(w *window, at int64) (int64, error) {
	for at < w.size {
		b, err := w.bytes(at, min(64<<10, w.size-at))
		if err != nil {
			return 0, err
		}
		i := bytes.Index(b, []byte(frameMagic))
		if i < 0 {
			at += max(int64(len(b))-int64(len(frameMagic))+1, 1)
			continue
		}
		at += int64(i)
		switch fr, _, err := x.frame(w, at); {
		case err != nil:
			return 0, err
		case fr != nil:
			return at, nil
		}
		at++
	}
	return w.size, nil
}

// take folds in a frame.
func (x *index) take(fr *frame, at int64) {
	data := at + fr.metaSize()
	if fr.kind == settled {
		x.rows, x.byID = nil, map[port.RecordID]int{}
		x.crooked, x.gap, x.double = false, false, false
		x.unclear = nil
		if fr.version > x.mark.cleared {
			x.unclear = []span{{framesAt, at}}
		}
	}
	for i, e := range fr.entries {
		r := row{id: e.id, seq: fr.first + int64(i), at: data, size: e.size, sum: e.sum}
		data += int64(e.size)
		if _, there := x.byID[e.id]; there {
			x.double = true
			continue
		}
		x.crooked = x.crooked || r.seq != int64(len(x.rows)+1)
		x.byID[e.id] = len(x.rows)
		x.rows = append(x.rows, r)
	}
	for _, seq := range fr.emptied {
		if r := x.bySeq(seq); r != nil && r.size > 0 {
			if fr.version > x.mark.cleared {
				x.unclear = append(x.unclear, span{r.at, r.at + int64(r.size)})
			}
			r.size = 0
		}
	}
	x.forgot = fr.forgot
	x.head = port.Head{Version: fr.version, Last: fr.last, Sealed: fr.sealed}
}

func (x *index) bySeq(seq int64) *row {
	if i := seq - 1; i >= 0 && i < int64(len(x.rows)) && x.rows[i].seq == seq {
		return &x.rows[i]
	}
	for i := range x.rows {
		if x.rows[i].seq == seq {
			return &x.rows[i]
		}
	}
	return nil
}

// inOrder gives the rows after a seq in the order in which they are yielded,
// those out of turn last, and whether the log is as its head has it.
func (x *index) inOrder(after int64) (rows []row, whole bool) {
	whole = true
	if !x.crooked {
		rows = x.rows[min(max(after, 0), int64(len(x.rows))):]
		whole = int64(len(x.rows)) == x.head.Last
	} else {
		var late []row
		next := after + 1
		for _, r := range x.rows {
			switch {
			case after > 0 && r.seq <= after:
			case r.seq < next, r.seq > x.head.Last:
				late = append(late, r)
			default:
				whole = whole && r.seq == next
				rows = append(rows, r)
				next = r.seq + 1
			}
		}
		whole = whole && len(late) == 0 && next == max(x.head.Last, after)+1
		rows = append(rows, late...)
	}
	if after == 0 {
		whole = whole && !x.gap && !x.double && x.empty() == x.forgot
	}
	return rows, whole
}

// empty is how many records hold no bytes.
func (x *index) empty() (n int64) {
	for i := range x.rows {
		if x.rows[i].size == 0 {
			n++
		}
	}
	return n
}

// window reads a file in large parts, as one call into the browser costs as
// much as many bytes.
type window struct {
	f    io.ReaderAt
	size int64 // of the file
	at   int64
	buf  []byte
}

const windowSize = 512 << 10

// bytes gives n bytes at a place; they hold until the next call.
func (w *window) bytes(at, n int64) ([]byte, error) {
	if at >= w.at && at+n <= w.at+int64(len(w.buf)) {
		return w.buf[at-w.at : at-w.at+n], nil
	}
	want := min(max(n, windowSize), w.size-at)
	if want < n {
		return nil, io.ErrUnexpectedEOF
	}
	if int64(cap(w.buf)) < want {
		w.buf = make([]byte, want)
	}
	w.buf, w.at = w.buf[:want], at
	if got, err := w.f.ReadAt(w.buf, at); int64(got) < n {
		w.buf = nil
		if err == nil || err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		return nil, err
	} else {
		w.buf = w.buf[:got]
	}
	return w.buf[:n], nil
}
