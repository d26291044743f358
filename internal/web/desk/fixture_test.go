package desk_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/care"
	desks "github.com/evenkeel/evenkeel/internal/app/desk"
	"github.com/evenkeel/evenkeel/internal/demo/program"
	"github.com/evenkeel/evenkeel/internal/locale"
	"github.com/evenkeel/evenkeel/internal/web/desk"
	"github.com/evenkeel/evenkeel/internal/web/shell"
)

// noon is when the tests take place.
var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.FixedZone("", -5*3600))

type fixed time.Time

func (f fixed) Now() time.Time { return time.Time(f) }

// site is a desk with made-up people, its pages, and a client that was let in.
type site struct {
	t      testing.TB
	desk   *desks.Desk
	gate   *shell.Loopback
	server *desk.Server
	addr   string
	url    string
	client *http.Client
}

// newSite makes one that a test may change.
func newSite(t testing.TB, people int) *site {
	t.Helper()
	s, stop := begin(t, people)
	t.Cleanup(stop)
	return s
}

// one is the site of twelve people that tests share which leave it as it is.
var one struct {
	sync.Once
	site *site
}

func sharedSite(t testing.TB) *site {
	t.Helper()
	one.Do(func() { one.site, _ = begin(t, program.People) })
	s := *one.site
	s.t = t
	return &s
}

func begin(t testing.TB, people int) (*site, func()) {
	t.Helper()
	texts, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	s := &site{t: t}
	if s.desk, err = program.Open(context.Background(), texts.Match("en"), fixed(noon), 1, people); err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.addr = l.Addr().String()
	if s.gate, err = shell.NewLoopback(s.addr, shell.SecretName()); err != nil {
		t.Fatal(err)
	}
	s.url = s.gate.Origin()
	s.server, err = desk.New(desk.Config{Desk: s.desk, Gate: s.gate, Now: func(context.Context) time.Time { return noon }, Version: "test",
		Bundle: func(p care.Projection) ([]byte, error) { return []byte(`{"resourceType":"Bundle"}`), nil }})
	if err != nil {
		t.Fatal(err)
	}
	srv := &httptest.Server{Listener: l, Config: s.server.HTTP()}
	srv.Start()
	s.client = s.stranger()
	s.want(200, s.get(strings.TrimPrefix(s.gate.Link(), s.url)))
	return s, func() {
		srv.Close()
		_ = s.desk.Close()
	}
}

// stranger is a client that was not let in.
func (s *site) stranger() *http.Client {
	jar, err := cookiejar.New(nil)
	if err != nil {
		s.t.Fatal(err)
	}
	// As a browser does, and not every system: a name below localhost is here.
	return &http.Client{Jar: jar, Transport: &http.Transport{DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, network, s.addr)
	}}}
}

type reply struct {
	status int
	path   string
	body   string
	header http.Header
}

func (s *site) read(r *http.Response, err error) reply {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return reply{r.StatusCode, r.Request.URL.Path, string(body), r.Header}
}

func (s *site) get(path string) reply {
	s.t.Helper()
	return s.read(s.client.Get(s.url + path))
}

// inSpanish gets a page as a Spanish browser does.
func (s *site) inSpanish(path string) reply {
	s.t.Helper()
	r, err := http.NewRequest(http.MethodGet, s.url+path, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	r.Header.Set("Accept-Language", "es")
	return s.read(s.client.Do(r))
}

// post sends a form of name, value pairs.
func (s *site) post(path string, pairs ...string) reply {
	s.t.Helper()
	f := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		f.Add(pairs[i], pairs[i+1])
	}
	return s.read(s.client.PostForm(s.url+path, f))
}

func (s *site) want(status int, r reply) reply {
	s.t.Helper()
	if r.status != status {
		s.t.Fatalf("%s answered %d, want %d:\n%.900s", r.path, r.status, status, r.body)
	}
	return r
}

func (s *site) contains(r reply, texts ...string) {
	s.t.Helper()
	for _, text := range texts {
		if !strings.Contains(r.body, text) {
			s.t.Errorf("%s does not say %q:\n%.3000s", r.path, text, r.body)
		}
	}
}

// id is the share of somebody by their name.
func (s *site) id(name string) string {
	s.t.Helper()
	rows, err := s.desk.List(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
	for _, r := range rows {
		if r.Patient == name {
			return r.ID
		}
	}
	s.t.Fatalf("nobody is called %q", name)
	return ""
}
