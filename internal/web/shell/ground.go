package shell

import (
	"context"
	"io"
	"log"
	"net/http"
	"time"

	"github.com/a-h/templ"

	"github.com/evenkeel/evenkeel/internal/locale"
	"github.com/evenkeel/evenkeel/internal/web/kit"
)

// Ground is what a server of pages stands on, whatever its pages show: the gate,
// the headers, assets and languages. A person's pages stand on it, and so do those
// of a program's desk, which has no journal.
type Ground struct {
	gate      Gate
	now       func(context.Context) time.Time
	framed    bool
	assets    *assets
	texts     *locale.Texts
	languages []kit.Option
	tries     tries
	nav       []kit.NavItem
}

// NewGround makes the ground behind a gate. Now is the time that pages go by;
// edition changes with what the kept Help page says, and framed says that a page of
// our own shows the pages in a frame.
func NewGround(gate Gate, now func(context.Context) time.Time, edition string, framed bool) (*Ground, error) {
	a, err := loadAssets(edition)
	if err != nil {
		return nil, err
	}
	t, err := locale.Load()
	if err != nil {
		return nil, err
	}
	if framed {
		t = t.InPocket()
	}
	g := &Ground{gate: gate, now: now, framed: framed, assets: a, texts: t}
	for _, c := range t.All() {
		g.languages = append(g.languages, kit.Option{Value: c.Tag(), Label: c.T("language.name")})
	}
	return g, nil
}

// Quiet is a server for a handler with time limits, which logs nothing.
func Quiet(h http.Handler) *http.Server {
	return &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 2 * time.Minute,
		WriteTimeout: 5 * time.Minute, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 32 << 10,
		// Its messages may quote a request, and a request may hold what a
		// person wrote.
		ErrorLog: log.New(io.Discard, "", 0)}
}

// serveAssets serves style, scripts and pictures.
func (g *Ground) serveAssets(mux *http.ServeMux) { mux.HandleFunc("GET /assets/", g.assets.serve) }

// Mux is a new set of routes with the assets and the link that lets a browser in.
func (g *Ground) Mux() *http.ServeMux {
	mux := http.NewServeMux()
	g.serveAssets(mux)
	mux.HandleFunc("GET /open", g.Enter)
	return mux
}

// Arrive is the view of a request, and its session; nil for somebody who was not
// let in.
func (g *Ground) Arrive(r *http.Request) (*kit.View, *Session) {
	v := g.stranger(r)
	if g.gate.Look(r) != Own {
		return v, nil
	}
	return v, g.gate.Session(r)
}

// stranger is the view of somebody without a session.
func (g *Ground) stranger(r *http.Request) *kit.View {
	return &kit.View{Catalogue: g.texts.Match(r.Header.Get("Accept-Language")), Path: r.URL.Path, Languages: g.languages, Nav: g.nav, Asset: g.assets.path, Now: g.now(r.Context()), Framed: g.framed}
}

// Render writes a whole page or nothing of it.
func Render(w http.ResponseWriter, r *http.Request, status int, page templ.Component) error {
	return render(r.Context(), w, r, status, page)
}

// Outside answers somebody without a session.
func (g *Ground) Outside(w http.ResponseWriter, r *http.Request) {
	_ = render(r.Context(), w, r, http.StatusForbidden, kit.OutsidePage(g.stranger(r)))
}

// refuse answers a request that may not even ask.
func (g *Ground) refuse(w http.ResponseWriter, r *http.Request, status int, key string) {
	_ = render(r.Context(), w, r, status, kit.RefusedPage(g.stranger(r), key))
}

// Enter serves the link that lets a browser in.
func (g *Ground) Enter(w http.ResponseWriter, r *http.Request) {
	// A HEAD request is somebody looking at the link, not the person.
	if r.Method != http.MethodGet {
		w.WriteHeader(http.StatusMethodNotAllowed)
		return
	}
	switch {
	case g.gate.Enter(w, r):
		// A redirect would still come from wherever the link stood, and a
		// strict cookie does not go along from elsewhere.
		_ = render(r.Context(), w, r, http.StatusOK, kit.Hop(g.stranger(r), "/"))
	case g.gate.Look(r) == Own && g.gate.Session(r) != nil:
		http.Redirect(w, r, "/", http.StatusSeeOther)
	default:
		g.Outside(w, r)
	}
}

// Guess runs something that a wrong secret fails, and slows down repeats.
func (g *Ground) Guess(f func() error) error { return g.tries.guess(f) }
