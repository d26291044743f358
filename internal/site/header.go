package site

import (
	"net/http"
	"strings"
)

// headers are what every file should be served with. The router adds the
// policies of the files that it keeps, so that a host which sets none is no
// weaker once the app is loaded.
var headers = [][2]string{
	{"Content-Security-Policy", PagePolicy + "; frame-ancestors 'none'"},
	{"X-Content-Type-Options", "nosniff"},
	{"Referrer-Policy", "same-origin"},
	{"Cross-Origin-Opener-Policy", "same-origin"},
	{"Cross-Origin-Resource-Policy", "same-origin"},
	{"X-Frame-Options", "DENY"},
	{"Cache-Control", "no-cache"},
}

// headerFile says the same to hosts that read a file named _headers.
var headerFile = func() string {
	var b strings.Builder
	b.WriteString("/*\n")
	for _, h := range headers {
		b.WriteString("  " + h[0] + ": " + h[1] + "\n")
	}
	return b.String()
}()

// Handler serves the files as a static host should.
func Handler(files []File) http.Handler {
	byName := map[string][]byte{}
	for _, f := range files {
		byName[f.Name] = f.Data
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.WriteHeader(http.StatusMethodNotAllowed)
			return
		}
		for _, h := range headers {
			w.Header().Set(h[0], h[1])
		}
		name := strings.TrimPrefix(r.URL.Path, "/")
		if name == "" {
			name = "index.html"
		}
		status := http.StatusOK
		data, there := byName[name]
		if !there || name == "_headers" {
			status, name = http.StatusNotFound, "404.html"
			data = byName[name]
		}
		w.Header().Set("Content-Type", kindOf(name))
		w.WriteHeader(status)
		if r.Method == http.MethodGet {
			_, _ = w.Write(data) // a browser that left is told nothing
		}
	})
}

// Beside serves the files, and leaves to a host what is asked of it, so that the app
// and the host which keeps its journals have one origin.
func Beside(host http.Handler, files []File) http.Handler {
	site := Handler(files)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, part := range []string{"/v1/", "/s/", "/health"} {
			if strings.HasPrefix(r.URL.Path, part) {
				host.ServeHTTP(w, r)
				return
			}
		}
		site.ServeHTTP(w, r)
	})
}

func kindOf(name string) string {
	if i := strings.LastIndex(name, "."); i >= 0 {
		if kind, ok := kinds[name[i:]]; ok {
			return kind
		}
	}
	if strings.HasSuffix(name, ".bin") {
		return "application/octet-stream"
	}
	return "text/plain; charset=utf-8"
}
