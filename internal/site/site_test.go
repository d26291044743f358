//go:build !js

package site

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/site/lzma"
)

// mostPacked is what the program may weigh on its way, in bytes. Whoever adds a
// room sees here what it costs everybody who opens the site.
const mostPacked = 3_900_000

// TestWeight packs as for a release, which takes a quarter of a minute.
func TestWeight(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the app for a browser")
	}
	c, err := compiled()
	if err != nil {
		t.Fatal(err)
	}
	packed := len(lzma.Pack(c.wasm, lzma.Best))
	t.Logf("the program weighs %d bytes, %d unpacked", packed, len(c.wasm))
	if packed > mostPacked {
		t.Errorf("%d bytes, more than %d: see docs/performance.md for what each part weighs", packed, mostPacked)
	}
}

func small(t *testing.T) map[string]string {
	t.Helper()
	list, err := Files(Pack([]byte("\x00asm"), []byte("// exec"), lzma.Quick), "")
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, f := range list {
		all[f.Name] = string(f.Data)
	}
	return all
}

func TestFilesNameEachOther(t *testing.T) {
	all, again := small(t), small(t)
	for name, data := range all {
		if again[name] != data {
			t.Errorf("%s is not the same twice", name)
		}
		if left := regexp.MustCompile(`"?(EDITION|TEXTS|FILES|PAGE-POLICY|NOSCRIPT-..|LANGUAGE|SHORTCUT-\w+)"?|sha256:`).FindString(data); left != "" {
			t.Errorf("%s holds %s", name, left)
		}
	}
	for _, name := range []string{"shell.js", "shell.css"} {
		if !strings.Contains(all["index.html"], integrity([]byte(all[name]))) {
			t.Errorf("the page does not say what %s is", name)
		}
	}
	for name, data := range all {
		switch name {
		case "worker.js", "404.html", "_headers", "robots.txt", sums:
		default:
			if !strings.Contains(all["worker.js"], sumOf([]byte(data))) && !strings.HasSuffix(name, ".bin") {
				t.Errorf("the router does not keep %s", name)
			}
		}
		if name != sums && !strings.Contains(all[sums], sumOf([]byte(data))+"  "+name+"\n") {
			t.Errorf("%s is not in the list of sums", name)
		}
	}
	if !strings.Contains(all["worker.js"], sumOf([]byte("\x00asm"))) {
		t.Error("the router does not know the program")
	}
	// Nothing but the worker may compile WebAssembly, and nothing may do worse.
	if n := strings.Count(all["worker.js"], "wasm-unsafe-eval"); n != 1 || strings.Contains(PagePolicy, "unsafe") {
		t.Errorf("%d policies let WebAssembly be compiled", n)
	}
	for name, data := range all {
		if strings.Contains(data, "unsafe-inline") || strings.Contains(data, "'unsafe-eval'") {
			t.Errorf("%s loosens a policy", name)
		}
	}
}

// Another program, or another sentence, is another edition.
func TestEditionFollowsWhatIsInIt(t *testing.T) {
	edition := regexp.MustCompile(`const edition = "([0-9a-f]{16})"`)
	one := small(t)
	list, err := Files(Pack([]byte("\x00asn"), []byte("// exec"), lzma.Quick), "")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range list {
		if f.Name != "worker.js" && f.Name != "shell.js" {
			continue
		}
		a, b := edition.FindStringSubmatch(one[f.Name]), edition.FindStringSubmatch(string(f.Data))
		if a == nil || b == nil || a[1] == b[1] {
			t.Errorf("%s: %v and %v", f.Name, a, b)
		}
	}
}

func TestWriteAndRead(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "site")
	first := []File{{"index.html", []byte("one")}, {"app-1.bin", []byte("old")}}
	if err := Write(dir, append(first, File{sums, sumFile(first)})); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "CNAME"), []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	second := []File{{"index.html", []byte("two")}, {"app-2.bin", []byte("new")}}
	if err := Write(dir, append(second, File{sums, sumFile(second)})); err != nil {
		t.Fatal(err)
	}
	got, err := Read(dir)
	if err != nil || len(got) != 2 {
		t.Fatal(got, err)
	}
	names, err := os.ReadDir(dir)
	if err != nil || len(names) != 4 { // with CNAME and the sums
		t.Errorf("%v %v", names, err)
	}
	if b, err := os.ReadFile(filepath.Join(dir, "index.html")); err != nil || !bytes.Equal(b, []byte("two")) {
		t.Error(err)
	}
	other := t.TempDir()
	if err := os.WriteFile(filepath.Join(other, "thesis.txt"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := Write(other, second); !fault.Is(err, fault.Conflict) {
		t.Errorf("a folder of others: %v", err)
	}
	if _, err := Read(t.TempDir()); !fault.Is(err, fault.NotFound) {
		t.Errorf("an empty folder: %v", err)
	}
}
