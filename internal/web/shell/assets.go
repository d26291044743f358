package shell

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
)

//go:embed assets
var assetFiles embed.FS

// asset is one embedded file under a name that changes with its content, so
// that a browser may keep it for ever.
type asset struct {
	kind  string
	plain []byte
	// zipped is nil where zipping gains nothing. It is made for the first who asks:
	// a start does not wait for it, and the pocket never asks.
	zipped func() []byte
}

type assets struct {
	byPath map[string]*asset // by the path in a URL
	paths  map[string]string // from the plain name to that path
	worker *asset            // the service worker, at a fixed path
}

var assetKinds = map[string]string{".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml",
	".woff2": "font/woff2", ".txt": "text/plain; charset=utf-8", ".webmanifest": "application/manifest+json", ".png": "image/png"}

// loadAssets names and links the embedded files. A file refers to
// another as "asset:NAME"; the ones referred to come first. What the kept Help
// page says changes with edition, so its cache does, too.
func loadAssets(edition string) (*assets, error) {
	a := &assets{byPath: map[string]*asset{}, paths: map[string]string{}}
	entries, err := fs.ReadDir(assetFiles, "assets")
	if err != nil {
		return nil, err
	}
	rank := func(name string) int {
		return slices.Index([]string{".txt", ".woff2", ".svg", ".png", ".webmanifest", ".css", ".js"}, path.Ext(name))
	}
	slices.SortStableFunc(entries, func(x, y fs.DirEntry) int {
		// app.js imports the other modules.
		if d := rank(x.Name()) - rank(y.Name()); d != 0 {
			return d
		}
		return boolOrder(x.Name() == "app.js", y.Name() == "app.js")
	})
	for _, e := range entries {
		data, err := assetFiles.ReadFile("assets/" + e.Name())
		if err != nil {
			return nil, err
		}
		if e.Name() == "worker.js" {
			a.worker = &asset{plain: data}
			continue
		}
		if err := a.add(e.Name(), data); err != nil {
			return nil, err
		}
	}
	return a, a.finishWorker(edition)
}

func boolOrder(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

func (a *assets) add(name string, data []byte) error {
	ext := path.Ext(name)
	kind, ok := assetKinds[ext]
	if !ok {
		return fmt.Errorf("web: %s is not a kind of asset that is served", name)
	}
	if ext != ".woff2" && ext != ".png" {
		for other, p := range a.paths {
			data = bytes.ReplaceAll(data, []byte("asset:"+other), []byte(p))
		}
	}
	sum := sha256.Sum256(data)
	p := "/assets/" + strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:5]) + ext
	a.paths[name] = p
	a.byPath[p] = newAsset(kind, data)
	return nil
}

func newAsset(kind string, data []byte) *asset {
	return &asset{kind: kind, plain: data, zipped: sync.OnceValue(func() []byte {
		z := zippers.Get().(*gzip.Writer)
		defer zippers.Put(z)
		var b bytes.Buffer
		z.Reset(&b)
		if _, err := z.Write(data); err != nil || z.Close() != nil || b.Len() >= len(data)*9/10 {
			return nil
		}
		return b.Bytes()
	})}
}

// finishWorker tells the service worker which assets Help needs; a change in
// any of them, or of the edition, gives its cache a new name.
func (a *assets) finishWorker(edition string) error {
	var files []string
	for _, p := range a.paths {
		if !strings.HasSuffix(p, ".txt") {
			files = append(files, p)
		}
	}
	slices.Sort(files)
	list, err := json.Marshal(files)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(slices.Concat(list, a.worker.plain, []byte(edition)))
	data := bytes.ReplaceAll(a.worker.plain, []byte(`"FILES"`), list)
	data = bytes.ReplaceAll(data, []byte("CACHE-NAME"), []byte("help-"+hex.EncodeToString(sum[:5])))
	a.worker = newAsset(assetKinds[".js"], data)
	return nil
}

// path is the path of an asset in a URL.
func (a *assets) path(name string) string { return a.paths[name] }

func (a *assets) serve(w http.ResponseWriter, r *http.Request) {
	one, ok := a.byPath[r.URL.Path]
	if !ok {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	one.write(w, r)
}

func (a *assets) serveWorker(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-cache")
	a.worker.write(w, r)
}

func (one *asset) write(w http.ResponseWriter, r *http.Request) {
	body := one.plain
	h := w.Header()
	h.Set("Content-Type", one.kind)
	h.Set("Vary", "Accept-Encoding")
	if takesGzip(r) {
		if zipped := one.zipped(); zipped != nil {
			body = zipped
			h.Set("Content-Encoding", "gzip")
		}
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method != http.MethodHead {
		w.Write(body)
	}
}

func takesGzip(r *http.Request) bool {
	for part := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		name, q, _ := strings.Cut(strings.TrimSpace(part), ";")
		if name == "gzip" {
			return strings.TrimSpace(q) != "q=0"
		}
	}
	return false
}
