package web

import (
	"net/http"
	"net/url"

	"github.com/evenkeel/evenkeel/internal/fault"
)

var statuses = map[fault.Code]int{
	fault.Invalid: http.StatusUnprocessableEntity, fault.NotFound: http.StatusNotFound, fault.Conflict: http.StatusConflict,
	fault.Locked: http.StatusForbidden, fault.WrongPassphrase: http.StatusForbidden, fault.Corrupt: http.StatusUnprocessableEntity,
	fault.NewerVersion: http.StatusConflict, fault.FullDisk: http.StatusInsufficientStorage, fault.ReadOnly: http.StatusInsufficientStorage,
}

func statusOf(err error) int {
	if s, ok := statuses[fault.CodeOf(err)]; ok {
		return s
	}
	return http.StatusInternalServerError
}

// fail shows what went wrong. A locked journal is no failure: the person is
// asked to unlock it and comes back to where they were.
func (v *visit) fail(err error) {
	if fault.Is(err, fault.Locked) {
		to := "/unlock"
		if v.r.Method == http.MethodGet && v.path != "/" {
			to += "?next=" + url.QueryEscape(v.path)
		}
		if v.r.Method == http.MethodPost && !v.held {
			to += "?again=1"
		}
		http.Redirect(v.w, v.r, to, http.StatusSeeOther)
		return
	}
	// The error page itself reads nothing and cannot fail but by a broken
	// connection.
	_ = v.show(statusOf(err), errorPage(&v.view, err))
}

// refuse answers a request that may not even ask.
func (s *Server) refuse(w http.ResponseWriter, r *http.Request, status int, key string) {
	_ = render(r.Context(), w, r, status, refusedPage(s.stranger(r), key))
}

// outside is the page of somebody without a session.
func (s *Server) outside(w http.ResponseWriter, r *http.Request) {
	_ = render(r.Context(), w, r, http.StatusForbidden, outsidePage(s.stranger(r)))
}

// stranger is the view of somebody without a session.
func (s *Server) stranger(r *http.Request) *view {
	return &view{Catalogue: s.texts.Match(r.Header.Get("Accept-Language")), path: r.URL.Path, assets: s.assets, now: s.app.Now()}
}
