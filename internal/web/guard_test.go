package web_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/web/shell"
	"github.com/evenkeel/evenkeel/journal"
)

func TestWithoutSessionNothingIsShown(t *testing.T) {
	s := newSite(t, 5)
	s.client = s.stranger()
	for _, p := range pages(s) {
		if strings.HasPrefix(p.path, "/help") || strings.HasPrefix(p.path, "/learn") || p.path == "/sources" { // nothing personal
			continue
		}
		r := s.want(403, s.get(p.path))
		s.contains(r, "press Enter there for a fresh link")
		for _, secret := range []string{"green leaf", "blue tablet", "Rough"} {
			if strings.Contains(r.body, secret) {
				t.Errorf("%s without a session says %q", p.path, secret)
			}
		}
	}
	s.want(403, s.post("/nowhere", "text", "x"))
}

func TestHelpIsOpenToEverybody(t *testing.T) {
	s := newSite(t, 5)
	inside := s.client
	s.client = s.stranger()
	r := s.want(200, s.get("/help"))
	s.contains(r, `href="tel:911"`, `href="tel:988"`, `href="sms:988"`, "sms:88788?body=START", "cannot be woken", "naloxone")
	if strings.Contains(r.body, `href="/journal"`) {
		t.Error("Help shows the way into the journal to a stranger")
	}
	s.contains(s.want(200, s.get("/help?country=AU")), `href="tel:000"`)
	s.client = inside
	s.want(200, s.post("/settings/passphrase", "passphrase", "a long quiet river", "again", "a long quiet river"))
	s.want(200, s.post("/lock"))
	s.contains(s.want(200, s.get("/help")), `href="tel:911"`)
}

// send makes a request with headers of its own choosing, past any client.
func (s *site) send(method, path, host string, header http.Header, body string) *http.Response {
	s.t.Helper()
	r := httptest.NewRequest(method, "http://"+strings.TrimPrefix(s.url, "http://")+path, strings.NewReader(body))
	if host != "" {
		r.Host = host
	}
	for k, v := range header {
		r.Header[k] = v
	}
	u, err := url.Parse(s.url)
	if err != nil {
		s.t.Fatal(err)
	}
	for _, c := range s.client.Jar.Cookies(u) {
		r.AddCookie(c)
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	w := httptest.NewRecorder()
	s.web.Handler().ServeHTTP(w, r)
	return w.Result()
}

// count is how many entries the journal has.
func (s *site) count() int {
	s.t.Helper()
	days, _ := s.journal().Days(journal.DayFilter{Limit: 10000})
	n := 0
	for _, d := range days {
		n += len(d.Entries)
	}
	return n
}

func TestForeignHostIsRefused(t *testing.T) {
	s := newSite(t, 3)
	own := strings.TrimPrefix(s.url, "http://")
	port := own[strings.LastIndex(own, ":"):]
	for _, host := range []string{"evil.example", "evil.example" + port, "127.0.0.1", "127.0.0.1:1", "localhost", "127.0.0.1" + port + ".evil.example", "[::1]" + port, "0.0.0.0" + port, strings.TrimSuffix(own, port)} {
		for _, path := range []string{"/", "/help", "/journal", "/worker.js"} {
			if r := s.send("GET", path, host, nil, ""); r.StatusCode != http.StatusMisdirectedRequest {
				t.Errorf("Host %q got %d for %s", host, r.StatusCode, path)
			}
		}
	}
	// Other names of this computer are not ours: whatever cookie comes with
	// them, they show what everybody may see.
	for _, host := range []string{"127.0.0.1" + port, "localhost" + port, "LOCALHOST" + port, "x" + own} {
		for path, want := range map[string]int{"/": 403, "/journal": 403, "/export.json": 403, "/help": 200} {
			if r := s.send("GET", path, host, nil, ""); r.StatusCode != want {
				t.Errorf("Host %q got %d for %s, want %d", host, r.StatusCode, path, want)
			}
		}
		// No link lets in there: the cookie would go to every server of that name.
		if r := s.send("GET", strings.TrimPrefix(s.gate.Link(), s.url), host, nil, ""); r.StatusCode != 403 || len(r.Cookies()) > 0 {
			t.Errorf("a link under %q got %d and %v", host, r.StatusCode, r.Cookies())
		}
	}
	for _, host := range []string{own, strings.ToUpper(own)} {
		if r := s.send("GET", "/", host, nil, ""); r.StatusCode != 200 {
			t.Errorf("Host %q got %d", host, r.StatusCode)
		}
	}
	first, second := shell.SecretName(), shell.SecretName()
	if name, _, _ := strings.Cut(own, "."); len(name) < 26 || first == second {
		t.Errorf("%q can be guessed", name)
	}
}

func TestForeignOriginChangesNothing(t *testing.T) {
	s := newSite(t, 3)
	before := s.count()
	for _, h := range []http.Header{
		{"Origin": {"https://evil.example"}},
		{"Origin": {"null"}},
		{"Origin": {"http://127.0.0.1:1"}},
		{"Sec-Fetch-Site": {"cross-site"}},
		{"Sec-Fetch-Site": {"same-site"}},
		{"Sec-Fetch-Site": {"same-site"}, "Sec-Fetch-Mode": {"navigate"}},
	} {
		if r := s.send("POST", "/new/note", "", h, "text=planted"); r.StatusCode != 403 {
			t.Errorf("%v got %d", h, r.StatusCode)
		}
	}
	if n := s.count(); n != before {
		t.Errorf("%d entries became %d", before, n)
	}
	// Another site's page may not take ours in as a part of itself either.
	for _, site := range []string{"cross-site", "same-site"} {
		if r := s.send("GET", "/export.json", "", http.Header{"Sec-Fetch-Site": {site}, "Sec-Fetch-Mode": {"no-cors"}}, ""); r.StatusCode != 403 {
			t.Errorf("a %s part got %d", site, r.StatusCode)
		}
	}
	// Nor as a frame, which would spend a link.
	if r := s.send("GET", strings.TrimPrefix(s.gate.Link(), s.url), "", http.Header{"Sec-Fetch-Site": {"cross-site"}, "Sec-Fetch-Mode": {"navigate"}, "Sec-Fetch-Dest": {"iframe"}}, ""); r.StatusCode != 403 || len(r.Cookies()) > 0 {
		t.Errorf("a frame got %d", r.StatusCode)
	}
	// A link on another page shows nothing of the person either.
	for _, site := range []string{"cross-site", "same-site"} {
		if r := s.send("GET", "/journal", "", http.Header{"Sec-Fetch-Site": {site}, "Sec-Fetch-Mode": {"navigate"}}, ""); r.StatusCode != 403 {
			t.Errorf("a %s link got %d", site, r.StatusCode)
		}
	}
	if r := s.send("GET", "/journal", "", http.Header{"Sec-Fetch-Site": {"none"}, "Sec-Fetch-Mode": {"navigate"}}, ""); r.StatusCode != 200 {
		t.Errorf("a bookmark got %d", r.StatusCode)
	}
	if r := s.send("POST", "/new/note", "", http.Header{"Origin": {s.url}, "Sec-Fetch-Site": {"same-origin"}}, "text=mine"); r.StatusCode != 303 {
		t.Errorf("our own form got %d", r.StatusCode)
	}
}

func TestLoginLinkOpensOnce(t *testing.T) {
	s := newSite(t, 0)
	link := s.gate.Link()
	// A mail scanner or a preview may ask for the head; that spends nothing.
	if r := s.send("HEAD", strings.TrimPrefix(link, s.url), "", nil, ""); r.StatusCode != 405 {
		t.Errorf("HEAD got %d", r.StatusCode)
	}
	first := s.stranger()
	r := s.read(first.Get(link))
	if r.status != 200 || !strings.Contains(r.body, "0;url=/") || s.read(first.Get(s.url+"/help")).status != 200 {
		t.Fatalf("the first use got %d at %s", r.status, r.path)
	}
	if r := s.read(s.stranger().Get(link)); r.status != 403 {
		t.Errorf("the second use got %d", r.status)
	}
	// Somebody inside who uses the old link again, from the history, stays inside.
	if r := s.read(first.Get(link)); r.status != 200 {
		t.Errorf("the second use from inside got %d", r.status)
	}
	for _, token := range []string{"", "x", strings.Repeat("A", 43)} {
		if r := s.read(s.stranger().Get(s.url + "/open?token=" + token)); r.status != 403 {
			t.Errorf("token %q got %d", token, r.status)
		}
	}
	if a, b := s.gate.Link(), s.gate.Link(); a == b || len(a) < len(s.url+"/open?token=")+43 {
		t.Errorf("links %q and %q", a, b)
	}
}

func TestSessionCookie(t *testing.T) {
	s := newSite(t, 0)
	r := s.send("GET", strings.TrimPrefix(s.gate.Link(), s.url), "", nil, "")
	cookies := r.Cookies()
	if len(cookies) != 1 {
		t.Fatalf("%d cookies", len(cookies))
	}
	c := cookies[0]
	if !c.HttpOnly || c.SameSite != http.SameSiteStrictMode || c.Path != "/" || len(c.Value) < 43 || c.MaxAge != 0 {
		t.Errorf("the cookie is %v", c)
	}
}

func TestSecurityHeaders(t *testing.T) {
	s := newSite(t, 3)
	ancestors, referrer, passkeys := "frame-ancestors 'none'", "no-referrer", "()"
	if throughPocket {
		ancestors, referrer, passkeys = "frame-ancestors 'self'", "same-origin", "(self)"
	}
	for _, p := range pages(s) {
		h := s.get(p.path).header
		csp := h.Get("Content-Security-Policy")
		for _, want := range []string{"default-src 'none'", ancestors, "form-action 'self'", "base-uri 'none'", "script-src 'self'", "style-src 'self'"} {
			if !strings.Contains(csp, want) {
				t.Errorf("%s: the policy lacks %s", p.path, want)
			}
		}
		if strings.Contains(csp, "unsafe") || strings.Contains(csp, "*") || strings.Contains(csp, "http") {
			t.Errorf("%s: the policy is %s", p.path, csp)
		}
		for name, want := range map[string]string{"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Referrer-Policy": referrer, "Cross-Origin-Resource-Policy": "same-origin"} {
			if got := h.Get(name); got != want {
				t.Errorf("%s: %s is %q", p.path, name, got)
			}
		}
		// A page asks for nothing that a device could give, but in the pocket for a
		// passkey, and where a code is scanned for the camera.
		for _, feature := range strings.Split(h.Get("Permissions-Policy"), ", ") {
			name, allowed, _ := strings.Cut(feature, "=")
			want := "()"
			if strings.HasPrefix(name, "publickey-credentials-") {
				want = passkeys
			}
			if name == "camera" && p.name == "devices-join" {
				want = "(self)"
			}
			if allowed != want {
				t.Errorf("%s: %s is allowed for %q, want %q", p.path, name, allowed, want)
			}
		}
	}
}

// TestPagesHoldNoInlineCode looks for what the policy would block.
func TestPagesHoldNoInlineCode(t *testing.T) {
	s := newSite(t, 10)
	for _, p := range pages(s) {
		body := s.get(p.path).body
		for _, bad := range []string{"<script>", " style=", "<style", "javascript:", " onclick=", " onsubmit=", "https://cdn", "//fonts."} {
			if strings.Contains(body, bad) {
				t.Errorf("%s holds %q", p.path, bad)
			}
		}
	}
}

func TestGetChangesNothing(t *testing.T) {
	s := newSite(t, 5)
	list := pages(s)
	before := s.count()
	settings := s.journal().Settings()
	var id string
	for _, p := range list {
		s.get(p.path)
		if p.name == "entry" {
			id = p.path
		}
	}
	for _, path := range []string{"/dose?amount=3&unit=g&name=leaf", "/none", "/quick?line=3+g+leaf", "/check-in?rough=3", id + "/delete", id + "/forget", "/lock", "/welcome/skip",
		"/delete-everything?word=delete", "/settings?hide_curve=1", "/curve?hide=1", "/demo/enter", "/undo?id=" + strings.TrimPrefix(id, "/entries/"), "/settings/recovery"} {
		s.get(path)
	}
	if n := s.count(); n != before {
		t.Errorf("%d entries became %d", before, n)
	}
	after := s.journal().Settings()
	if (settings.HideCurve == nil) != (after.HideCurve == nil) {
		t.Error("a GET changed the settings")
	}
	if st, err := s.app.Status(t.Context()); err != nil || !st.Open || st.Recovery {
		t.Errorf("a GET changed the keys: %+v %v", st, err)
	}
}

func TestBodiesAreBounded(t *testing.T) {
	t.Parallel()
	s := newSite(t, 0)
	r := s.want(422, s.post("/new/note", "text", strings.Repeat("a", 70<<10)))
	s.contains(r, "more than fits")
	if n := s.count(); n != 0 {
		t.Errorf("%d entries", n)
	}
}

func TestWrongPassphraseSlowsDown(t *testing.T) {
	t.Parallel()
	s := newSite(t, 0)
	s.want(200, s.post("/settings/passphrase", "passphrase", "a long quiet river", "again", "a long quiet river"))
	s.want(200, s.post("/lock"))
	s.contains(s.want(403, s.post("/unlock", "passphrase", "wrong")), "passphrase")
	// At once again, even with the right one: it has to wait.
	s.contains(s.want(403, s.post("/unlock", "passphrase", "a long quiet river")), "Please wait")
	deadline := time.Now().Add(20 * time.Second)
	for {
		time.Sleep(300 * time.Millisecond)
		if r := s.post("/unlock", "passphrase", "a long quiet river"); r.status == 200 && r.path == "/" || r.path == "/welcome" {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("the right passphrase does not open it after waiting")
		}
	}
}

func TestAssetsAreKeptAndPlainNamesAreNot(t *testing.T) {
	s := newSite(t, 0)
	body := s.get("/help").body
	for _, ending := range []string{".css", ".js", ".woff2", ".svg", ".webmanifest"} {
		i := strings.Index(body, ending+`"`)
		if i < 0 {
			t.Fatalf("no %s on the page", ending)
		}
		start := strings.LastIndex(body[:i], `"`) + 1
		r := s.want(200, s.get(body[start:i+len(ending)]))
		if !strings.Contains(r.header.Get("Cache-Control"), "immutable") {
			t.Errorf("%s is not kept", ending)
		}
		if strings.Contains(r.body, "asset:") {
			t.Errorf("%s has a reference that was not filled in", ending)
		}
	}
	s.want(404, s.get("/assets/app.css"))
	worker := s.want(200, s.get("/worker.js"))
	for _, bad := range []string{"CACHE-NAME", `"FILES"`, "asset:"} {
		if strings.Contains(worker.body, bad) {
			t.Errorf("the worker still holds %s", bad)
		}
	}
	if strings.Contains(worker.body, `"/journal`) || !strings.Contains(worker.body, "omit") {
		t.Error("the worker keeps more than Help")
	}
}
