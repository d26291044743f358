package shl

import (
	"bytes"
	"compress/flate"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"strings"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"

	"github.com/evenkeel/evenkeel/internal/fault"
)

func encoded(t testing.TB, content []byte, contentType string, key [KeySize]byte) string {
	t.Helper()
	jwe, err := Encode(content, contentType, key, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return jwe
}

// The specification's own files open with its own key.
func TestVectorsOfFiles(t *testing.T) {
	key := keyOf(t, specificationKey)
	content, kind, err := Decode(read(t, "specification-example.jwe"), key)
	var card struct{ VerifiableCredential []string }
	if jerr := json.Unmarshal(content, &card); err != nil || jerr != nil || kind != "application/smart-health-card" || len(card.VerifiableCredential) != 1 {
		t.Errorf("%q, %.60s, %v", kind, content, err)
	}
	content, kind, err = Decode(read(t, "IPS_IG-bundle-01-enc.txt"), key)
	var bundle struct{ ResourceType, Type string }
	if jerr := json.Unmarshal(content, &bundle); err != nil || jerr != nil || kind != "" || bundle.ResourceType != "Bundle" || bundle.Type != "document" {
		t.Errorf("%q, %+v, %v, %v", kind, bundle, err, jerr)
	}
	if _, _, err := Decode(read(t, "CARIN_INS_CD-bundle-01-enc.txt"), key); !fault.Is(err, fault.Corrupt) {
		t.Errorf("a signed card, not encrypted: %v", err)
	}
}

// What goes in comes out but for spaces behind it, in a size class, whether it is
// compressed or not.
func TestFileRoundTrip(t *testing.T) {
	key := [KeySize]byte{1}
	rapid.Check(t, func(rt *rapid.T) {
		content := rapid.SliceOfN(rapid.Byte(), 0, 200_000).Draw(rt, "content")
		content = append(content, '}')
		jwe := encoded(t, content, FHIR, key)
		got, kind, err := Decode(jwe, key)
		if err != nil || kind != FHIR || !bytes.Equal(bytes.TrimRight(got, " "), content) {
			rt.Errorf("%d of %d bytes, %q, %v", len(got), len(content), kind, err)
		}
	})
}

// Base64 of 2^k bytes is 4/3 as long; of each class one length, compressed or not.
func TestFileSizes(t *testing.T) {
	key := [KeySize]byte{1}
	for _, c := range []struct {
		content int
		class   int
		zipped  bool
	}{
		{1, 4096, false}, {4096, 4096, false}, {4097, 8192, false}, {128 << 10, 128 << 10, false},
		{128<<10 + 1, 4096, true}, {6 << 20, 8192, true}, // 24,385 runs of 258 letters, each of two bits: 6,096 bytes
	} {
		jwe := encoded(t, bytes.Repeat([]byte("a"), c.content), FHIR, key)
		parts := strings.Split(jwe, ".")
		head, err := base64.RawURLEncoding.DecodeString(parts[0])
		text, err2 := base64.RawURLEncoding.DecodeString(parts[3])
		if err != nil || err2 != nil || bytes.Contains(head, []byte(`"zip":"DEF"`)) != c.zipped {
			t.Errorf("%d: header %s", c.content, head)
		}
		if short := c.class - len(text); short < 0 || short > 4 || !c.zipped && short != 0 {
			t.Errorf("%d bytes become %d, want %d", c.content, len(text), c.class)
		}
		if got, _, err := Decode(jwe, key); err != nil || len(bytes.TrimRight(got, " ")) != c.content {
			t.Errorf("%d bytes: %d, %v", c.content, len(got), err)
		}
	}
	if _, err := Encode(bytes.Repeat([]byte(" "), 8<<20+1), FHIR, key, rand.Reader); !fault.Is(err, fault.Invalid) {
		t.Errorf("more than our own page opens: %v", err)
	}
	noise := make([]byte, 1<<20+1)
	if _, err := rand.Read(noise); err != nil {
		t.Fatal(err)
	}
	if _, err := Encode(noise, FHIR, key, rand.Reader); !fault.Is(err, fault.Invalid) {
		t.Errorf("more than fits: %v", err)
	}
}

// One key serves all versions of a file: no IV may come twice.
func TestEachFileHasItsIV(t *testing.T) {
	seen := map[string]bool{}
	for range 500 {
		iv := strings.Split(encoded(t, []byte("{}"), FHIR, [KeySize]byte{1}), ".")[2]
		if seen[iv] || len(iv) != 16 {
			t.Fatalf("again %s", iv)
		}
		seen[iv] = true
	}
	if _, err := Encode([]byte("{}"), FHIR, [KeySize]byte{1}, iotest.ErrReader(fault.New(fault.Internal, "x"))); !fault.Is(err, fault.Internal) {
		t.Errorf("no random numbers: %v", err)
	}
}

// No letter of a file can change, and no other key opens it.
func TestEveryLetterCounts(t *testing.T) {
	key := [KeySize]byte{1}
	jwe := encoded(t, []byte(`{"resourceType":"Bundle"}`), FHIR, key)
	for i := range jwe {
		for _, other := range []byte{'A', 'B', '.'} {
			if jwe[i] == other {
				continue
			}
			changed := jwe[:i] + string(other) + jwe[i+1:]
			if content, _, err := Decode(changed, key); err == nil || content != nil {
				t.Fatalf("letter %d as %c: %v", i, other, err)
			}
		}
	}
	for _, cut := range []int{0, 1, len(jwe) / 2, len(jwe) - 1} {
		if _, _, err := Decode(jwe[:cut], key); !fault.Is(err, fault.Corrupt) {
			t.Errorf("cut at %d: %v", cut, err)
		}
	}
	if _, _, err := Decode(jwe, [KeySize]byte{2}); !fault.Is(err, fault.Corrupt) {
		t.Errorf("another key: %v", err)
	}
	if _, _, err := Decode(strings.Repeat("A", maxJWE+1), key); !fault.Is(err, fault.Invalid) {
		t.Errorf("too long: %v", err)
	}
}

// sealedAs encrypts plain under a header of one's own.
func sealedAs(t testing.TB, head string, plain []byte, key [KeySize]byte) string {
	t.Helper()
	gcm, err := newGCM(key)
	if err != nil {
		t.Fatal(err)
	}
	aad := base64.RawURLEncoding.EncodeToString([]byte(head))
	iv := make([]byte, ivSize)
	box := gcm.Seal(nil, iv, plain, []byte(aad))
	parts := []string{aad, "", base64url.EncodeToString(iv), base64url.EncodeToString(box[:len(plain)]), base64url.EncodeToString(box[len(plain):])}
	return strings.Join(parts, ".")
}

func TestHeadersOfOthers(t *testing.T) {
	key := [KeySize]byte{1}
	for head, want := range map[string]fault.Code{
		`{"alg":"dir","enc":"A256GCM"}`:                                "",
		`{"alg":"dir","enc":"A256GCM","kid":"x","typ":"JOSE","cty":3}`: fault.Corrupt,
		`{"alg":"dir","enc":"A128GCM"}`:                                fault.NewerVersion,
		`{"alg":"RSA-OAEP","enc":"A256GCM"}`:                           fault.NewerVersion,
		`{"alg":"dir","enc":"A256GCM","zip":"GZ"}`:                     fault.NewerVersion,
		`{"alg":"dir","enc":"A256GCM","crit":["exp"],"exp":1}`:         fault.NewerVersion,
		`{"alg":"none"}`: fault.NewerVersion,
		`"x"`:            fault.Corrupt,
	} {
		if _, _, err := Decode(sealedAs(t, head, []byte("{}"), key), key); fault.CodeOf(err) != want {
			t.Errorf("%s: %v, want %q", head, err, want)
		}
	}
}

// A file of kilobytes that would become gigabytes stops at the bound; one that is no
// DEFLATE is damaged.
func TestBombs(t *testing.T) {
	key := [KeySize]byte{1}
	const zip = `{"alg":"dir","enc":"A256GCM","zip":"DEF"}`
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	for range 65 { // MiB; the bound is 32
		if _, err := w.Write(make([]byte, 1<<20)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if content, _, err := Decode(sealedAs(t, zip, b.Bytes(), key), key); !fault.Is(err, fault.Invalid) || content != nil {
		t.Errorf("a bomb of %d bytes: %d bytes, %v", b.Len(), len(content), err)
	}
	for _, plain := range [][]byte{nil, []byte("{}"), b.Bytes()[:100]} {
		if _, _, err := Decode(sealedAs(t, zip, plain, key), key); !fault.Is(err, fault.Corrupt) {
			t.Errorf("%d bytes of no DEFLATE: %v", len(plain), err)
		}
	}
}

func FuzzDecode(f *testing.F) {
	key := keyOf(f, specificationKey)
	f.Add(read(f, "specification-example.jwe"))
	f.Add(read(f, "CARIN_INS_CD-bundle-01-enc.txt"))
	f.Add("....")
	f.Add(sealedAs(f, `{"alg":"dir","enc":"A256GCM","zip":"DEF"}`, []byte{1, 0, 0, 0xff, 0xff}, key))
	f.Fuzz(func(t *testing.T, jwe string) {
		content, kind, err := Decode(jwe, key)
		if err != nil && (content != nil || kind != "") {
			t.Error("something came out beside the error")
		}
		if len(content) > MaxContent {
			t.Errorf("%d bytes", len(content))
		}
	})
}
