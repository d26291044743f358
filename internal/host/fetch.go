package host

import (
	"net/http"
	"strconv"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/wire"
)

var errRecipient = refuse(http.StatusBadRequest, fault.Invalid, "host.recipient")

// fetch answers with the bytes of a share, and counts it. What was ended, is over or
// never was gets one answer after one look into the store. The name of the recipient
// has to be there, as SMART Health Links want it, and is neither kept nor logged.
func (h *Host) fetch(w http.ResponseWriter, r *http.Request) {
	if n := len(r.URL.Query().Get("recipient")); n == 0 || n > wire.MaxRecipient {
		h.answer(w, nil, errRecipient)
		return
	}
	at, err := wire.ParseAddress(r.PathValue("address"))
	if err != nil {
		h.answer(w, nil, errGone)
		return
	}
	s, body, err := h.fetched(r, at)
	if err != nil {
		h.answer(w, nil, err)
		if s.over(h.Clock.Now()) {
			h.endOver(w, r, at)
		}
		return
	}
	w.Header().Set("Content-Type", s.Kind.ContentType())
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	_, _ = w.Write(body) // who went away asks again
}

// fetched reads a share and counts that it was fetched; to ask for its head alone
// does not count.
func (h *Host) fetched(r *http.Request, at wire.Address) (s share, body []byte, err error) {
	ctx, k, id := r.Context(), h.keeper(), shareAt(at)
	defer h.turns.take(id)()
	for range tries {
		now := h.Clock.Now()
		s, head, err := k.share(ctx, id)
		if isNobody(err) || err == nil && s.gone(now) {
			return s, nil, errGone
		}
		if err != nil {
			return s, nil, err
		}
		body, moved, err := k.latest(ctx, id, head)
		if err != nil {
			return s, nil, err
		}
		if moved {
			continue
		}
		if len(body) == 0 {
			return s, nil, errShareDamaged
		}
		if r.Method == http.MethodHead {
			return s, body, nil
		}
		s.Fetched, s.Last = s.Fetched+1, now.Unix()
		if _, err = h.Store.Append(ctx, id, head.Version, nil, s.encode()); !fault.Is(err, fault.Conflict) {
			return s, body, err
		}
	}
	return share{}, nil, errTooFast // many fetch it at this very moment
}

// endOver destroys a share that is over, after its answer went out, which so comes as
// soon as any other.
func (h *Host) endOver(w http.ResponseWriter, r *http.Request, at wire.Address) {
	_ = http.NewResponseController(w).Flush() // who went away has no use for it
	if err := h.keeper().end(r.Context(), shareAt(at)); err != nil {
		h.Log.Error("store", "error", err.Error()) // the next touch or sweep does it
	}
}
