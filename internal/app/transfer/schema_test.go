package transfer_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/internal/demo"
	"github.com/evenkeel/evenkeel/internal/testkit/place"
	"github.com/evenkeel/evenkeel/journal"
)

var update = flag.Bool("update", false, "write docs/export.schema.json and the enumerations of docs/formats.md")

const (
	schemaFile  = "../../../docs/export.schema.json"
	formatsFile = "../../../docs/formats.md"
	enumsBegin  = "<!-- enumerations: go test ./internal/app/transfer -run Schema -update -->\n"
	enumsEnd    = "<!-- end of enumerations -->\n"
)

// TestSchemaIsUpToDate keeps the schema and the table of enumerations to what the
// sources say:
//
//	go test ./internal/app/transfer -run Schema -update
func TestSchemaIsUpToDate(t *testing.T) {
	schema, enums := exportSchema(t)
	var text bytes.Buffer
	e := json.NewEncoder(&text)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(schema); err != nil {
		t.Fatal(err)
	}
	same(t, schemaFile, text.String())

	formats, err := os.ReadFile(formatsFile)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(formats), enumsBegin)
	_, after, ok2 := strings.Cut(rest, enumsEnd)
	if !ok || !ok2 {
		t.Fatal("docs/formats.md has no place for the enumerations")
	}
	table := "| Field | Values |\n|---|---|\n"
	for _, path := range slices.Sorted(maps.Keys(enums)) {
		var list []string
		for _, v := range enums[path] {
			if v != "" {
				list = append(list, "`"+v+"`")
			}
		}
		table += fmt.Sprintf("| `%s` | %s |\n", path, strings.Join(list, ", "))
	}
	same(t, formatsFile, before+enumsBegin+table+enumsEnd+after)
}

func same(t *testing.T, file, want string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("%s is not what the sources say: go test ./internal/app/transfer -run Schema -update", file)
	}
}

// published is the schema as it stands in docs.
func published(t *testing.T) *jsonschema.Schema {
	t.Helper()
	file, err := os.ReadFile(schemaFile)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("export.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("export.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func valid(t *testing.T, s *jsonschema.Schema, file []byte) error {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	return s.Validate(doc)
}

// exportOf is a file with one event.
func exportOf(event []byte) []byte {
	return fmt.Appendf(nil, `{"format":"evenkeel-journal","version":1,"exported":"2026-11-22T19:40:00-05:00","records":[{"id":"%032x","event":%s}]}`, 1, event)
}

// Exports as the app writes them are what the schema says: of a journal of sixty
// days with corrections and a deletion, of every version of every kind, and of
// what a newer release wrote.
func TestSchemaTakesEveryExport(t *testing.T) {
	s := published(t)
	a := place.InMemory(t)
	if err := demo.Fill(t.Context(), a, 1, 60); err != nil {
		t.Fatal(err)
	}
	ids := place.Record(t, a, place.Note("one"), place.Note("two"))
	if _, err := record.Correct(t.Context(), a, ids[0], place.Note("corrected")); err != nil {
		t.Fatal(err)
	}
	if err := record.Delete(t.Context(), a, ids[1]); err != nil {
		t.Fatal(err)
	}
	if err := valid(t, s, export(t, a)); err != nil {
		t.Errorf("a journal: %v", err)
	}
	for name, event := range goldenEvents(t) {
		if err := valid(t, s, exportOf(event)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := valid(t, s, []byte(newerFile)); err != nil {
		t.Errorf("what a newer release wrote: %v", err)
	}
}

// Of every enumeration the schema and the journal take the same values, and
// neither takes another.
func TestSchemaAndJournalTakeTheSameWords(t *testing.T) {
	s := published(t)
	_, enums := exportSchema(t)
	golden := goldenEvents(t)
	tried := 0
	for path, values := range enums {
		kind, field, _ := strings.Cut(path, ".")
		d := journal.Describe(journal.Kind(kind))
		if d == nil {
			continue // a part of a product, and the kind itself
		}
		for _, v := range append(slices.Clone(values), "zz") {
			var event map[string]any
			if err := json.Unmarshal(golden[fmt.Sprintf("%s-%d", kind, d.Version())], &event); err != nil {
				t.Fatal(err)
			}
			body, ok := event[kind].(map[string]any)
			if !ok {
				t.Fatalf("%s has no body", kind)
			}
			body[field] = any(v)
			if f, ok := d.Field(field); ok && f.Type == journal.FieldChoices {
				body[field] = []string{v}
			} else if ok && f.Type == journal.FieldScales {
				body[field] = map[string]int{v: f.Top}
			}
			text, err := json.Marshal(event)
			if err != nil {
				t.Fatal(err)
			}
			_, journalSays := journal.Decode(text)
			schemaSays := valid(t, s, exportOf(text))
			if (journalSays == nil) != (v != "zz") || (schemaSays == nil) != (v != "zz") {
				t.Errorf("%s = %q: the journal says %v, the schema %v", path, v, journalSays, schemaSays)
			}
			tried++
		}
	}
	if tried < 60 {
		t.Errorf("only %d words were tried", tried)
	}
}

// What is no export is refused.
func TestSchemaRefuses(t *testing.T) {
	s := published(t)
	note := `{"v":1,"kind":"note","at":"2026-11-01T08:00:00Z","recorded":"2026-11-01T08:00:00Z","note":{"text":"n"}}`
	for name, file := range map[string]string{
		"another format":   strings.Replace(string(exportOf([]byte(note))), "evenkeel-journal", "other", 1),
		"a newer version":  strings.Replace(string(exportOf([]byte(note))), `"version":1`, `"version":2`, 1),
		"a short id":       strings.Replace(string(exportOf([]byte(note))), `"id":"00`, `"id":"`, 1),
		"no payload":       string(exportOf([]byte(strings.Replace(note, `"note":{"text":"n"}`, `"other":{}`, 1)))),
		"a number as text": string(exportOf([]byte(strings.Replace(note, `"text":"n"`, `"text":3`, 1)))),
		"no time":          string(exportOf([]byte(strings.Replace(note, `"at":"2026-11-01T08:00:00Z",`, ``, 1)))),
		"a time of words":  string(exportOf([]byte(strings.Replace(note, `"at":"2026-11-01T08:00:00Z"`, `"at":"yesterday"`, 1)))),
	} {
		if valid(t, s, []byte(file)) == nil {
			t.Errorf("%s was taken", name)
		}
	}
}
