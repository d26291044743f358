package shl

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// Another implementation reads our links and files, short and compressed ones, and we
// read its files.
func TestAnotherImplementation(t *testing.T) {
	const checks = "../../.ci/fhir"
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not installed")
	}
	if _, err := os.Stat(checks + "/node_modules"); err != nil {
		t.Skip("the other implementation is not installed: run npm ci in .ci/fhir")
	}
	link := Link{
		URL: "https://host.example/s/" + strings.Repeat("ab", 32), Key: keyOf(t, specificationKey),
		Exp: 1811116800, Flag: "LU", Label: "Año nuevo <&>",
	}
	for _, size := range []int{10, plainUntil + 1} {
		content := `{"resourceType":"Bundle","note":"` + strings.Repeat("ñ", size) + `"}`
		input, err := json.Marshal(map[string]string{"link": link.At("https://viewer.example/"), "jwe": encoded(t, []byte(content), FHIR, link.Key), "content": content})
		if err != nil {
			t.Fatal(err)
		}
		run := exec.Command(node, "shl.mjs")
		run.Dir = checks
		run.Stdin = bytes.NewReader(input)
		var stderr bytes.Buffer
		run.Stderr = &stderr
		out, err := run.Output()
		if err != nil {
			t.Fatalf("%v: %.1000s", err, stderr.String())
		}
		var got struct {
			Payload struct {
				URL, Flag, Key, Label string
				Exp                   int64
			}
			Direct               bool
			Content, ContentType string
			Again                string
			Theirs               []string
		}
		if err := json.Unmarshal(out, &got); err != nil {
			t.Fatalf("%v: %.1000s", err, out)
		}
		if p := got.Payload; p.URL != link.URL || p.Flag != link.Flag || p.Key != specificationKey || p.Label != link.Label || p.Exp != link.Exp || !got.Direct {
			t.Errorf("it reads the link as %+v", p)
		}
		if strings.TrimRight(got.Content, " ") != content || got.ContentType != FHIR {
			t.Errorf("it reads %d of %d bytes, %q", len(got.Content), len(content), got.ContentType)
		}
		if again, err := Parse(got.Again); err != nil || again != link {
			t.Errorf("its link of ours is %+v, %v", again, err)
		}
		for i, theirs := range got.Theirs {
			if read, kind, err := Decode(theirs, link.Key); err != nil || string(read) != content || kind != FHIR {
				t.Errorf("its file %d: %d of %d bytes, %q, %v", i, len(read), len(content), kind, err)
			}
		}
	}
}
