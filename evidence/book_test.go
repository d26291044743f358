package evidence

import (
	"maps"
	"strings"
	"testing"
	"testing/fstest"
)

// whole is a set of files that can be read, with one claim.
func whole() fstest.MapFS {
	dir := fstest.MapFS{
		"sources.json":             {Data: []byte(`[{"id":"a2020","where":"J","design":"survey","read":"full"}]`)},
		"text/en/harms.json":       {Data: []byte(`{"hair":{"question":"Q?","statement":"S.","answer":"A.","why":"W.","changes":"C."}}`)},
		"text/en/safety.json":      {Data: []byte(`{"liver":"See a doctor."}`)},
		"text/es/getting_off.json": {Data: []byte(`{}`)},
	}
	for _, t := range Topics {
		dir["claims/"+string(t)+".json"] = &fstest.MapFile{Data: []byte(`[]`)}
	}
	dir["claims/harms.json"] = &fstest.MapFile{Data: []byte(`[{"id":"hair","about":"effect","verdict":"unproven","grade":"none"}]`)}
	return dir
}

func TestRead(t *testing.T) {
	l, err := read(whole())
	if err != nil || len(l.claims) != 1 || l.claims[0].Topic != "harms" || l.texts["en"]["hair"].Language != "en" || len(l.noteIDs) != 1 {
		t.Errorf("%+v, %v", l, err)
	}
}

// A slip of the pen in a file is named, not passed over.
func TestReadRefuses(t *testing.T) {
	for name, x := range map[string]struct{ file, data, says string }{
		"no file of a topic":         {"claims/law.json", "", "claims/law.json"},
		"a claim twice":              {"claims/law.json", `[{"id":"hair"}]`, "claim hair stands twice"},
		"a source twice":             {"sources.json", `[{"id":"a"},{"id":"a"}]`, "source a stands twice"},
		"an unknown field":           {"claims/harms.json", `[{"id":"hair","verdikt":"partly"}]`, "verdikt"},
		"no JSON":                    {"text/en/harms.json", `{"hair":`, "text/en/harms.json"},
		"a text for nobody":          {"text/en/harms.json", `{"hare":{}}`, `"hare"`},
		"a text under another topic": {"text/es/getting_off.json", `{"hair":{}}`, `"hair"`},
	} {
		dir := maps.Clone(whole())
		if dir[x.file] = (&fstest.MapFile{Data: []byte(x.data)}); x.data == "" {
			delete(dir, x.file)
		}
		if _, err := read(dir); err == nil || !strings.Contains(err.Error(), x.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func BenchmarkRead(b *testing.B) {
	for b.Loop() {
		if _, err := read(files); err != nil {
			b.Fatal(err)
		}
	}
}
