package shell

import (
	"sync"
	"time"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/outlook"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/journal"
)

// Session is one browser that was let in. It lives in memory only; the zero
// Session is one that has just begun.
type Session struct {
	used time.Time // the gate's

	mu       sync.Mutex
	notice   *kit.Notice
	demo     *demo
	pending  []pending // the oldest first
	upload   *Upload
	answered answers
	seen     *seen
}

// demo is the journal of a made-up person.
type demo struct {
	app  *app.App
	look *outlook.Reader
}

// seen is what was last seen of the open journal, for Help, which waits for
// nothing.
type seen struct {
	settings journal.Settings
	autoLock int
}

// Upload is a file between its preview and its import.
type Upload struct {
	Name string
	Data []byte
	at   time.Time
}

// uploadLife is how long a file waits to be imported.
const uploadLife = time.Hour

// SetNotice keeps what the next page says; nil for nothing.
func (s *Session) SetNotice(n *kit.Notice) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.notice = n
}

// TakeNotice gives what the page has to say, once.
func (s *Session) TakeNotice() *kit.Notice {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := s.notice
	s.notice = nil
	return n
}

// SetUpload keeps a file until it is imported; nil for none.
func (s *Session) SetUpload(u *Upload) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if u != nil {
		u.at = time.Now()
	}
	s.upload = u
}

// Uploaded is the file that waits; nil for none.
func (s *Session) Uploaded() *Upload {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.upload
}

// forget drops everything that a person wrote.
func (s *Session) forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.notice, s.pending, s.upload, s.seen = nil, nil, nil, nil
	s.answered.forget()
}

// tidy drops what was kept too long.
func (s *Session) tidy(now time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.dropOldPending(now)
	if s.upload != nil && now.Sub(s.upload.at) > uploadLife {
		s.upload = nil
	}
}

func (s *Session) see(what *seen) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seen = what
}

func (s *Session) lastSeen() *seen {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.seen
}

func (s *Session) demoOf() *demo {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.demo
}

// SetDemo enters the made-up person's journal, or leaves it with nil. The one
// that was open before is closed.
func (s *Session) SetDemo(a *app.App) error { return s.setDemo(a) }

func (s *Session) setDemo(a *app.App) error {
	var next *demo
	if a != nil {
		next = &demo{a, outlook.New(a)}
	}
	s.mu.Lock()
	old := s.demo
	s.demo = next
	s.notice, s.pending, s.upload, s.seen = nil, nil, nil, nil
	s.answered.forget()
	s.mu.Unlock()
	if old == nil {
		return nil
	}
	return old.app.Close()
}
