package viewer_test

import (
	"bytes"
	"compress/flate"
	"crypto/aes"
	"crypto/cipher"
	"encoding/base64"
	"encoding/json"
	"flag"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/evenkeel/evenkeel/internal/testkit/browser"
	"github.com/evenkeel/evenkeel/internal/viewer"
)

var pictures = flag.String("pictures", "", "a folder for pictures of the page")

func TestMain(m *testing.M) { os.Exit(browser.Main(m)) }

var b64 = base64.RawURLEncoding

// sealed is a compact JWE as the specification of SMART Health Links has it, made
// here by hand: what our own program writes is another's to test.
func sealed(t *testing.T, key []byte, content, contentType string) string {
	t.Helper()
	head := b64.EncodeToString([]byte(`{"alg":"dir","enc":"A256GCM","zip":"DEF","cty":"` + contentType + `"}`))
	var packed bytes.Buffer
	w, err := flate.NewWriter(&packed, flate.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte(content)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		t.Fatal(err)
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		t.Fatal(err)
	}
	iv := bytes.Repeat([]byte{7}, 12)
	out := gcm.Seal(nil, iv, packed.Bytes(), []byte(head))
	n := len(out) - 16
	return strings.Join([]string{head, "", b64.EncodeToString(iv), b64.EncodeToString(out[:n]), b64.EncodeToString(out[n:])}, ".")
}

func link(t *testing.T, payload map[string]any) string {
	t.Helper()
	b, err := json.Marshal(payload)
	if err != nil {
		t.Fatal(err)
	}
	return "shlink:/" + b64.EncodeToString(b)
}

const document = `{"resourceType":"Bundle","type":"document","entry":[{"resource":{"resourceType":"Composition","title":"For Dr. Ames","date":"2026-11-20T09:00:00Z",
	"section":[{"title":"How it was","text":{"status":"generated","div":"<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>Rough: <b>4</b> of 10</p><table><tr><th>Day</th><th>Rough</th></tr><tr><td>Monday</td><td>4</td></tr></table></div>"}},
	{"title":"Allergies","emptyReason":{"coding":[{"code":"unavailable"}]}}]}}]}`

// hostile tries what a foreign file could try: each would change the page's title.
const hostile = `{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Composition","title":"<img src=x onerror=\"document.title='taken'\">","section":[{"title":"<script>document.title='taken'</script>",
	"text":{"div":"<div><script>document.title='taken'</script><p onclick=\"document.title='taken'\">Still <a href=\"javascript:document.title='taken'\">text</a></p><img src=\"https://example.invalid/x\" onerror=\"document.title='taken'\"><iframe srcdoc=\"x\"></iframe><style>body{display:none}</style><svg onload=\"document.title='taken'\"></svg></div>"}}]}}]}`

func TestLinksAreOpened(t *testing.T) {
	key := bytes.Repeat([]byte{42}, 32)
	asked := map[string]string{}
	mux := http.NewServeMux()
	answers := map[string]string{
		"/s/good": sealed(t, key, document, "application/fhir+json"), "/s/hostile": sealed(t, key, hostile, "application/fhir+json"),
		"/s/card": sealed(t, key, `{"verifiableCredential":[]}`, "application/smart-health-card"), "/s/damaged": "not.a.jwe",
		"/s/bomb": sealed(t, key, strings.Repeat("a", 9<<20), "application/fhir+json"),
	}
	mux.HandleFunc("/s/", func(w http.ResponseWriter, r *http.Request) {
		asked[r.URL.Path] = r.URL.Query().Get("recipient") + r.Referer()
		body, ok := answers[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "application/jose")
		w.Header().Set("Access-Control-Allow-Origin", "*")
		_, _ = w.Write([]byte(body))
	})
	handler, err := viewer.Beside(mux)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(handler)
	defer server.Close()
	tab := browser.Open(t).Tab(t, browser.Look{Width: 320, Height: 640})
	inspect := func(where string) {
		t.Helper()
		for _, v := range tab.Axe() {
			t.Errorf("%s: %s", where, v)
		}
		if n := tab.Wider(); n > 0 {
			t.Errorf("%s is %d px wider than its window", where, n)
		}
		if dir := *pictures; dir != "" {
			tab.Screenshot(dir+"/view-"+where+".png", true)
		}
	}
	open := func(name string, payload map[string]any) {
		t.Helper()
		if payload == nil {
			payload = map[string]any{"url": server.URL + "/s/" + name, "key": b64.EncodeToString(key), "flag": "U", "label": "Shared by S."}
		}
		tab.Go("about:blank")
		tab.Go(server.URL + viewer.Path + "#" + link(t, payload))
		tab.Until(`document.querySelector("h1") !== null`)
		if browser.Eval[bool](tab, `document.getElementById("who") === null`) {
			return
		}
		browser.Eval[bool](tab, `document.getElementById("who").value = "Dr. Ames", document.querySelector("form").requestSubmit(), true`)
		tab.Until(`document.querySelector("[role=alert], section") !== null`)
	}
	text := func() string { return browser.Eval[string](tab, `document.body.innerText`) }
	says := func(where string, parts ...string) {
		t.Helper()
		for _, p := range parts {
			if !strings.Contains(text(), p) {
				t.Errorf("%s does not say %q but %q", where, p, text())
			}
		}
	}

	open("good", nil)
	says("a document", "For Dr. Ames", "How it was", "Rough: 4 of 10", "Monday", "Nothing is known here.")
	if asked["/s/good"] != "Dr. Ames" {
		t.Errorf("the place of the file was told %q", asked["/s/good"])
	}
	inspect("document")
	tab.Look(browser.Look{Width: 1280, Height: 800, Dark: true})
	inspect("document-dark")
	tab.Look(browser.Look{Width: 320, Height: 640})

	open("hostile", nil)
	says("a hostile document", "<img src=x", "Still text")
	if title := browser.Eval[string](tab, `document.title`); title != "Something was shared with you" {
		t.Errorf("a foreign document changed the page: its title is %q", title)
	}
	if n := browser.Eval[int](tab, `document.querySelectorAll("section img, section script, section iframe, section svg, section style, section [onclick], section a:not([download])").length`); n > 0 {
		t.Errorf("%d parts of a foreign document stand in the page as they came", n)
	}

	open("card", nil)
	says("another kind of file", "A file that this page cannot show")
	if raw := browser.Eval[string](tab, `document.querySelector("pre").textContent`); !strings.Contains(raw, "verifiableCredential") {
		t.Errorf("a file that cannot be shown is not there as it came, but %q", raw)
	}
	open("gone", nil)
	says("an ended link", "This is no longer shared.")
	inspect("ended")
	open("damaged", nil)
	says("a damaged file", "damaged")
	open("bomb", nil)
	says("a file that grows", "larger than this page opens")
	open("", map[string]any{"url": server.URL + "/s/good", "key": b64.EncodeToString(bytes.Repeat([]byte{1}, 32)), "flag": "U"})
	says("another key", "does not open this file")
	open("", map[string]any{"url": server.URL + "/s/good", "key": b64.EncodeToString(key), "flag": "P"})
	says("a passcode", "asks for a passcode")
	open("", map[string]any{"url": "http://example.invalid/s", "key": b64.EncodeToString(key), "flag": "U", "exp": 1})
	says("an address without TLS", "not a whole link")

	tab.Go("about:blank")
	tab.Go(server.URL + viewer.Path)
	tab.Until(`document.querySelector("form") !== null`)
	says("no link", "File, if you were given one")
	inspect("choose")
	browser.Eval[bool](tab, `document.querySelector("button.quiet").click(), true`)
	says("Spanish", "Te han compartido algo", "Archivo, si te dieron uno")
	if lang := browser.Eval[string](tab, `document.documentElement.lang`); lang != "es" {
		t.Errorf("the Spanish page says that it is %q", lang)
	}
	// A file that was handed over, with the link beside it.
	sure := browser.Eval[bool](tab, `(() => {
		const list = new DataTransfer();
		list.items.add(new File([`+quoted(t, answers["/s/good"])+`], "shared.jwe"));
		document.getElementById("file").files = list.files;
		document.getElementById("link").value = `+quoted(t, link(t, map[string]any{"url": "https://nowhere.invalid/x", "key": b64.EncodeToString(key), "flag": "U"}))+`;
		document.querySelector("form").requestSubmit();
		return true;
	})()`)
	if !sure {
		t.Fatal("the form was not sent")
	}
	tab.Until(`document.querySelector("section") !== null`)
	says("a file", "Rough: 4 of 10")
	// A key alone opens a file, and nothing without one.
	tab.Go("about:blank")
	tab.Go(server.URL + viewer.Path)
	tab.Until(`document.querySelector("form") !== null`)
	browser.Eval[bool](tab, `document.getElementById("link").value = `+quoted(t, b64.EncodeToString(key))+`, document.querySelector("form").requestSubmit(), true`)
	tab.Until(`document.querySelector("[role=alert]") !== null`)
	says("a key without a file", "Choose the file that this key opens.")
}

func quoted(t *testing.T, s string) string {
	t.Helper()
	b, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
