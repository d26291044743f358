//go:build !js

package site

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"testing"

	"github.com/evenkeel/evenkeel/internal/site/lzma"
	"github.com/evenkeel/evenkeel/internal/testkit/browser"
)

// unpackedIs unpacks in parts of n bytes and says what came: "whole", "other" or
// "refused".
const unpackedIs = `(() => { %s
	const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
	const packed = bytes("%s"), want = bytes("%s"), one = unpacker();
	try {
		for (let i = 0; i < packed.length; i += %d) one.feed(packed.subarray(i, i + %[4]d));
		const got = one.end();
		return got.length === want.length && got.every((b, i) => b === want[i]) ? "whole" : "other";
	} catch { return "refused"; }
})()`

// The script of the page unpacks what a release is packed with, which looks for
// more kinds of repetition than the quick packing of the other tests, however it
// is cut on its way; what lacks its end is refused.
func TestScriptUnpacksARelease(t *testing.T) {
	script, err := pages.ReadFile("page/unpack.js")
	if err != nil {
		t.Fatal(err)
	}
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	code, err := os.ReadFile(program)
	if err != nil {
		t.Fatal(err)
	}
	var rows []byte // of four distances by turns, each row a little changed
	r := rand.New(rand.NewPCG(1, 2))
	for i := range 20_000 {
		rows = binary.LittleEndian.AppendUint32(rows, uint32(i%4)<<24|uint32(i/100))
		if r.IntN(5) == 0 {
			rows = append(rows, byte(r.IntN(3)))
		}
	}
	srv := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(srv.Close)
	tab := browser.Open(t).Tab(t, phone)
	tab.Go(srv.URL)
	for name, b := range map[string][]byte{"nothing": nil, "a byte": {7}, "code": code[len(code)/2:][:400_000], "rows": rows} {
		packed := lzma.Pack(b, lzma.Best)
		is := func(packed []byte, part int) string {
			return browser.Eval[string](tab, fmt.Sprintf(unpackedIs, script, base64.StdEncoding.EncodeToString(packed), base64.StdEncoding.EncodeToString(b), part))
		}
		for _, part := range []int{1, 23, 65536} {
			if got := is(packed, part); got != "whole" {
				t.Errorf("%s, %d bytes at a time: %s", name, part, got)
			}
		}
		for _, lost := range []int{1, 5, len(packed) / 2, len(packed) - 13} {
			if got := is(packed[:max(0, len(packed)-lost)], 4096); got == "whole" && len(b) > 5 || got == "other" {
				t.Errorf("%s without its last %d bytes: %s", name, lost, got)
			}
		}
	}
}
