package site

import (
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/locale"
	"github.com/evenkeel/evenkeel/internal/site/lzma"
)

//go:embed page
var pages embed.FS

// Program is what the site runs: cmd/pocket, packed as it travels, and the script
// of the same Go release that starts it.
type Program struct {
	Packed   []byte
	Sum      string // SHA-256 of it, unpacked
	WasmExec []byte
}

// Pack makes a Program of what Go built.
func Pack(wasm, wasmExec []byte, effort lzma.Effort) Program {
	return Program{Packed: lzma.Pack(wasm, effort), Sum: sumOf(wasm), WasmExec: wasmExec}
}

// File is one file of the site.
type File struct {
	Name string // without a slash at the start
	Data []byte
}

// What each kind of document may do. Only the worker that holds Go may compile
// WebAssembly, and none may reach another site but the worker its host.
const (
	PagePolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; worker-src 'self'; " +
		"frame-src 'self'; manifest-src 'self'; form-action 'none'; base-uri 'none'"
	WorkerPolicy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'"
)

// kept is a file as the router keeps it for use without a network.
type kept struct {
	Path string `json:"path"`
	// From is where it is loaded from, when that is another place, and Packed how
	// it is packed there.
	From   string `json:"from,omitempty"`
	Packed string `json:"packed,omitempty"`
	Sum    string `json:"sum"`  // SHA-256, unpacked
	Size   int    `json:"size"` // as it travels
	Kind   string `json:"kind"`
	Policy string `json:"policy,omitempty"`
}

var kinds = map[string]string{".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
	".svg": "image/svg+xml", ".png": "image/png", ".webmanifest": "application/manifest+json", ".wasm": "application/wasm"}

// texts are the keys of what the page itself says, which cannot ask Go.
var texts = map[string]string{"starting": "pocket.starting", "loading": "pocket.loading", "missing": "pocket.missing", "insecure": "pocket.insecure",
	"unreachable": "pocket.unreachable", "full": "pocket.full", "broken": "pocket.broken", "again": "pocket.again",
	"update": "pocket.update", "take": "pocket.take", "later": "pocket.later"}

// Files makes all files of the site, ordered by name.
//
// Host is the address of a host that the program may ask for its person's devices,
// such as "https://host.example"; empty for the one, if any, that serves the site.
// Anything else is fault.Invalid.
func Files(p Program, host string) ([]File, error) {
	if host != "" && !hostForm.MatchString(host) {
		return nil, fault.New(fault.Invalid, "host.where_form")
	}
	b := &builder{files: map[string][]byte{}, host: host}
	for _, name := range []string{"icon.svg", "icon-180.png", "icon-192.png", "icon-512.png", "mask-512.png", "shell.css", "go.js"} {
		if err := b.page(name); err != nil {
			return nil, err
		}
	}
	if err := b.manifests(); err != nil {
		return nil, err
	}
	b.replace("go.js", "HOST", host)
	b.files["wasm_exec.js"] = p.WasmExec
	// A name of its own for each edition, and no ending by which a host would
	// unpack it on the way.
	app := "app-" + p.Sum[:16] + ".bin"
	b.files[app] = p.Packed
	if err := b.shell(p, app); err != nil {
		return nil, err
	}
	var list []File
	for name, data := range b.files {
		list = append(list, File{name, data})
	}
	slices.SortFunc(list, func(x, y File) int { return strings.Compare(x.Name, y.Name) })
	return append(list, File{sums, sumFile(list)}), nil
}

type builder struct {
	files map[string][]byte
	host  string
}

// hostForm is what may stand in a policy: an origin.
var hostForm = regexp.MustCompile(`^(https://[a-z0-9.-]+|http://(localhost|127\.0\.0\.1))(:[0-9]{1,5})?$`)

// workerPolicy lets the worker ask the site's host as well.
func (b *builder) workerPolicy() string {
	if b.host == "" {
		return WorkerPolicy
	}
	return WorkerPolicy + " " + b.host // connect-src is its last part
}

func (b *builder) page(name string) error {
	data, err := pages.ReadFile("page/" + name)
	if err != nil {
		return fmt.Errorf("site: %w", err)
	}
	b.files[name] = data
	return nil
}

// shell makes the page, its script and the router, which name each other and
// the edition.
func (b *builder) shell(p Program, app string) error {
	for _, name := range []string{"index.html", "shell.js", "worker.js", "unpack.js"} {
		if err := b.page(name); err != nil {
			return err
		}
	}
	// One file, so that no deploy can bring half of it.
	b.files["worker.js"] = append(b.files["worker.js"], b.files["unpack.js"]...)
	delete(b.files, "unpack.js")
	said, noScript, err := sayings()
	if err != nil {
		return err
	}
	all := sha256.New()
	for _, name := range b.names() {
		fmt.Fprintf(all, "%s %s\n", sumOf(b.files[name]), name)
	}
	fmt.Fprintf(all, "%s\n%s", said, noScript)
	edition := hex.EncodeToString(all.Sum(nil))[:16]
	b.replace("shell.js", `"TEXTS"`, string(said), `EDITION`, edition)
	var page []string
	for _, name := range []string{"shell.css", "shell.js"} {
		page = append(page, "sha256:"+name, integrity(b.files[name]))
	}
	b.replace("index.html", append(page, append(noScript, "PAGE-POLICY", html.EscapeString(PagePolicy))...)...)
	list, err := json.Marshal(b.keep(p, app))
	if err != nil {
		return fmt.Errorf("site: %w", err)
	}
	b.replace("worker.js", `"FILES"`, string(list), `EDITION`, edition)
	// What a host shows for an address that it does not know, such as a page of
	// the app in somebody's bookmarks.
	b.files["404.html"] = b.files["index.html"]
	b.files["_headers"] = []byte(headerFile)
	b.files["robots.txt"] = []byte("User-agent: *\nDisallow: /\n")
	return nil
}

func (b *builder) names() []string {
	var list []string
	for name := range b.files {
		list = append(list, name)
	}
	slices.Sort(list)
	return list
}

func (b *builder) replace(name string, pairs ...string) {
	b.files[name] = []byte(strings.NewReplacer(pairs...).Replace(string(b.files[name])))
}

// keep is what the router keeps: everything that runs without a network.
func (b *builder) keep(p Program, app string) (list []kept) {
	for _, name := range b.names() {
		k := kept{Path: "/" + name, Sum: sumOf(b.files[name]), Size: len(b.files[name]), Kind: kinds[path.Ext(name)]}
		switch name {
		case "worker.js":
			continue // the browser keeps it itself
		case "index.html":
			k.Path, k.From, k.Policy = "/", "/", PagePolicy+"; frame-ancestors 'none'"
		case "go.js":
			k.Policy = b.workerPolicy()
		case app:
			k = kept{Path: "/app.wasm", From: "/" + app, Packed: "lzma", Sum: p.Sum, Size: len(b.files[app]), Kind: kinds[".wasm"]}
		}
		list = append(list, k)
	}
	return list
}

// sayings are the page's own sentences in every language, and those for a
// browser without scripts.
func sayings() (said []byte, noScript []string, err error) {
	t, err := locale.Load()
	if err != nil {
		return nil, nil, err
	}
	all := map[string]map[string]string{}
	for _, c := range t.All() {
		one := map[string]string{}
		for name, key := range texts {
			one[name] = c.T(key)
		}
		all[c.Tag()] = one
		noScript = append(noScript, "NOSCRIPT-"+strings.ToUpper(c.Tag()), html.EscapeString(c.T("pocket.no_script")))
	}
	said, err = json.Marshal(all) // with < and > escaped, and maps in order
	return said, noScript, err
}

func sumOf(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

func integrity(b []byte) string {
	sum := sha256.Sum256(b)
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}
