package desk

import (
	"context"
	"net/http"
	"sync"
	"time"

	"github.com/evenkeel/evenkeel/care"
	"github.com/evenkeel/evenkeel/internal/app/desk"
	"github.com/evenkeel/evenkeel/internal/web/shell"
)

// idleLock is after how long without anybody a desk locks itself.
const idleLock = 10 * time.Minute

// Config is what the pages are wired from.
type Config struct {
	// Desk is the program's. It may still be locked.
	Desk *desk.Desk
	// Gate is the door that requests come through.
	Gate shell.Gate
	// Bundle makes a FHIR document of what was shared.
	Bundle func(care.Projection) ([]byte, error)
	// Now is the time that the pages go by.
	Now func(context.Context) time.Time
	// Version of this program.
	Version string
	// Demo says that the people are made up.
	Demo bool
}

// Server serves the pages of a desk.
type Server struct {
	*shell.Ground
	desk   *desk.Desk
	gate   shell.Gate
	bundle func(care.Projection) ([]byte, error)
	demo   bool
	mux    *http.ServeMux
	handle http.Handler

	forms once

	mu   sync.Mutex
	used time.Time // when somebody last did something
}

// New makes a server of all pages of a desk.
func New(c Config) (*Server, error) {
	g, err := shell.NewGround(c.Gate, c.Now, c.Version, false)
	if err != nil {
		return nil, err
	}
	s := &Server{Ground: g, desk: c.Desk, gate: c.Gate, bundle: c.Bundle, demo: c.Demo, mux: g.Mux(), used: time.Now()}
	for _, r := range routes {
		s.mux.HandleFunc(r.pattern, s.serve(r))
	}
	s.mux.HandleFunc("/", s.serve(route{do: lost, locked: true}))
	s.handle = g.Guard(s.mux)
	return s, nil
}

// Handler serves every page and asset.
func (s *Server) Handler() http.Handler { return s.handle }

// HTTP is a server for Handler with time limits, which logs nothing.
func (s *Server) HTTP() *http.Server { return shell.Quiet(s.handle) }

// Watch locks the desk when it was left alone, until the context ends. It looks
// often, so that a machine that wakes does not show anybody for long.
func (s *Server) Watch(ctx context.Context) {
	tick := time.NewTicker(5 * time.Second)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			s.gate.Expire(time.Now())
			s.lockIfIdle()
		}
	}
}

// lockIfIdle locks a desk at which nobody did anything for ten minutes. The wall
// clock counts: it goes on while the machine sleeps.
func (s *Server) lockIfIdle() {
	if s.demo {
		return // nobody is there to be seen, and nobody has a passphrase
	}
	s.mu.Lock()
	idle := time.Now().Round(0).Sub(s.used.Round(0)) >= idleLock
	s.mu.Unlock()
	if idle {
		s.desk.Lock()
	}
}

func (s *Server) touch() {
	s.mu.Lock()
	s.used = time.Now()
	s.mu.Unlock()
}
