package recall

import (
	"bytes"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func read(t testing.TB, name string) *File {
	t.Helper()
	b, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	f, err := Read(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestRead(t *testing.T) {
	f := read(t, "enforcement.json")
	if f.Kind != Recall || f.Updated != "2026-04-22" || f.Records != 5 || !slices.Equal(f.Broken, []int{5}) || len(f.Notices) != 3 {
		t.Fatalf("%+v", f)
	}
	want := Notice{Kind: Recall, Number: "F-0001-2020", Firm: "Harbor Trade Llc", Product: "GREEN Kratom CAPSULES, sold under brand names Quiet River Kratom and Stone Otter. Bali Capsules",
		Reason: "Potential contamination with Salmonella.", Class: "Class I", On: "2020-03-09", Over: true, Lots: "Lot 12, 13"}
	if f.Notices[0] != want {
		t.Errorf("%+v", f.Notices[0])
	}
	if n := f.Notices[2]; n.Number != "F-0004-2022" || n.On != "2022-02-03" || n.Over {
		t.Errorf("%+v", n)
	}
	e := read(t, "event.json")
	if e.Kind != Report || len(e.Notices) != 1 || e.Notices[0].On != "2019-12-01" || e.Notices[0].Product != "STONE OTTER KRATOM; ASPIRIN" || e.Notices[0].Reason != "Dizziness, Vomiting" {
		t.Errorf("%+v", e)
	}
}

func TestReadRefuses(t *testing.T) {
	for text, want := range map[string]error{
		"": ErrNotOne, "[]": ErrNotOne, "{}": ErrNotOne, `{"results": 3}`: ErrNotOne, `{"results": []}`: ErrNotOne, "a,b\n1,2": ErrNotOne,
		`{"results": [{"recall_number": "F-1"}`:  ErrCut,
		`{"results": [{"recall_number": "F-1"}]`: ErrCut,
		`{"results": [{"recall_number": "F-`:     ErrCut,
	} {
		if f, err := Read(strings.NewReader(text)); !errors.Is(err, want) {
			t.Errorf("%q: %+v %v, want %v", text, f, err, want)
		}
	}
}

func TestOf(t *testing.T) {
	var b Book
	b.Add(read(t, "enforcement.json"))
	b.Add(read(t, "event.json"))
	b.Add(read(t, "enforcement.json")) // once more changes nothing
	if len(b.Notices) != 4 || b.Updated[Recall] != "2026-04-22" || b.Updated[Report] != "2026-01-15" {
		t.Fatalf("%+v", b)
	}
	for name, want := range map[string][]string{
		"Stone Otter":               {"names F-0001-2020", "names 2020-1"},
		"stone otter red maeng da":  {"names F-0001-2020", "names 2020-1"},
		"Stone-Otter® capsules 60g": {"names F-0001-2020", "names 2020-1"},
		"Quiet River":               {"names F-0001-2020"},
		"Otter":                     {"may F-0001-2020", "may 2020-1"},
		"K Shot":                    {"may F-0002-2021"},
		"Otterwell leaf":            {"may F-0002-2021"},
		"Deep Well 7-OH":            {"names F-0004-2022"},
		"River Quiet":               nil,                 // not in this order
		"River Stone":               {"may F-0001-2020"}, // the end of one name and the beginning of the next
		"green leaf":                nil, "7-OH": nil, "blue tablet": nil, "": nil, "Maeng Da 500 mg": nil, "kratom extract shot": nil, "Salmon": nil, "Aspirin Stone": nil,
	} {
		var got []string
		for _, m := range b.Of(name) {
			got = append(got, string(m.How)+" "+m.Number)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: %v, want %v", name, got, want)
		}
	}
}

// A product that a notice names is found under the notice's own words, whatever
// common words and signs stand around them.
func TestOfFindsItsOwnNames(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		brand := rapid.StringMatching(`[a-z]{5,9} [a-z]{5,9}`).Filter(func(s string) bool { return len(slices.DeleteFunc(words(s), isCommon)) == 2 }).Draw(t, "brand")
		around := rapid.SampledFrom([]string{"", "Red Maeng Da ", "60 caps ", "®"})
		b := Book{Notices: []Notice{{Kind: Recall, Number: "F-1", Product: around.Draw(t, "before") + strings.ToUpper(brand) + " Kratom"}}}
		if got := b.Of(around.Draw(t, "own") + brand); len(got) != 1 || got[0].How != Names {
			t.Fatalf("%+v", got)
		}
	})
}

func FuzzRead(f *testing.F) {
	for _, name := range []string{"enforcement.json", "event.json"} {
		b, err := os.ReadFile("testdata/" + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		got, err := Read(bytes.NewReader(b))
		if err != nil {
			return
		}
		if got.Kind == "" || len(got.Notices)+len(got.Broken) > got.Records {
			t.Errorf("%+v", got)
		}
		for _, n := range got.Notices {
			if n.Number == "" || strings.ContainsAny(n.Product+n.Reason+n.Firm, "\n\t\x00") {
				t.Errorf("%+v", n)
			}
		}
	})
}

// A value without an end is given up, long before the file's own bound.
func TestAnEndlessValue(t *testing.T) {
	for _, head := range []string{`{"x":"`, `{"results":[{"recall_number":"`} {
		in := &endless{rest: head}
		if _, err := Read(in); !errors.Is(err, ErrNotOne) {
			t.Errorf("%s: %v", head, err)
		}
		if in.given > 2*MostRecord {
			t.Errorf("%s: %d bytes were read", head, in.given)
		}
	}
}

// endless is a text and then one letter without end.
type endless struct {
	rest  string
	given int
}

func (e *endless) Read(p []byte) (int, error) {
	n := copy(p, e.rest)
	e.rest = e.rest[n:]
	for i := n; i < len(p); i++ {
		p[i] = 'x'
	}
	e.given += len(p)
	return len(p), nil
}
