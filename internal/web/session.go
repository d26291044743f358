package web

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/outlook"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/safety"
)

const (
	// tokenLife is how long a link from the terminal opens the app.
	tokenLife = 10 * time.Minute
	// sessionLife is how long an unused session lasts.
	sessionLife = 7 * 24 * time.Hour
	// mostTokens and mostSessions bound the memory that either may take.
	mostTokens   = 32
	mostSessions = 64
)

// session is one browser that was let in. It lives in memory only.
type session struct {
	mu      sync.Mutex
	notice  *notice
	demo    *demo
	pending []pending // the oldest first
	upload  *upload
	used    time.Time
}

// demo is the journal of a made-up person.
type demo struct {
	app  *app.App
	look *outlook.Reader
}

// notice is shown once, on the page after something was done.
type notice struct {
	text string
	// undo are entries to take out again; edit is the one to open.
	undo []journal.ID
	edit journal.ID
	// bring are entries that were deleted and can come back.
	bring []journal.ID
	// found are words of danger in what was saved.
	found []safety.Finding
}

// and is both notices in one; either may be nil.
func (n *notice) and(o *notice) *notice {
	if n == nil {
		return o
	}
	if o == nil {
		return n
	}
	return &notice{text: n.text + " " + o.text, undo: slices.Concat(n.undo, o.undo), bring: slices.Concat(n.bring, o.bring), found: slices.Concat(n.found, o.found)}
}

// upload is a file between its preview and its import.
type upload struct {
	name string
	data []byte
	at   time.Time
}

func (s *session) setNotice(n *notice) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.notice = n
}

func (s *session) takeNotice() *notice {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := s.notice
	s.notice = nil
	return n
}

func (s *session) setUpload(u *upload) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.upload = u
}

func (s *session) uploaded() *upload {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.upload
}

// forget drops everything that a person wrote.
func (s *session) forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.notice, s.pending, s.upload = nil, nil, nil
}

func (s *session) demoOf() *demo {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.demo
}

// setDemo enters the made-up person's journal, or leaves it with nil. The one
// that was open before is closed.
func (s *session) setDemo(a *app.App) error {
	var next *demo
	if a != nil {
		next = &demo{a, outlook.New(a)}
	}
	s.mu.Lock()
	old := s.demo
	s.demo = next
	s.notice, s.pending, s.upload = nil, nil, nil
	s.mu.Unlock()
	if old == nil {
		return nil
	}
	return old.app.Close()
}

// sessions are the browsers that were let in and the links that let one in.
// Tokens are kept as hashes, so that a look-up tells nothing by its time.
type sessions struct {
	mu     sync.Mutex
	tokens map[[32]byte]time.Time // until when
	open   map[[32]byte]*session
}

func newSessions() *sessions {
	return &sessions{tokens: map[[32]byte]time.Time{}, open: map[[32]byte]*session{}}
}

// randomText is 256 random bits as text, and its hash.
func randomText() (string, [32]byte) {
	var b [32]byte
	rand.Read(b[:])
	text := base64.RawURLEncoding.EncodeToString(b[:])
	return text, sha256.Sum256([]byte(text))
}

// mint makes a token that opens one session.
func (s *sessions) mint() string {
	text, hash := randomText()
	s.expire()
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(s.tokens) >= mostTokens {
		var oldest [32]byte
		for h, until := range s.tokens {
			if oldest == ([32]byte{}) || until.Before(s.tokens[oldest]) {
				oldest = h
			}
		}
		delete(s.tokens, oldest)
	}
	s.tokens[hash] = time.Now().Add(tokenLife)
	return text
}

// redeem turns a token into a session and gives the session's secret; false
// when the token is wrong, old or was used.
func (s *sessions) redeem(token string) (string, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	hash := sha256.Sum256([]byte(token))
	until, ok := s.tokens[hash]
	delete(s.tokens, hash)
	if !ok || time.Now().After(until) || len(s.open) >= mostSessions {
		return "", false
	}
	text, key := randomText()
	s.open[key] = &session{used: time.Now()}
	return text, true
}

// find gives the session of a request; nil when it has none.
func (s *sessions) find(r *http.Request, cookie string) *session {
	c, err := r.Cookie(cookie)
	if err != nil {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	one := s.open[sha256.Sum256([]byte(c.Value))]
	if one == nil || time.Since(one.used) > sessionLife {
		return nil
	}
	one.used = time.Now()
	return one
}

// forget drops what every session keeps of a person's words: the journal was
// locked or deleted.
func (s *sessions) forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, one := range s.open {
		one.forget()
	}
}

// expire ends what is over.
func (s *sessions) expire() {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	for h, until := range s.tokens {
		if now.After(until) {
			delete(s.tokens, h)
		}
	}
	for h, one := range s.open {
		if now.Sub(one.used) > sessionLife {
			// The journal of a made-up person lies in memory: nothing is lost
			// when closing it fails.
			_ = one.setDemo(nil)
			delete(s.open, h)
		}
		one.mu.Lock()
		one.dropOldPending(now)
		if one.upload != nil && now.Sub(one.upload.at) > time.Hour {
			one.upload = nil
		}
		one.mu.Unlock()
	}
}

// enter serves the link from the terminal.
func (s *Server) enter(w http.ResponseWriter, r *http.Request) {
	// A HEAD request is somebody looking at the link, not the person.
	if r.Method != http.MethodGet {
		w.WriteHeader(http.StatusMethodNotAllowed)
		return
	}
	text, ok := s.sessions.redeem(r.URL.Query().Get("token"))
	if !ok {
		if s.sessions.find(r, s.cookie) != nil {
			http.Redirect(w, r, "/", http.StatusSeeOther)
			return
		}
		s.outside(w, r)
		return
	}
	http.SetCookie(w, &http.Cookie{Name: s.cookie, Value: text, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode})
	http.Redirect(w, r, "/", http.StatusSeeOther)
}
