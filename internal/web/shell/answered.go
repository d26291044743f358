package shell

import (
	"context"
	"crypto/sha256"
	"net/http"
	"net/url"
	"regexp"

	"github.com/evenkeel/evenkeel/internal/web/kit"
)

// once tells a form that was sent from every other: it follows from the random
// id that the page was made with and from all that the form says. The same
// page sent again with other words is another form. Ids of records follow from
// it; the random id, which nothing keeps, keeps what the form says out of them.
type once [sha256.Size]byte

// formIDs are what a page mints; a form with anything else counts as often as
// it is sent.
var formIDs = regexp.MustCompile(`^[0-9a-f]{32}$`)

func onceOf(r *http.Request, body []byte) once {
	f, err := url.ParseQuery(string(body))
	if err != nil || !formIDs.MatchString(f.Get("once")) {
		return once{}
	}
	return sha256.Sum256([]byte(r.URL.RequestURI() + "\x00" + string(body)))
}

// answer to a form: where it led, and what was said there.
type formAnswer struct {
	done   chan struct{}
	good   bool
	to     string
	notice *kit.Notice
}

// answers are the forms of a session that were answered, and the order they
// came in.
type answers struct {
	list  map[once]*formAnswer
	order []once
}

// mostAnswers is how many a session remembers: far more than are ever on their
// way twice.
const mostAnswers = 64

// forget drops what answers quote. That the forms were answered stays known.
func (a *answers) forget() {
	for _, one := range a.list {
		one.notice = nil
	}
}

// answerOnce runs a form's handler, or gives the answer that the same form got
// before. Of two that come at once, the second waits for the first. A form
// that was refused, or failed, may be sent again.
func (s *Session) answerOnce(ctx context.Context, key once, run func() (to string, n *kit.Notice, good bool)) (*formAnswer, error) {
	for {
		s.mu.Lock()
		old := s.answered.list[key]
		if old == nil {
			break
		}
		s.mu.Unlock()
		select {
		case <-old.done:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		s.mu.Lock()
		good, copied := old.good, *old
		s.mu.Unlock()
		if good {
			return &copied, nil
		}
	}
	fresh := &formAnswer{done: make(chan struct{})}
	if s.answered.list == nil {
		s.answered.list = map[once]*formAnswer{}
	}
	s.answered.list[key] = fresh
	s.answered.order = append(s.answered.order, key)
	if len(s.answered.order) > mostAnswers {
		delete(s.answered.list, s.answered.order[0])
		s.answered.order = s.answered.order[1:]
	}
	s.mu.Unlock()
	defer func() {
		// Also when the handler panicked: then the form was not answered.
		s.mu.Lock()
		if !fresh.good {
			s.answered.drop(key)
		}
		s.mu.Unlock()
		close(fresh.done)
	}()
	to, n, good := run()
	s.mu.Lock()
	fresh.to, fresh.notice, fresh.good = to, n, good
	s.mu.Unlock()
	return nil, nil
}

func (a *answers) drop(key once) {
	delete(a.list, key)
	for i, k := range a.order {
		if k == key {
			a.order = append(a.order[:i:i], a.order[i+1:]...)
			return
		}
	}
}
