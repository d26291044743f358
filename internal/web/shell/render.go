package shell

import (
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"net/http"
	"strconv"
	"sync"

	"github.com/a-h/templ"
)

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

var zippers = sync.Pool{New: func() any {
	z, err := gzip.NewWriterLevel(io.Discard, 5)
	if err != nil {
		panic(err) // 5 is a level
	}
	return z
}}

// render writes a whole page or nothing of it.
func render(ctx context.Context, w http.ResponseWriter, r *http.Request, status int, page templ.Component) error {
	b := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(b)
	b.Reset()
	if err := page.Render(ctx, b); err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Vary", "Accept-Encoding, Cookie, Accept-Language")
	if !takesGzip(r) {
		h.Set("Content-Length", strconv.Itoa(b.Len()))
		w.WriteHeader(status)
		_, err := w.Write(b.Bytes())
		return gone(err)
	}
	h.Set("Content-Encoding", "gzip")
	w.WriteHeader(status)
	z := zippers.Get().(*gzip.Writer)
	defer zippers.Put(z)
	z.Reset(w)
	if _, err := z.Write(b.Bytes()); err != nil {
		return gone(err)
	}
	return gone(z.Close())
}

// gone drops the error of writing to a browser that left: there is nobody to
// tell.
func gone(error) error { return nil }
