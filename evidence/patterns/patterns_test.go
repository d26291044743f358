package patterns_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/evenkeel/evenkeel/evidence/patterns"
)

// compiled is a language with this one pattern.
func compiled(pattern string) (*patterns.Set, error) {
	return patterns.Compile(patterns.File{
		Language: "en",
		Terms:    map[string][]string{"pain": {"pain", "ache*"}, "loop": {"@loop"}},
		Claims:   map[string]patterns.Claim{"x": {Patterns: []string{pattern}}},
	})
}

func TestAPatternIsRead(t *testing.T) {
	s, err := compiled("- + relieves|eases /3 @pain & kratom .. daily !not_so")
	if err != nil {
		t.Fatal(err)
	}
	r := s.Rules[0]
	if !r.Opposite || !r.Free || r.Weak || len(r.Groups) != 2 || len(r.Not) != 1 {
		t.Fatalf("%+v", r)
	}
	if g := r.Groups[0]; len(g) != 2 || g[1].Gap != 3 {
		t.Errorf("first group %+v", g)
	}
	if g := r.Groups[1]; len(g) != 2 || g[1].Gap < 1000 {
		t.Errorf("second group %+v", g)
	}
}

func TestMistakesAreFound(t *testing.T) {
	for pattern, want := range map[string]string{
		"":          "no last item",
		"a &":       "no last item",
		"& a":       "before &",
		"@nothing":  "no term nothing",
		"a /x b":    "no gap",
		"a|. b":     "no word",
		"@loop":     "stands in itself",
		"- !a":      "no last item",
		"a & !@non": "no term non",
	} {
		if _, err := compiled(pattern); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", pattern, err, want)
		}
	}
}

func TestEveryLanguageCompiles(t *testing.T) {
	if len(patterns.Languages()) == 0 {
		t.Fatal("no language")
	}
	for _, l := range patterns.Languages() {
		f, err := patterns.Read(l)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := patterns.Compile(f); err != nil {
			t.Errorf("%s: %v", l, err)
		}
		// Two that take each other away would both be gone.
		for id, c := range f.Claims {
			for _, wide := range c.Over {
				if slices.Contains(f.Claims[wide].Over, id) {
					t.Errorf("%s: %s and %s each stand over the other", l, id, wide)
				}
			}
		}
	}
}

func FuzzPattern(f *testing.F) {
	f.Add("- + a|@pain /3 b & c .. d !e")
	f.Fuzz(func(t *testing.T, p string) {
		s, err := compiled(p)
		if err == nil && len(s.Rules[0].Groups) == 0 {
			t.Errorf("%q has no group", p)
		}
	})
}
