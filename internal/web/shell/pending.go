package shell

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"slices"
	"time"
)

const (
	// keepPending is how long a form that met a locked journal is kept.
	keepPending = 10 * time.Minute
	// mostPending is how many of them a session keeps.
	mostPending = 20
)

// pending is a form that was sent while the journal was locked. It is sent
// again by the server once the journal is open, so that nothing typed is lost.
type pending struct {
	path, contentType string
	body              []byte
	// asked is when the person sent it by the journal's clock, at by ours.
	asked, at time.Time
}

// hold keeps a form behind those that are kept already; false when there are
// too many.
func (s *Session) hold(p pending) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.dropOldPending(p.at)
	if len(s.pending) >= mostPending {
		return false
	}
	s.pending = append(s.pending, p)
	return true
}

// takePending gives the kept forms, the oldest first, and keeps them no more.
func (s *Session) takePending() []pending {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.dropOldPending(time.Now())
	list := s.pending
	s.pending = nil
	return list
}

// putBack keeps forms again that could not be sent yet, before newer ones.
func (s *Session) putBack(list []pending) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pending = append(list, s.pending...)
}

// HasPending reports that forms wait to be saved.
func (s *Session) HasPending() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.dropOldPending(time.Now())
	return len(s.pending) > 0
}

// PendingOnlyAt reports that forms wait, all of them for one address.
func (s *Session) PendingOnlyAt(path string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.pending) > 0 && !slices.ContainsFunc(s.pending, func(p pending) bool { return p.path != path })
}

// dropOldPending drops what was kept too long; the caller holds mu.
func (s *Session) dropOldPending(now time.Time) {
	for len(s.pending) > 0 && now.Sub(s.pending[0].at) > keepPending {
		s.pending = s.pending[1:]
	}
	if len(s.pending) == 0 {
		s.pending = nil
	}
}

// answer is what a form that was kept was answered with.
type answer struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (a *answer) Header() http.Header { return a.header }

func (a *answer) WriteHeader(status int) {
	if a.status == 0 {
		a.status = status
	}
}

func (a *answer) Write(b []byte) (int, error) {
	a.WriteHeader(http.StatusOK)
	return a.body.Write(b)
}

func (a *answer) writeTo(w http.ResponseWriter) {
	for name, values := range a.header {
		w.Header()[name] = values
	}
	w.WriteHeader(a.status)
	_, err := w.Write(a.body.Bytes())
	_ = gone(err)
}

// Unlocked goes on where the person was. The forms that met the locked journal
// are sent again now, in order. One that cannot be saved stops them, for its
// page is the only place that still has its words; the others wait until the
// person comes to Today.
func (v *Visit) Unlocked(next string) error {
	list := v.Session.takePending()
	if len(list) == 0 {
		http.Redirect(v.W, v.R, next, http.StatusSeeOther)
		return nil
	}
	told := v.Session.TakeNotice()
	for i, p := range list {
		a, err := v.send(p)
		if err != nil {
			v.Session.putBack(list[i+1:])
			return err
		}
		if a.status >= http.StatusBadRequest {
			v.Session.putBack(list[i+1:])
			v.Session.SetNotice(told)
			a.writeTo(v.W)
			return nil
		}
		told = told.And(v.Session.TakeNotice())
		if i == len(list)-1 {
			v.Session.SetNotice(told)
			a.writeTo(v.W)
		}
	}
	return nil
}

// send gives a kept form to its handler, at the time it came.
func (v *Visit) send(p pending) (*answer, error) {
	u, err := v.R.URL.Parse(p.path)
	if err != nil {
		return nil, err
	}
	again := v.R.Clone(context.WithValue(v.Ctx(), arrivalKey{}, p.asked))
	again.Method = http.MethodPost
	again.Form, again.PostForm = nil, nil
	again.URL, again.RequestURI = u, p.path
	again.Header.Set("Content-Type", p.contentType)
	again.Body, again.ContentLength = io.NopCloser(bytes.NewReader(p.body)), int64(len(p.body))
	a := &answer{header: http.Header{}}
	v.server.handler.ServeHTTP(a, again)
	return a, nil
}
