package evenkeel_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// callsIn lists what a Go file uses of other packages, by the import's own
// path whatever it is called in the file: "time.Now", "math/rand/v2.IntN". A
// package whose names were taken in whole is "path.*".
func callsIn(t *testing.T, file string) []string {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	from := map[string]string{}
	var names []string
	for _, i := range f.Imports {
		p, err := strconv.Unquote(i.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case i.Name == nil:
			base := path.Base(p)
			if len(base) > 1 && base[0] == 'v' && strings.Trim(base[1:], "0123456789") == "" {
				base = path.Base(path.Dir(p))
			}
			from[base] = p
		case i.Name.Name == ".":
			names = append(names, p+".*")
		default:
			from[i.Name.Name] = p
		}
	}
	ast.Inspect(f, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := s.X.(*ast.Ident); ok && from[x.Name] != "" {
				names = append(names, from[x.Name]+"."+s.Sel.Name)
			}
		}
		return true
	})
	return names
}

// asksClockOrDice tells that a use of another package reads the time or a
// source of chance that was not handed in.
func asksClockOrDice(use string) bool {
	pkg, name := use[:strings.LastIndex(use, ".")], use[strings.LastIndex(use, ".")+1:]
	switch pkg {
	case "time":
		return slices.Contains([]string{"Now", "Since", "Until", "After", "Tick", "NewTimer", "NewTicker", "AfterFunc", "Sleep", "*"}, name)
	case "math/rand", "math/rand/v2":
		// Making a source of a seed is handing chance in; the rest is global.
		return !slices.Contains([]string{"New", "NewPCG", "NewChaCha8", "NewSource", "Rand", "Source", "PCG", "ChaCha8"}, name)
	case "crypto/rand":
		return true
	}
	return false
}

// The check above sees through other names for the same thing.
func TestAClockUnderAnotherNameIsSeen(t *testing.T) {
	for _, c := range []struct {
		code string
		want bool
	}{
		{`import "time"; var _ = time.Now`, true},
		{`import clock "time"; var _ = clock.Now()`, true},
		{`import . "time"; var _ = Now()`, true},
		{`import dice "math/rand/v2"; var _ = dice.IntN(6)`, true},
		{`import "math/rand/v2"; var _ = rand.N(6)`, true},
		{`import "math/rand/v2"; var _ = rand.New(rand.NewPCG(1, 2))`, false},
		{`import "time"; var _ = time.Hour`, false},
		{`import "crypto/rand"; var _ = rand.Reader`, true},
	} {
		file := filepath.Join(t.TempDir(), "x.go")
		if err := os.WriteFile(file, []byte("package x; "+c.code), 0o600); err != nil {
			t.Fatal(err)
		}
		if got := slices.ContainsFunc(callsIn(t, file), asksClockOrDice); got != c.want {
			t.Errorf("%s: %v", c.code, got)
		}
	}
}
