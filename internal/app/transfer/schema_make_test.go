package transfer_test

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/app/transfer"
	"github.com/evenkeel/evenkeel/journal"
)

// journalFolder is where the types of the payloads are explained.
const journalFolder = "../../../journal"

// object is a part of a schema.
type object = map[string]any

// choices are the enumerations that are types of their own, or that a kind
// checks by itself: by type, or by kind and field.
var choices = map[string][]string{
	"journal.Form":   texts(journal.Forms),
	"journal.Basis":  texts([]journal.Basis{journal.Assumed, journal.Label, journal.Laboratory}),
	"settings.clock": {"", "12h", "24h"},
	"settings.units": {"metric", "us"},
	"settings.goal":  {"", "understand", "cut_down", "quit"},
	"share.renew":    journal.ShareRenewals,
}

func texts[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = string(v)
	}
	return out
}

// goldenEvents are one event of every version of every kind, by file name.
func goldenEvents(t *testing.T) map[string][]byte {
	t.Helper()
	files, err := filepath.Glob(journalFolder + "/testdata/events/*.json")
	if err != nil || len(files) == 0 {
		t.Fatal("no events", err)
	}
	out := map[string][]byte{}
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		out[strings.TrimSuffix(filepath.Base(f), ".json")] = data
	}
	return out
}

// allKinds are the kinds that this release writes, in the order of their names.
func allKinds(t *testing.T) []journal.Kind {
	t.Helper()
	var list []journal.Kind
	for name := range goldenEvents(t) {
		kind, _, _ := strings.Cut(name, "-")
		if !slices.Contains(list, journal.Kind(kind)) {
			list = append(list, journal.Kind(kind))
		}
	}
	slices.Sort(list)
	return list
}

// maker makes the schema from the types of the journal, the fields of its kinds
// and the comments that explain them.
type maker struct {
	docs map[string]string // of Type and Type.Field
	defs object
	// enums are the enumerations by the path of their field, for people.
	enums map[string][]string
}

// exportSchema is the JSON Schema of the export, and its enumerations.
func exportSchema(t *testing.T) (object, map[string][]string) {
	t.Helper()
	m := &maker{docs: comments(t), defs: object{}, enums: map[string][]string{}}
	kinds := allKinds(t)
	var rules []any
	for _, k := range kinds {
		d := journal.Describe(k)
		m.defs[string(k)] = m.of(reflect.TypeOf(d.New()).Elem(), d)
		// A kind or a version that a newer release brings is carried as it is.
		rules = append(rules, object{
			"if":   object{"properties": object{"kind": object{"const": k}, "v": object{"const": d.Version()}}, "required": []string{"kind", "v"}},
			"then": object{"required": []string{string(k)}, "properties": object{string(k): object{"$ref": "#/$defs/" + string(k)}}},
		})
	}
	m.enums["kind"] = texts(kinds)
	moment := func(doc string) object { return object{"type": "string", "format": "date-time", "description": doc} }
	m.defs["id"] = object{"type": "string", "pattern": "^[0-9a-f]{32}$", "description": m.docs["ID"]}
	m.defs["event"] = object{
		"type": "object", "description": m.docs["Event"], "required": []string{"v", "kind", "at", "recorded"},
		"properties": object{
			"v":        object{"type": "integer", "minimum": 1, "description": m.docs["envelope.V"]},
			"kind":     object{"type": "string", "description": m.docs["Event.Kind"], "examples": kinds},
			"at":       moment(m.docs["Event.At"]),
			"recorded": moment(m.docs["Event.Recorded"]),
			"replaces": object{"$ref": "#/$defs/id", "description": m.docs["Event.Replaces"]},
			"rev":      object{"type": "integer", "minimum": 0, "maximum": int(journal.MaxRev), "description": m.docs["Event.Rev"]},
			"origin":   object{"$ref": "#/$defs/origin", "description": m.docs["Event.Origin"]},
		},
		"allOf": rules,
	}
	m.defs["origin"] = m.of(reflect.TypeFor[journal.Origin](), nil)
	return object{
		"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "urn:evenkeel:export:1",
		"title": "Evenkeel JSON export, version 1", "type": "object", "required": []string{"format", "version", "records"},
		"properties": object{
			"format": object{"const": transfer.ExportFormat}, "version": object{"const": transfer.ExportVersion}, "exported": object{"type": "string", "format": "date-time"},
			"records": object{"type": "array", "items": object{"type": "object", "required": []string{"id", "event"},
				"properties": object{"id": object{"$ref": "#/$defs/id"}, "event": object{"$ref": "#/$defs/event"}}}},
		},
		"$defs": m.defs,
	}, m.enums
}

// of is the schema of a struct; d is the kind that it is the payload of, nil for
// a part.
func (m *maker) of(t reflect.Type, d *journal.Descriptor) object {
	properties, required := object{}, []string{}
	for i := range t.NumField() {
		f := t.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		path := t.Name() + "." + f.Name
		p := m.value(f.Type)
		if doc := m.docs[path]; doc != "" {
			p["description"] = doc
		}
		if d != nil {
			m.told(d, name, p)
		} else if list, ok := choices[f.Type.String()]; ok {
			m.enums[strings.ToLower(t.Name())+"."+name] = list
		}
		properties[name] = p
		if !strings.Contains(options, "omit") {
			required = append(required, name)
		}
	}
	out := object{"type": "object", "properties": properties}
	if len(required) > 0 {
		out["required"] = required
	}
	if doc := m.docs[t.Name()]; doc != "" {
		out["description"] = doc
	}
	return out
}

// told adds what the kind's descriptor says of a field.
func (m *maker) told(d *journal.Descriptor, name string, p object) {
	path := string(d.Kind) + "." + name
	f, ok := d.Field(name)
	switch {
	case ok && f.Type == journal.FieldChoice:
		list := f.Options
		if !f.Needed {
			list = append([]string{""}, list...)
		}
		p["enum"], m.enums[path] = list, f.Options
	case ok && f.Type == journal.FieldChoices:
		p["items"], m.enums[path] = object{"enum": f.Options}, f.Options
	case ok && f.Type == journal.FieldScales:
		p["propertyNames"], m.enums[path] = object{"enum": f.Options}, f.Options
		p["additionalProperties"] = object{"type": "integer", "minimum": 0, "maximum": f.Top}
	case ok && f.Type == journal.FieldScale:
		p["minimum"], p["maximum"] = 0, f.Top
	case choices[path] != nil:
		p["enum"], m.enums[path] = choices[path], choices[path]
	case p["enum"] != nil:
		m.enums[path], _ = p["enum"].([]string)
	}
}

// value is the schema of a type.
func (m *maker) value(t reflect.Type) object {
	switch {
	case t == reflect.TypeFor[journal.ID]():
		return object{"$ref": "#/$defs/id"}
	case t == reflect.TypeFor[journal.Date]():
		return object{"type": "string", "format": "date"}
	case t == reflect.TypeFor[time.Time]():
		return object{"type": "string", "format": "date-time"}
	case t == reflect.TypeFor[[]byte]():
		return object{"type": "string", "contentEncoding": "base64"}
	case t == reflect.TypeFor[json.RawMessage]():
		return object{}
	case choices[t.String()] != nil:
		return object{"type": "string", "enum": choices[t.String()]}
	}
	switch t.Kind() {
	case reflect.Pointer:
		return m.value(t.Elem())
	case reflect.String:
		return object{"type": "string"}
	case reflect.Bool:
		return object{"type": "boolean"}
	case reflect.Int:
		return object{"type": "integer"}
	case reflect.Float64:
		return object{"type": "number"}
	case reflect.Slice:
		return object{"type": "array", "items": m.value(t.Elem())}
	case reflect.Map:
		return object{"type": "object", "additionalProperties": m.value(t.Elem())}
	case reflect.Struct:
		name := strings.ToLower(t.Name())
		if m.defs[name] == nil {
			m.defs[name] = m.of(t, nil)
		}
		return object{"$ref": "#/$defs/" + name}
	}
	panic(fmt.Sprintf("say here how a %s is written", t))
}

// comments are what the sources say of the types and their fields, in one line.
func comments(t *testing.T) map[string]string {
	t.Helper()
	docs := map[string]string{}
	line := func(groups ...*ast.CommentGroup) string {
		for _, g := range groups {
			if s := strings.Join(strings.Fields(g.Text()), " "); s != "" {
				return s
			}
		}
		return ""
	}
	err := filepath.WalkDir(journalFolder, func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && p != journalFolder:
			return fs.SkipDir
		case !strings.HasSuffix(p, ".go") || strings.HasSuffix(p, "_test.go"):
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), p, nil, parser.ParseComments)
		if err != nil {
			return err
		}
		for _, decl := range file.Decls {
			g, ok := decl.(*ast.GenDecl)
			if !ok {
				continue
			}
			for _, spec := range g.Specs {
				s, ok := spec.(*ast.TypeSpec)
				if !ok {
					continue
				}
				docs[s.Name.Name] = line(s.Doc, g.Doc)
				if fields, ok := s.Type.(*ast.StructType); ok {
					for _, f := range fields.Fields.List {
						for _, n := range f.Names {
							docs[s.Name.Name+"."+n.Name] = line(f.Doc, f.Comment)
						}
					}
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return docs
}
