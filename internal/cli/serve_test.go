package cli

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A page that panics is answered, the place is logged, and no word of the
// request or of the panic's value is.
func TestSurvive(t *testing.T) {
	var logged bytes.Buffer
	h := survive(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { panic("marigold " + r.FormValue("line")) }), slog.New(slog.NewTextHandler(&logged, nil)), "Something went wrong.")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/quick?line=daffodil&token=tulip", strings.NewReader("")))
	if w.Code != http.StatusInternalServerError {
		t.Errorf("answered with %d", w.Code)
	}
	for _, word := range []string{"marigold", "daffodil", "tulip"} {
		if strings.Contains(logged.String()+w.Body.String(), word) {
			t.Errorf("%q is in the log or the answer: %s", word, logged.String())
		}
	}
	if !strings.Contains(logged.String(), "panic=string") || !strings.Contains(logged.String(), "serve_test.go") {
		t.Errorf("the log does not say where: %s", logged.String())
	}
}

func TestDesktop(t *testing.T) {
	for _, tt := range []struct {
		goos string
		env  map[string]string
		want bool
	}{
		{"linux", nil, false},
		{"linux", map[string]string{"DISPLAY": ":0"}, true},
		{"linux", map[string]string{"WAYLAND_DISPLAY": "wayland-0"}, true},
		{"linux", map[string]string{"DISPLAY": ":10", "SSH_CONNECTION": "a b"}, false},
		{"darwin", nil, true},
		{"darwin", map[string]string{"SSH_TTY": "/dev/ttys1"}, false},
		{"windows", nil, true},
	} {
		if got := desktop(tt.goos, func(k string) string { return tt.env[k] }); got != tt.want {
			t.Errorf("desktop(%s, %v) = %v", tt.goos, tt.env, got)
		}
	}
}

// The link is not among the arguments of the program that opens it: others
// could read it there.
func TestOpenBrowser(t *testing.T) {
	bin, seen := t.TempDir(), filepath.Join(t.TempDir(), "seen")
	script := "#!/bin/sh\necho \"$@\" > " + seen + ".part && stat -c %a \"$1\" >> " + seen + ".part && cat \"$1\" >> " + seen + ".part && mv " + seen + ".part " + seen + "\n"
	if err := os.WriteFile(filepath.Join(bin, "xdg-open"), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	if opener("linux")[0] != opener(testOS)[0] {
		t.Skip("this system opens pages in another way")
	}
	t.Setenv("PATH", bin+":"+os.Getenv("PATH"))
	t.Setenv("XDG_RUNTIME_DIR", t.TempDir())
	remove, err := openBrowser("http://127.0.0.1:1/open?token=tulip&x=1", english(t))
	if err != nil {
		t.Fatal(err)
	}
	defer remove()
	said := waitFor(t, seen)
	args, rest, _ := strings.Cut(said, "\n")
	if strings.Contains(args, "tulip") || strings.Contains(args, "127.0.0.1") {
		t.Errorf("the arguments tell the link: %s", args)
	}
	if !strings.HasPrefix(rest, "600\n") || !strings.Contains(rest, "url=http://127.0.0.1:1/open?token=tulip&amp;x=1") {
		t.Errorf("the page: %s", rest)
	}
	remove()
	if _, err := os.Stat(strings.TrimSpace(args)); !os.IsNotExist(err) {
		t.Errorf("the page stays: %v", err)
	}
}
