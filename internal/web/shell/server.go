package shell

import (
	"context"
	"net/http"
	"time"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/outlook"
	"github.com/evenkeel/evenkeel/internal/app/recalls"
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
	*Ground
	app     *app.App
	look    *outlook.Reader
	notices *recalls.Shelf
	mux     *http.ServeMux
	places  map[string]bool // where the navigation leads
	handler http.Handler
}

// New makes a Server without an area.
func New(c Config) (*Server, error) {
	g, err := NewGround(c.Gate, c.App.Now, c.Edition, c.Framed)
	if err != nil {
		return nil, err
	}
	s := &Server{Ground: g, app: c.App, look: outlook.New(c.App), notices: c.Notices, mux: http.NewServeMux(), places: map[string]bool{}}
	s.serveAssets(s.mux)
	s.mux.HandleFunc("GET /worker.js", s.assets.serveWorker)
	s.mux.HandleFunc("GET /open", s.Enter)
	s.handler = s.Guard(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
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
func (s *Server) HTTP() *http.Server { return Quiet(s.handler) }

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
