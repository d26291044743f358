package web_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/evenkeel/evenkeel/internal/demo"
)

// mostBytes is what a first visit to a page may weigh, compressed, with its
// styles, modules and font.
const mostBytes = 100 << 10

var linked = regexp.MustCompile(`(?:href|src)="(/assets/[^"]+)"`)
var within = regexp.MustCompile(`(?:"|\()(/assets/[^")]+)`)

// fetch gives an answer's bytes as they travel.
func (s *site) fetch(path string) []byte {
	s.t.Helper()
	r := s.send("GET", path, "", http.Header{"Accept-Encoding": {"gzip"}}, "")
	defer r.Body.Close()
	b, err := io.ReadAll(r.Body)
	if err != nil || r.StatusCode != 200 {
		s.t.Fatalf("%s: %d %v", path, r.StatusCode, err)
	}
	return b
}

func unzipped(t *testing.T, b []byte) string {
	t.Helper()
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		return string(b)
	}
	plain, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return string(plain)
}

func TestWeightOfToday(t *testing.T) { weigh(t, "/") }

func TestWeightOfBody(t *testing.T) { weigh(t, "/body?share=100") }

func weigh(t *testing.T, path string) {
	s := newSite(t, demoDays)
	page := s.fetch(path)
	total := len(page)
	t.Logf("%7d B  %s (%d B plain)", len(page), path, len(unzipped(t, page)))
	seen := map[string]bool{}
	var visit func(string, *regexp.Regexp)
	visit = func(text string, links *regexp.Regexp) {
		for _, m := range links.FindAllStringSubmatch(text, -1) {
			if p := m[1]; !seen[p] {
				seen[p] = true
				b := s.fetch(p)
				total += len(b)
				t.Logf("%7d B  %s", len(b), p)
				if strings.HasSuffix(p, ".css") || strings.HasSuffix(p, ".js") {
					visit(unzipped(t, b), within)
				}
			}
		}
	}
	visit(unzipped(t, page), linked)
	t.Logf("%7d B  in all", total)
	if total > mostBytes {
		t.Errorf("%s weighs %d bytes, more than %d", path, total, mostBytes)
	}
	if len(seen) < 6 {
		t.Errorf("only %d assets were found", len(seen))
	}
}

// BenchmarkToday renders Today, warm, from a journal of over 20,000 records.
func BenchmarkToday(b *testing.B) {
	s := newSite(b, 1)
	s.app = newApp(b, s.clock)
	if err := demo.Fill(context.Background(), s.app, 1, 2970); err != nil {
		b.Fatal(err)
	}
	records := s.count()
	handler, cookie := serve(b, s)
	b.ReportAllocs()
	for b.Loop() {
		r := httptest.NewRequest("GET", "http://"+benchHost+"/", nil)
		r.Header.Set("Accept-Encoding", "gzip")
		r.AddCookie(cookie)
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		if w.Code != 200 {
			b.Fatal(w.Code)
		}
	}
	b.ReportMetric(float64(records), "entries")
}

const benchHost = "127.0.0.1:8420"

// serve gives a handler over the site's app, and the cookie of a session.
func serve(t testing.TB, s *site) (http.Handler, *http.Cookie) {
	t.Helper()
	srv, gate := newServer(t, s, benchHost, "")
	u, err := url.Parse(gate.Link())
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest("GET", u.String(), nil)
	w := httptest.NewRecorder()
	srv.Handler().ServeHTTP(w, r)
	cookies := w.Result().Cookies()
	if len(cookies) != 1 {
		t.Fatalf("%d: no session", w.Code)
	}
	return srv.Handler(), cookies[0]
}
