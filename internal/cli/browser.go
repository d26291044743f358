package cli

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/hex"
	"fmt"
	"html"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync/atomic"
	"time"

	"github.com/evenkeel/evenkeel/internal/locale"
)

// desktopLikely tells whether a browser that opens would be seen: there is a
// desktop session, and it is not somebody else's end of an ssh connection.
func desktopLikely() bool { return desktop(runtime.GOOS, os.Getenv) }

func desktop(goos string, getenv func(string) string) bool {
	if getenv("SSH_CONNECTION") != "" || getenv("SSH_TTY") != "" {
		return false
	}
	switch goos {
	case "windows", "darwin":
		return true
	}
	return getenv("DISPLAY") != "" || getenv("WAYLAND_DISPLAY") != ""
}

// opener is the system's own way to open a file with the program meant for it.
func opener(goos string) []string {
	switch goos {
	case "windows":
		return []string{"rundll32", "url.dll,FileProtocolHandler"}
	case "darwin":
		return []string{"open"}
	}
	return []string{"xdg-open"}
}

// pageLife is how long the page that leads to the link lies on the disk: a
// browser that starts cold may take its time.
const pageLife = 60 * time.Second

// pageForm is filled with the escaped link, twice, the language and the words
// of the link.
const pageForm = `<!doctype html>
<html lang="%[2]s"><meta charset="utf-8"><meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0;url=%[1]s"><title>Evenkeel</title>
<p><a href="%[1]s">%[3]s</a></p></html>
`

// landing writes the page that leads to a link.
func landing(w io.Writer, text *locale.Catalogue, link string) error {
	_, err := fmt.Fprintf(w, pageForm, html.EscapeString(link), text.Tag(), html.EscapeString(text.T("cli.serve.open")))
	return err
}

// door is the way from the page on the disk into the app. A browser that comes
// from a file is a stranger to the app's strict cookie: it keeps it and does not
// send it along with the redirect. So the door answers with a page of the app's
// own address, which leads on to a login link. It opens once.
type door struct {
	path string
	link func() string
	text *locale.Catalogue
	used atomic.Bool
}

func newDoor(link func() string, text *locale.Catalogue) *door {
	var key [32]byte
	rand.Read(key[:])
	return &door{path: "/from-terminal/" + hex.EncodeToString(key[:]), link: link, text: text}
}

func (d *door) before(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet || subtle.ConstantTimeCompare([]byte(r.URL.Path), []byte(d.path)) == 0 || d.used.Swap(true) {
			next.ServeHTTP(w, r)
			return
		}
		h := w.Header()
		h.Set("Content-Type", "text/html; charset=utf-8")
		h.Set("Content-Security-Policy", "default-src 'none'")
		h.Set("Cache-Control", "no-store")
		h.Set("Referrer-Policy", "no-referrer")
		// A browser that is gone by now can come back with the printed link.
		_ = landing(w, d.text, d.link())
	})
}

// openBrowser opens the link in the person's browser. Every user of a machine
// can see the arguments of every program, so the link is not passed as one: it
// stands in a page that its owner alone can read, and that is passed. The page
// is removed after a minute, or by close.
func openBrowser(link string, text *locale.Catalogue) (close func(), err error) {
	dir, err := os.MkdirTemp(os.Getenv("XDG_RUNTIME_DIR"), "evenkeel-") // mode 0700
	if err != nil {
		return nil, err
	}
	remove := func() { _ = os.RemoveAll(dir) } // the link in it is dead by then
	page := filepath.Join(dir, "open.html")
	f, err := os.OpenFile(page, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		remove()
		return nil, err
	}
	err = landing(f, text, link)
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		remove()
		return nil, err
	}
	words := append(opener(runtime.GOOS), page)
	cmd := exec.Command(words[0], words[1:]...)
	cmd.SysProcAttr = ownSession() // or Ctrl+C here would close the browser as well
	if err := cmd.Start(); err != nil {
		remove()
		return nil, fmt.Errorf("start %s: %w", words[0], err)
	}
	go func() { _ = cmd.Wait() }() // only so that it leaves no zombie
	later := time.AfterFunc(pageLife, remove)
	return func() { later.Stop(); remove() }, nil
}
