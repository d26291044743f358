package host

import (
	"errors"
	"io"
	"net/http"

	"github.com/evenkeel/evenkeel/internal/fault"
)

// visited answers a request that nobody signed.
type visited func(r *http.Request, body []byte) (reply []byte, err error)

// visitor lets requests through that nobody signs: of people whom the host does not
// know. A limit of its own, where there is one, counts beside that of every network.
func (h *Host) visitor(limit *limiter, most int64, a visited) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
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
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, most))
		switch {
		case errors.As(err, new(*http.MaxBytesError)):
			h.answer(w, nil, errTooBig)
			return
		case err != nil:
			h.answer(w, nil, refuse(http.StatusBadRequest, fault.Invalid, "host.body_cut"))
			return
		}
		reply, err := a(r, body)
		h.answer(w, reply, err)
	})
}
