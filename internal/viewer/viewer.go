// Package viewer is the page that opens what somebody shared: a SMART Health Link
// behind the '#' of its address, or a file with the link beside it. It is three files
// and knows nothing of who serves it. The key never leaves the browser, and of what is
// opened only text is shown.
package viewer

import (
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"net/http"
	"strings"

	"github.com/evenkeel/evenkeel/internal/locale"
)

//go:embed page
var page embed.FS

// Policy is what the page may do. It alone of all our pages may ask other places, for
// a link says where its file lies.
const Policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src https: http://127.0.0.1:* http://localhost:*; " +
	"form-action 'none'; base-uri 'none'; frame-ancestors 'none'"

// Path is where the page stands; its script and its style stand beside it.
const Path = "/view"

// texts are the keys of what the script says, which has them without their room.
var texts = []string{
	"viewer.title", "viewer.other_language", "viewer.other_tag", "viewer.about", "viewer.who", "viewer.who_said", "viewer.open",
	"viewer.opening", "viewer.link", "viewer.file", "viewer.choose_file", "viewer.file_said", "viewer.keep", "viewer.raw", "viewer.made", "viewer.empty",
	"viewer.table", "viewer.other_file", "viewer.other_file_said", "viewer.not_a_link", "viewer.ended", "viewer.expired",
	"viewer.passcode", "viewer.wrong_key", "viewer.damaged", "viewer.too_big", "viewer.too_fast", "viewer.unreachable",
}

// Beside serves Path, Path.js and Path.css, and leaves the rest to another handler.
func Beside(rest http.Handler) (http.Handler, error) {
	files, err := files()
	if err != nil {
		return nil, err
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		f, ok := files[r.URL.Path]
		if !ok || r.Method != http.MethodGet && r.Method != http.MethodHead {
			rest.ServeHTTP(w, r)
			return
		}
		h := w.Header()
		h.Set("Content-Type", f.kind)
		h.Set("Content-Security-Policy", Policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cache-Control", "no-cache")
		_, _ = w.Write(f.data) // a browser that left is told nothing
	}), nil
}

type file struct {
	kind string
	data []byte
}

func files() (map[string]file, error) {
	t, err := locale.Load()
	if err != nil {
		return nil, err
	}
	said, noScript := map[string]map[string]string{}, []string{}
	for _, c := range t.All() {
		one := map[string]string{"tag": c.Tag()}
		for _, key := range texts {
			one[strings.TrimPrefix(key, "viewer.")] = c.T(key)
		}
		said[c.Tag()] = one
		noScript = append(noScript, "NOSCRIPT-"+strings.ToUpper(c.Tag()), html.EscapeString(c.T("viewer.no_script")))
	}
	words, err := json.Marshal(said)
	if err != nil {
		return nil, fmt.Errorf("viewer: %w", err)
	}
	of := func(name string, pairs ...string) []byte {
		b, bad := page.ReadFile("page/" + name)
		err = errors.Join(err, bad)
		return []byte(strings.NewReplacer(pairs...).Replace(string(b)))
	}
	script, style := of("view.js", `"TEXTS"`, string(words)), of("view.css")
	all := map[string]file{
		Path:          {"text/html; charset=utf-8", of("view.html", append(noScript, "sha256:view.js", integrity(script), "sha256:view.css", integrity(style))...)},
		Path + ".js":  {"text/javascript; charset=utf-8", script},
		Path + ".css": {"text/css; charset=utf-8", style},
	}
	return all, err
}

func integrity(b []byte) string {
	sum := sha256.Sum256(b)
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}
