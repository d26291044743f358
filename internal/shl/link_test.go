package shl

import (
	"encoding/base64"
	"encoding/json"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/evenkeel/evenkeel/internal/fault"
)

// specificationKey is the key of all vectors of the specification.
const specificationKey = "rxTgYlOaKJPFtcEd0qcceN8wEU4p94SqAwIWQe6uX7Q"

func keyOf(t testing.TB, text string) [KeySize]byte {
	t.Helper()
	raw, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || len(raw) != KeySize {
		t.Fatalf("%d bytes, %v", len(raw), err)
	}
	return [KeySize]byte(raw)
}

func read(t testing.TB, name string) string {
	t.Helper()
	b, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(b))
}

// The specification's own example, whose text its order of properties gives; and ours
// with the fields in ours says the same.
func TestSpecificationExample(t *testing.T) {
	const example = "https://viewer.example.org#shlink:/eyJ1cmwiOiJodHRwczovL2Voci5leGFtcGxlLm9yZy9xci9ZOXh3a1VkdG1OOXd3b0pvTjNmZkpJaFgyVUd2Q0wxSm5sUFZOTDNrRFdNL20iLCJmbGFnIjoiTFAiLCJrZXkiOiJyeFRnWWxPYUtKUEZ0Y0VkMHFjY2VOOHdFVTRwOTRTcUF3SVdRZTZ1WDdRIiwibGFiZWwiOiJCYWNrLXRvLXNjaG9vbCBpbW11bml6YXRpb25zIGZvciBPbGl2ZXIgQnJvd24ifQ"
	want := Link{
		URL: "https://ehr.example.org/qr/Y9xwkUdtmN9wwoJoN3ffJIhX2UGvCL1JnlPVNL3kDWM/m", Flag: "LP",
		Key: keyOf(t, specificationKey), Label: "Back-to-school immunizations for Oliver Brown",
	}
	for _, text := range []string{example, strings.TrimPrefix(example, "https://viewer.example.org#"), " " + example + "\n"} {
		if got, err := Parse(text); err != nil || got != want {
			t.Errorf("%+v, %v", got, err)
		}
	}
	if got := want.At("https://viewer.example.org"); got != example {
		t.Errorf("ours is %s", got)
	}
	if got := want.At("https://viewer.example.org#"); got != example {
		t.Errorf("with its own # it is %s", got)
	}
}

func TestVectorsOfLinks(t *testing.T) {
	var ips struct {
		Payload struct{ URL, Flag, Key, Label string } `json:"shlinkJsonPayload"`
		Link    string                                 `json:"shlink"`
		Bare    string                                 `json:"shlinkBare"`
	}
	if err := json.Unmarshal([]byte(read(t, "IPS_IG-bundle-01-shl-details.json")), &ips); err != nil {
		t.Fatal(err)
	}
	want := Link{URL: ips.Payload.URL, Flag: "LU", Key: keyOf(t, ips.Payload.Key), Label: ips.Payload.Label}
	for _, text := range []string{ips.Link, ips.Bare} {
		if got, err := Parse(text); err != nil || got != want {
			t.Errorf("%+v, %v", got, err)
		}
	}
	if got := want.String(); got != ips.Link {
		t.Errorf("ours is %s", got)
	}
	carin, err := Parse(read(t, "CARIN_INS_CD-bundle-01-shl.txt"))
	if err != nil || carin.Label != "Demo SHL for carin-insurance-example" || !carin.Has('U') || !carin.Has('L') || carin.Has('P') {
		t.Errorf("%+v, %v", carin, err)
	}
}

// linkOf is a link with any payload.
func linkOf(payload string) string {
	return "shlink:/" + base64.RawURLEncoding.EncodeToString([]byte(payload))
}

// What others may write, and what breaks a rule.
func TestParse(t *testing.T) {
	const url, key = `"url":"https://h.example/s/x"`, `"key":"` + specificationKey + `"`
	for _, c := range []struct {
		payload string
		key     string // of the fault; "" where it is read
		exp     int64
	}{
		{`{` + url + `,` + key + `}`, "", 0},
		{`{` + key + `, ` + url + `, "exp": 1767225600, "v": 1, "_theirs": [1], "extension": {}}`, "", 1767225600},
		{`{` + url + `,` + key + `,"exp":1767225600.5}`, "", 1767225600},
		{`{` + url + `,` + key + `,"exp":"1767225600"}`, "", 1767225600},
		{`{` + url + `,` + key + `,"flag":"LUX"}`, "", 0},
		{`{` + url + `,` + key + `,"flag":"PU"}`, "shl.not_a_link", 0},
		{`{` + url + `,` + key + `,"flag":"UL"}`, "shl.not_a_link", 0},
		{`{` + url + `,` + key + `,"flag":"LL"}`, "shl.not_a_link", 0},
		{`{` + url + `,` + key + `,"flag":"lu"}`, "shl.not_a_link", 0},
		{`{` + url + `,` + key + `,"exp":-1}`, "shl.not_a_link", 0},
		{`{` + url + `,` + key + `,"exp":1e300}`, "shl.not_a_link", 0},
		{`{` + url + `,` + key + `,"exp":"soon"}`, "shl.not_a_link", 0},
		{`{` + url + `,` + key + `,"v":2}`, "shl.newer_link", 0},
		{`{` + url + `,` + key + `,"label":"` + strings.Repeat("ñ", 80) + `"}`, "", 0},
		{`{` + url + `,` + key + `,"label":"` + strings.Repeat("ñ", 81) + `"}`, "shl.label", 0},
		{`{"url":"https://h.example/` + strings.Repeat("x", 110) + `",` + key + `}`, "", 0},        // 18 + 110 = 128
		{`{"url":"https://h.example/` + strings.Repeat("x", 111) + `",` + key + `}`, "shl.url", 0}, // 129
		{`{"url":"javascript:alert(1)",` + key + `}`, "shl.url", 0},
		{`{"url":"/s/x",` + key + `}`, "shl.url", 0},
		{`{` + key + `}`, "shl.url", 0},
		{`{` + url + `}`, "shl.not_a_link", 0},
		{`{` + url + `,"key":"` + specificationKey[1:] + `"}`, "shl.not_a_link", 0},
		{`{` + url + `,"key":"` + specificationKey[:42] + `R"}`, "shl.not_a_link", 0}, // bits behind the 32 bytes
		{`[]`, "shl.not_a_link", 0},
		{`{`, "shl.not_a_link", 0},
	} {
		l, err := Parse(linkOf(c.payload))
		if key, _ := fault.KeyOf(err); key != c.key || err == nil && l.Exp != c.exp {
			t.Errorf("%s: %q, exp %d", c.payload, key, l.Exp)
		}
	}
	for _, text := range []string{"", "shlink:/", "https://viewer.example/", "https://viewer.example/shlink:/e30", "shlink:/!", linkOf(`{"a":"` + strings.Repeat("x", 1<<15) + `"}`)} {
		if _, err := Parse(text); !fault.Is(err, fault.Invalid) {
			t.Errorf("%.40s: %v", text, err)
		}
	}
	// Some end base64 with its padding.
	if _, err := Parse(linkOf(`{`+url+`,`+key+`}`) + "=="); err != nil {
		t.Errorf("padded: %v", err)
	}
}

func TestAnyLinkComesBack(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		l := Link{
			URL:   "https://h.example/s/" + rapid.StringMatching(`[0-9a-f]{64}`).Draw(rt, "address"),
			Key:   [KeySize]byte(rapid.SliceOfN(rapid.Byte(), KeySize, KeySize).Draw(rt, "key")),
			Exp:   rapid.Int64Range(0, 1<<40).Draw(rt, "exp"),
			Flag:  rapid.SampledFrom([]string{"", "L", "LP", "LU", "P", "U"}).Draw(rt, "flag"),
			Label: rapid.StringN(0, 80, -1).Filter(utf8.ValidString).Draw(rt, "label"),
		}
		if got, err := Parse(l.At("https://v.example/")); err != nil || got != l {
			rt.Errorf("%+v became %+v, %v", l, got, err)
		}
	})
}

func FuzzParse(f *testing.F) {
	f.Add(linkOf(`{"url":"https://h.example/s/x","key":"` + specificationKey + `","flag":"U","exp":1}`))
	f.Add("https://v.example/#shlink:/e30")
	f.Add("shlink:/")
	f.Fuzz(func(t *testing.T, text string) {
		l, err := Parse(text)
		if err != nil {
			return
		}
		if again, err := Parse(l.String()); err != nil || again != l {
			t.Errorf("%+v became %+v, %v", l, again, err)
		}
	})
}
