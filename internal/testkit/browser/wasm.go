package browser

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// wasmWorker runs a program of Go in a dedicated worker and tells how it ended.
const wasmWorker = `importScripts("/wasm_exec.js");
onmessage = async ({data}) => {
	let out = "";
	globalThis.fs.writeSync = (fd, buf) => { out += new TextDecoder().decode(buf); return buf.length; };
	globalThis.fs.write = (fd, buf, offset, length, position, done) => done(null, globalThis.fs.writeSync(fd, buf.subarray(offset, offset + length)));
	const go = new Go();
	go.argv = data;
	let code = -1;
	go.exit = (n) => { code = n; };
	try {
		const {instance} = await WebAssembly.instantiateStreaming(fetch("/program.wasm"), go.importObject);
		await go.run(instance);
	} catch (e) {
		out += e;
	}
	postMessage({out, code});
};`

// RunWasm runs a program built for GOOS=js in a worker and gives what it wrote
// and its exit code.
func (b *Browser) RunWasm(t testing.TB, program string, args ...string) (out string, code int) {
	t.Helper()
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/wasm_exec.js":
			http.ServeFile(w, r, filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "wasm_exec.js"))
		case "/program.wasm":
			w.Header().Set("Content-Type", "application/wasm")
			http.ServeFile(w, r, program)
		case "/worker.js":
			w.Header().Set("Content-Type", "text/javascript")
			w.Write([]byte(wasmWorker))
		default:
			w.Header().Set("Content-Type", "text/html")
			w.Write([]byte("<!doctype html><title>a worker</title>"))
		}
	}))
	t.Cleanup(srv.Close)
	tab := b.Tab(t, Look{Width: 400, Height: 400})
	tab.Go(srv.URL)
	list, err := json.Marshal(append([]string{"program"}, args...))
	if err != nil {
		t.Fatal(err)
	}
	Eval[bool](tab, `globalThis.ended = null; const w = new Worker("/worker.js"); w.onmessage = e => { globalThis.ended = e.data; };
		w.onerror = e => { globalThis.ended = {out: String(e.message), code: -1}; }; w.postMessage(`+string(list)+`); true`)
	tab.UntilIn(`globalThis.ended !== null`, 4*time.Minute)
	type ended struct {
		Out  string `json:"out"`
		Code int    `json:"code"`
	}
	e := Eval[ended](tab, `globalThis.ended`)
	return e.Out, e.Code
}
