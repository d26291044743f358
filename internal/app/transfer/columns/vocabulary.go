package columns

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// headings hold the words of tables, a file a language. A table is read with
// all of them at once: people mix them, and few words mean two things.
//
//go:embed headings/*.json
var headings embed.FS

// vocabulary is the words of tables in their plain form, see plain.
type vocabulary struct {
	field, unit, usual, clock map[string]string
	month                     map[string]int
	weekday, total, none      map[string]bool
	filler, amount            map[string]bool
}

var words = load()

func load() *vocabulary {
	v := &vocabulary{
		field: map[string]string{}, unit: map[string]string{}, usual: map[string]string{}, clock: map[string]string{}, month: map[string]int{},
		weekday: map[string]bool{}, total: map[string]bool{}, none: map[string]bool{}, filler: map[string]bool{}, amount: map[string]bool{},
	}
	err := fs.WalkDir(headings, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := headings.ReadFile(path)
		if err != nil {
			return err
		}
		return v.add(data)
	})
	if err != nil {
		panic(fmt.Sprintf("columns: the words of tables: %v", err)) // they are built in
	}
	return v
}

func (v *vocabulary) add(data []byte) error {
	var file struct {
		Fields, Units, Times, Clock   map[string][]string
		Months, Weekdays, Total, None []string
		Filler                        []string
		Amount                        []string `json:"amount_words"`
	}
	if err := json.Unmarshal(data, &file); err != nil {
		return err
	}
	for _, list := range []struct {
		to   map[string]string
		from map[string][]string
	}{{v.field, file.Fields}, {v.unit, file.Units}, {v.usual, file.Times}, {v.clock, file.Clock}} {
		for meaning, names := range list.from {
			for _, n := range names {
				list.to[plain(n)] = meaning
			}
		}
	}
	for i, m := range file.Months {
		m = plain(m)
		v.month[m] = i + 1
		for _, short := range []int{3, 4} {
			if len(m) > short && v.month[m[:short]] == 0 {
				v.month[m[:short]] = i + 1
			}
		}
	}
	for _, list := range []struct {
		to   map[string]bool
		from []string
	}{{v.weekday, file.Weekdays}, {v.total, file.Total}, {v.none, file.None}, {v.filler, file.Filler}, {v.amount, file.Amount}} {
		for _, w := range list.from {
			list.to[plain(w)] = true
		}
	}
	for _, w := range file.Weekdays {
		if w = plain(w); len(w) > 4 {
			v.weekday[w[:3]] = true
		}
	}
	return nil
}

// plain is a text in small letters without accents and marks, its words apart by
// one space: "Schlafqualität (0–10)" is "schlafqualitat 0 10".
func plain(s string) string {
	ascii := true
	for i := range len(s) {
		if s[i] >= 0x80 {
			ascii = false
			break
		}
	}
	if !ascii {
		s = norm.NFD.String(s)
	}
	var b strings.Builder
	gap := false
	for _, r := range s {
		switch {
		case unicode.Is(unicode.Mn, r):
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if gap && b.Len() > 0 {
				b.WriteByte(' ')
			}
			gap = false
			b.WriteRune(unicode.ToLower(r))
		default:
			gap = true
		}
	}
	return b.String()
}
