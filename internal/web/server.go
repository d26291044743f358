package web

import (
	"context"
	"io"
	"log"
	"net"
	"net/http"
	"time"

	"github.com/evenkeel/evenkeel/directory"
	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/outlook"
	"github.com/evenkeel/evenkeel/internal/locale"
)

// Config is what a Server is wired from.
type Config struct {
	// App is the person's journal.
	App *app.App
	// Addr is the loopback host:port that the server listens on. Requests
	// that name any other host are refused, so that a page elsewhere on the
	// web cannot reach the journal by rebinding its own name.
	Addr string
	// NewDemo opens the journal of a made-up person, in memory.
	NewDemo func(context.Context) (*app.App, error)
	// Version is shown on the settings page.
	Version string
}

// Server serves the pages.
type Server struct {
	app      *app.App
	look     *outlook.Reader
	newDemo  func(context.Context) (*app.App, error)
	version  string
	hosts    map[string]bool
	cookie   string
	assets   *assets
	texts    *locale.Texts
	sessions *sessions
	tries    tries
	handler  http.Handler
}

// New makes a Server. The journal of c.App may still be locked.
func New(c Config) (*Server, error) {
	a, err := loadAssets(c.Version + directory.Updated())
	if err != nil {
		return nil, err
	}
	t, err := locale.Load()
	if err != nil {
		return nil, err
	}
	host, port, err := net.SplitHostPort(c.Addr)
	if err != nil {
		return nil, err
	}
	s := &Server{app: c.App, look: outlook.New(c.App), newDemo: c.NewDemo, version: c.Version, assets: a, texts: t, sessions: newSessions(),
		hosts: map[string]bool{net.JoinHostPort(host, port): true, "localhost:" + port: true, "127.0.0.1:" + port: true},
		// Cookies do not mind the port, so two journals served side by side
		// need two names.
		cookie: "evenkeel-" + port}
	s.handler = s.guard(s.routes())
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

// LoginURL mints a link below base, such as "http://127.0.0.1:8420", that
// opens the app once, within ten minutes.
func (s *Server) LoginURL(base string) string {
	return base + "/open?token=" + s.sessions.mint()
}

// Watch locks journals that were left alone for the time their person set,
// until the context ends.
func (s *Server) Watch(ctx context.Context) {
	tick := time.NewTicker(20 * time.Second)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			// A journal that cannot be looked at now is looked at again soon,
			// and its pages say what is wrong.
			_, _ = s.app.LockIfIdle(ctx)
			s.sessions.expire()
		}
	}
}
