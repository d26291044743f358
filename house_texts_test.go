package evenkeel_test

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/evenkeel/evenkeel/journal"
)

// notSwept are rooms whose sentences still stand in the code. A room leaves
// the list with its last sentence; none comes back.
var notSwept = []string{}

// spoken are the functions whose argument at this place is a catalogue's key,
// with the arguments of the sentence behind it.
var spoken = map[string]int{
	"fault.New": 1, "fault.Wrap": 2, "FieldError": 1, "usage": 0, "T": 0, "t": 0, "say": 0, "bad": 1, "wrong": 1,
}

// built are the beginnings of keys that the code puts together.
var built = []string{
	"audit.broken.",
	"batch.n.",
	"batch.passed.",
	"batch.source.",
	"alkaloid.",
	"basis.",
	"caseload.",
	"cli.desk.refused.",
	"cli.doctor.what.",
	"cli.share.",
	"cli.sharing.step.",
	"cli.trend.",
	"check.count.", "check.cue.", "check.interest.", "check.omits.", "check.reading.", "check.stance.", "check.verdict.",
	"csv.",
	"curve.",
	"evidence.design.",
	"evidence.grade.",
	"evidence.place.",
	"evidence.read.",
	"evidence.reason.",
	"evidence.review.",
	"evidence.side.",
	"evidence.topic.",
	"evidence.verdict.",
	"fhir.column.", "fhir.part.", "fhir.plan_status.", "fhir.section.",
	"fit.",
	"form.",
	"days.",
	"known_from.",
	"learn.how.",
	"learn.means.",
	"help.act.",
	"help.for.",
	"help.sign.",
	"in_pocket.",
	"insight.alcohol",
	"insight.asked.",
	"insight.creep.down.",
	"insight.creep.up.",
	"insight.felt",
	"insight.gaps",
	"insight.helped.",
	"insight.kind.",
	"insight.score.",
	"insight.sleep",
	"insight.steadier.",
	"insight.stopped.",
	"insight.usual.above.",
	"insight.usual.back.",
	"insight.with",
	"kind.",
	"month.",
	"month_short.",
	"nav.",
	"pair.",
	"places.ask.",
	"places.broken.",
	"places.need.",
	"plan.change.",
	"product.holds.",
	"quick.ask.",
	"recalls.how.",
	"recalls.imported.",
	"recalls.source.",
	"recalls.updated.",
	"quick.choice.",
	"quick.span.",
	"program.cell.",
	"program.did.",
	"program.kind.",
	"program.nav.",
	"program.part.",
	"program.row.",
	"program.show.",
	"program.table.",
	"program.unit.",
	"quick.unit.",
	"quick.what.",
	"safety.",
	"say.",
	"share.element.", "share.flag.", "share.missing.", "share.mixed.", "share.part.", "share.purpose.", "share.state.",
	"sharing.days.", "sharing.end_said.", "sharing.form.", "sharing.how.", "sharing.recipient.", "sharing.renew_said.", "sharing.renewal.", "sharing.sign.", "sharing.state.", "sharing.step.",
	"sources.form.",
	"sources.grade.",
	"sources.number.",
	"sources.say.",
	"sources.topic.",
	"span.",
	"spans.",
	"standing.",
	"summary.felt.",
	"summary.part.",
	"copies.part.",
	"tolerance.",
	"total.",
	"trends.before.",
	"trends.last.",
	"trends.row.",
	"trends.span.",
	"trends.unit.",
	"unit.",
	"way.do.",
	"way.flag.",
	"way.least.keep.", "way.least.proof.", "way.least.sooner.", "way.least.why.", "way.pace.",
	"way.published.",
	"way.rests.",
	"way.strategy.",
	"way.why.",
	"weekday.",
	"weekday_short.",
}

// kindTexts are the keys that a kind of entry may have for itself and its
// fields: they follow from its descriptor.
func kindTexts() []string {
	var list []string
	for _, k := range journal.EntryKinds() {
		list = append(list, string(k)+".explain")
		for _, f := range journal.Describe(k).Fields {
			key := string(k) + "." + f.Name
			list = append(list, f.Said, key, key+".hint", key+".low", key+".high", key+".none", key+".needed")
			for _, o := range f.Options {
				list = append(list, f.Words+o)
			}
			for i := range f.Top + 1 {
				list = append(list, f.Words+strconv.Itoa(i))
			}
		}
	}
	return list
}

// written are files whose sentences are no words of Evenkeel.
var written = map[string]string{
	"internal/demo/demo.go": "notes that the made-up person wrote",
}

// noKeys look like keys and are names of files.
var noKeys = []string{"desk.db", "journal.db", "sources.json"}

var (
	keyShape = regexp.MustCompile(`^[a-z0-9_]+(\.[A-Za-z0-9_]+)*$`)
	// A sentence has a capital letter, a space and a full stop at its end.
	sentenceShape = regexp.MustCompile(`(?s)[A-Z].* .*\.$|[A-Z][^ ]* .*\.$`)
	placeholder   = regexp.MustCompile(`\{([A-Za-z0-9_]+)\}`)
	// flagCall defines a flag.
	flagCall = regexp.MustCompile(`^(Bool|String|Int|Float64|Duration|StringArray|StringSlice)(Var)?P?$`)
	words    = regexp.MustCompile(`[A-Za-z]{2,} [A-Za-z]`)
	// textNode is text between tags of a page.
	textNode = regexp.MustCompile(`>\s*([^<>{}@]*[A-Za-z]{3,}[^<>{}@]*)<`)
)

// catalogue is the English texts as they stand in the files, and the files'
// names. (That the other languages agree is tested where they are read.)
func catalogue(t *testing.T) (texts map[string]string, rooms []string) {
	t.Helper()
	texts = map[string]string{}
	files, err := filepath.Glob("internal/locale/en/*.json")
	commands, bad := filepath.Glob("internal/locale/en/command/*.json")
	if err != nil || bad != nil || len(files) == 0 || len(commands) == 0 {
		t.Fatal("no texts", err, bad)
	}
	files = append(files, commands...)
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		var m map[string]json.RawMessage
		if err := json.Unmarshal(data, &m); err != nil {
			t.Fatal(f, err)
		}
		for k, v := range m {
			texts[k] = string(v)
		}
		rooms = append(rooms, strings.TrimSuffix(filepath.Base(f), ".json"))
	}
	return texts, rooms
}

// sources are the files that are shipped, by path: not tests, not the tools of
// those who build Evenkeel.
func sources(t *testing.T, ext string) []string {
	t.Helper()
	var list []string
	err := filepath.WalkDir(".", func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (p == "tools" || p == "internal/testkit" || d.Name() == "testdata" || p != "." && strings.HasPrefix(d.Name(), ".")):
			return fs.SkipDir
		case strings.HasSuffix(p, ext) && !strings.HasSuffix(p, "_test.go") && !strings.HasSuffix(p, "_templ.go"):
			list = append(list, filepath.ToSlash(p))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// literal is one string of the source.
type literal struct {
	at   token.Position
	text string
	// key is set where a key of the catalogue is due; names are the
	// placeholders that come with it, nil where they are not written out.
	key   bool
	names []string
	// example is set for what somebody could type, which is in no language.
	example bool
	// help is set for what the help of a command or flag says.
	help bool
}

func literals(t *testing.T, file string) []literal {
	t.Helper()
	set := token.NewFileSet()
	f, err := parser.ParseFile(set, file, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	marks := map[*ast.BasicLit]literal{}
	skip := map[*ast.BasicLit]bool{}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ImportSpec:
			skip[n.Path] = true
		case *ast.Field:
			skip[n.Tag] = true
		case *ast.KeyValueExpr:
			name, ok := n.Key.(*ast.Ident)
			if l, isString := n.Value.(*ast.BasicLit); ok && isString {
				marks[l] = literal{example: name.Name == "Example", help: name.Name == "Long" || name.Name == "Short"}
			}
		case *ast.CallExpr:
			if flagCall.MatchString(called(n)) && len(n.Args) > 1 {
				// What is said of a flag comes last, perhaps put together.
				ast.Inspect(n.Args[len(n.Args)-1], func(part ast.Node) bool {
					if l, ok := part.(*ast.BasicLit); ok && l.Kind == token.STRING {
						marks[l] = literal{help: true}
					}
					_, call := part.(*ast.CallExpr)
					return !call
				})
			}
			at, ok := spoken[called(n)]
			if !ok || at >= len(n.Args) {
				break
			}
			if l, ok := n.Args[at].(*ast.BasicLit); ok {
				marks[l] = literal{key: true, names: names(n, at+1)}
			}
		}
		return true
	})
	var list []literal
	ast.Inspect(f, func(n ast.Node) bool {
		l, ok := n.(*ast.BasicLit)
		if !ok || l.Kind != token.STRING || skip[l] {
			return true
		}
		text, err := strconv.Unquote(l.Value)
		if err != nil {
			t.Fatal(err)
		}
		m := marks[l]
		m.at, m.text = set.Position(l.Pos()), text
		list = append(list, m)
		return true
	})
	return list
}

// called is how a call names its function: with the package for fault's, by
// its own name otherwise.
func called(c *ast.CallExpr) string {
	switch f := c.Fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		if x, ok := f.X.(*ast.Ident); ok && x.Name == "fault" {
			return "fault." + f.Sel.Name
		}
		return f.Sel.Name
	}
	return ""
}

func names(c *ast.CallExpr, from int) []string {
	list := []string{}
	if c.Ellipsis.IsValid() {
		return nil
	}
	for i := from; i < len(c.Args); i += 2 {
		l, ok := c.Args[i].(*ast.BasicLit)
		if !ok || l.Kind != token.STRING {
			return nil
		}
		list = append(list, strings.Trim(l.Value, `"`))
	}
	return list
}

// TestNoSentenceOutsideTheCatalogue finds what people read in the code instead
// of in the files of texts.
func TestNoSentenceOutsideTheCatalogue(t *testing.T) {
	found := map[string]int{}
	for _, file := range sources(t, ".go") {
		room := filepath.ToSlash(filepath.Dir(file))
		if i := slices.IndexFunc(notSwept, func(r string) bool { return room == r || r == "internal/store" && within(room, []string{r}) }); i >= 0 {
			room = notSwept[i]
		}
		for _, l := range literals(t, file) {
			if l.help && words.MatchString(l.text) {
				t.Errorf("%s: help outside internal/locale: %q", l.at, l.text)
			}
			if l.example || written[file] != "" || !sentenceShape.MatchString(l.text) && !(l.key && !keyShape.MatchString(l.text)) {
				continue
			}
			found[room]++
			if !slices.Contains(notSwept, room) {
				t.Errorf("%s: a sentence outside internal/locale: %q", l.at, l.text)
			}
		}
	}
	for _, room := range notSwept {
		if found[room] == 0 {
			t.Errorf("%s has no sentence left: take it off the list notSwept", room)
		}
	}
	for _, file := range sources(t, ".templ") {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range textNode.FindAllStringSubmatch(string(data), -1) {
			if m[1] == "Evenkeel" || strings.HasPrefix(m[1], "case ") || strings.HasPrefix(m[1], "default:") {
				continue // a name, and Go between two tags
			}
			t.Errorf("%s: text outside internal/locale: %q", file, m[1])
		}
	}
}

// begins reports that some key goes on from here.
func begins(texts map[string]string, prefix string) bool {
	for key := range texts {
		if strings.HasPrefix(key, prefix) {
			return true
		}
	}
	return false
}

var templKey = regexp.MustCompile(`\bT\(\s*"([^"]*)"\s*[,)]`)
var templString = regexp.MustCompile(`"((?:[^"\\]|\\.)*)"`)

// TestEveryKeyIsThereAndInUse holds code and catalogue together in both
// directions.
func TestEveryKeyIsThereAndInUse(t *testing.T) {
	texts, rooms := catalogue(t)
	used, seen := map[string]bool{}, map[string]bool{}
	roomKey := regexp.MustCompile(`^(` + strings.Join(rooms, "|") + `)(\.[a-z0-9_]+)+$`)
	calls := 0
	for _, file := range sources(t, ".go") {
		for _, l := range literals(t, file) {
			used[l.text] = true
			seen[l.text] = true
			_, ok := texts[l.text]
			if l.key {
				calls++
			}
			switch {
			case ok && l.key && l.names != nil:
				for _, p := range placeholder.FindAllStringSubmatch(texts[l.text], -1) {
					if !slices.Contains(l.names, p[1]) {
						t.Errorf("%s: %q is not told what {%s} stands for", l.at, l.text, p[1])
					}
				}
			case !ok && l.key && keyShape.MatchString(l.text) && !slices.Contains(built, l.text):
				t.Errorf("%s: the catalogue has no %q", l.at, l.text)
			case !ok && roomKey.MatchString(l.text) && !slices.Contains(noKeys, l.text) && !begins(texts, l.text+"."):
				t.Errorf("%s: %q looks like a key, and the catalogue has none", l.at, l.text)
			}
		}
	}
	for _, file := range sources(t, ".templ") {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range templKey.FindAllStringSubmatch(string(data), -1) {
			calls++
			if _, ok := texts[m[1]]; !ok {
				t.Errorf("%s: the catalogue has no %q", file, m[1])
			}
		}
		for _, m := range templString.FindAllStringSubmatch(string(data), -1) {
			used[m[1]], seen[m[1]] = true, true
		}
	}
	for _, key := range kindTexts() {
		used[key] = true
	}
	if calls < 500 {
		t.Errorf("only %d calls were found: the test hardly tests", calls)
	}
	prefixed := map[string]bool{}
	for _, key := range slices.Sorted(maps.Keys(texts)) {
		i := slices.IndexFunc(built, func(p string) bool { return strings.HasPrefix(key, p) })
		if i >= 0 {
			prefixed[built[i]] = true
		}
		if i < 0 && !used[key] {
			t.Errorf("nothing says %q: take it out of the catalogue", key)
		}
	}
	for _, p := range built {
		if !prefixed[p] {
			t.Errorf("no key begins with %q: take it off the list built", p)
		}
		if !seen[p] {
			t.Errorf("nothing in the code begins keys with %q: name its keys, or the beginning that is used", p)
		}
	}
}
