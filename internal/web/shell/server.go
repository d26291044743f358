package shell

import (
	"context"
	"io"
	"log"
	"net/http"
	"time"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/outlook"
	"github.com/evenkeel/evenkeel/internal/app/recalls"
	"github.com/evenkeel/evenkeel/internal/locale"
	"github.com/evenkeel/evenkeel/internal/web/kit"
)

// Config is what a Server is wired from.
type Config struct {
	// App is the person's journal. It may still be locked.
	App  *app.App
	Gate Gate
	// Edition changes with what the kept Help page says.
	Edition string
	// Framed says that a page of our own shows the pages in a frame.
	Framed bool
	// Notices are the public notices that the person brought; nil for none.
	Notices *recalls.Shelf
}

// Server serves the areas that are mounted on it.
type Server struct {
	app       *app.App
	look      *outlook.Reader
	gate      Gate
	notices   *recalls.Shelf
	framed    bool
	assets    *assets
	texts     *locale.Texts
	languages []kit.Option
	tries     tries
	mux       *http.ServeMux
	nav       []kit.NavItem
	places    map[string]bool // where the navigation leads
	handler   http.Handler
}

// New makes a Server without an area.
func New(c Config) (*Server, error) {
	a, err := loadAssets(c.Edition)
	if err != nil {
		return nil, err
	}
	t, err := locale.Load()
	if err != nil {
		return nil, err
	}
	if c.Framed {
		t = t.InPocket()
	}
	s := &Server{app: c.App, look: outlook.New(c.App), gate: c.Gate, framed: c.Framed, notices: c.Notices, assets: a, texts: t, mux: http.NewServeMux(), places: map[string]bool{}}
	for _, c := range t.All() {
		s.languages = append(s.languages, kit.Option{Value: c.Tag(), Label: c.T("language.name")})
	}
	s.mux.HandleFunc("GET /assets/", a.serve)
	s.mux.HandleFunc("GET /worker.js", a.serveWorker)
	s.mux.HandleFunc("GET /open", s.enter)
	s.handler = s.guard(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, pattern := s.mux.Handler(r); pattern == "" {
			s.noSuchPage(w, r)
			return
		}
		s.mux.ServeHTTP(w, r)
	}))
	return s, nil
}

// Handler serves every page and asset.
func (s *Server) Handler() http.Handler { return s.handler }

// HTTP is a server for Handler with time limits, which logs nothing.
func (s *Server) HTTP() *http.Server {
	return &http.Server{Handler: s.handler, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 2 * time.Minute,
		WriteTimeout: 5 * time.Minute, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 32 << 10,
		// Its messages may quote a request, and a request may hold what a
		// person wrote.
		ErrorLog: log.New(io.Discard, "", 0)}
}

// Watch locks journals that were left alone for the time their person set,
// until the context ends. It looks often, so that a machine that wakes does not
// show a journal for long.
func (s *Server) Watch(ctx context.Context) {
	tick := time.NewTicker(5 * time.Second)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			// A journal that cannot be looked at now is looked at again soon,
			// and its pages say what is wrong.
			locked, _ := s.app.LockIfIdle(ctx)
			now := time.Now()
			s.gate.Expire(now)
			for _, one := range s.gate.Sessions() {
				one.tidy(now)
				if locked {
					one.see(nil)
				}
			}
		}
	}
}

// forget drops what every session keeps of a person's words: the journal was
// locked or deleted.
func (s *Server) forget() {
	for _, one := range s.gate.Sessions() {
		one.forget()
	}
}

// enter serves the link that lets a browser in.
func (s *Server) enter(w http.ResponseWriter, r *http.Request) {
	// A HEAD request is somebody looking at the link, not the person.
	if r.Method != http.MethodGet {
		w.WriteHeader(http.StatusMethodNotAllowed)
		return
	}
	switch {
	case s.gate.Enter(w, r):
		// A redirect would still come from wherever the link stood, and a
		// strict cookie does not go along from elsewhere.
		_ = render(r.Context(), w, r, http.StatusOK, kit.Hop(s.stranger(r), "/"))
	case s.gate.Look(r) == Own && s.gate.Session(r) != nil:
		http.Redirect(w, r, "/", http.StatusSeeOther)
	default:
		s.outside(w, r)
	}
}
