package host

import (
	"errors"
	"io"
	"net/http"
)

// visited answers a request that nobody signed.
type visited func(r *http.Request, body []byte) (reply []byte, err error)

// anybody lets requests through that nobody signs: of people whom the host does not
// know. A limit of its own, where there is one, counts beside that of every network,
// and both before anything is read of the store.
func (h *Host) anybody(limit *limiter, answer http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("Cache-Control", "no-store")
		header.Set("Referrer-Policy", "no-referrer")
		header.Set("X-Content-Type-Options", "nosniff")
		net, now := network(h.client(r)), h.Clock.Now()
		if limit != nil {
			limit.sweep(now)
		}
		h.nets.sweep(now)
		if !h.nets.take(net, now) || limit != nil && !limit.take(net, now) || !h.atOnce.enter(net) {
			h.answer(w, nil, errTooFast)
			return
		}
		defer h.atOnce.leave(net)
		answer(w, r)
	})
}

// visitor lets such a request through with its body, of so many bytes at most.
func (h *Host) visitor(limit *limiter, most int64, a visited) http.Handler {
	return h.anybody(limit, func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, most))
		switch {
		case errors.As(err, new(*http.MaxBytesError)):
			h.answer(w, nil, errTooBig)
			return
		case err != nil:
			h.answer(w, nil, errBodyCut)
			return
		}
		reply, err := a(r, body)
		h.answer(w, reply, err)
	})
}
