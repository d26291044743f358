package shell

import (
	"net/http"
	"strings"
	"unicode"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/web/kit"
)

var statuses = map[fault.Code]int{
	fault.Invalid: http.StatusUnprocessableEntity, fault.NotFound: http.StatusNotFound, fault.Conflict: http.StatusConflict,
	fault.Locked: http.StatusForbidden, fault.WrongPassphrase: http.StatusForbidden, fault.Corrupt: http.StatusUnprocessableEntity,
	fault.NewerVersion: http.StatusConflict, fault.FullDisk: http.StatusInsufficientStorage, fault.ReadOnly: http.StatusInsufficientStorage,
}

// StatusOf is the HTTP status of a page that says an error.
func StatusOf(err error) int {
	if s, ok := statuses[fault.CodeOf(err)]; ok {
		return s
	}
	return http.StatusInternalServerError
}

func locked() error { return fault.New(fault.Locked, "web.locked") }

// fail shows what went wrong. A locked journal is no failure: the person is
// asked to unlock it and comes back to where they were.
func (v *Visit) fail(err error) {
	if fault.Is(err, fault.Locked) && v.Session != nil {
		http.Redirect(v.W, v.R, v.unlockAt(), http.StatusSeeOther)
		return
	}
	// The error page itself reads nothing and cannot fail but by a broken
	// connection.
	_ = v.Show(StatusOf(err), kit.ErrorPage(&v.View, err))
}

// Ours keeps a redirect on our own pages. Browsers drop tabs and line ends
// from an address and read a backslash as a slash, and two slashes at the
// start name another site.
func Ours(path string) string {
	if !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") || strings.Contains(path, "\\") || strings.ContainsFunc(path, unicode.IsControl) {
		return "/"
	}
	return path
}
