package desk

import (
	"bytes"
	"compress/flate"
	"encoding/json"
	"io"
	"sync"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/vault/envelope"
)

// squeeze appends a text in DEFLATE.
func squeeze(dst, text []byte) ([]byte, error) {
	b := bytes.NewBuffer(dst)
	w, err := flate.NewWriter(b, flate.BestSpeed)
	if err == nil {
		_, err = w.Write(text)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		return nil, fault.Wrap(err, fault.Internal, "desk.not_written")
	}
	return b.Bytes(), nil
}

// unsqueezer is what reading one needs; each is used again and again.
type unsqueezer struct {
	reader io.ReadCloser
	text   bytes.Buffer
}

var unsqueezers = sync.Pool{New: func() any { return &unsqueezer{reader: flate.NewReader(bytes.NewReader(nil))} }}

// unsqueeze reads JSON in DEFLATE into v, which is no longer than an envelope can hold.
func unsqueeze(b []byte, v any) bool {
	u := unsqueezers.Get().(*unsqueezer)
	defer func() {
		clear(u.text.Bytes())
		unsqueezers.Put(u)
	}()
	u.text.Reset()
	if u.reader.(flate.Resetter).Reset(bytes.NewReader(b), nil) != nil {
		return false
	}
	n, err := u.text.ReadFrom(io.LimitReader(u.reader, envelope.MaxContent+1))
	return err == nil && n <= envelope.MaxContent && json.Unmarshal(u.text.Bytes(), v) == nil
}
