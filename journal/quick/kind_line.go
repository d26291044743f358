package quick

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/journal/number"
)

// kindLine reads a line that begins with a kind's own word and gives its fields
// in order: "water 3 after lunch". Kinds say in their descriptor which words
// those are; false when the line begins with none.
func kindLine(line string, c *Context) (Result, bool) {
	if len(quickKinds()) == 0 {
		return Result{}, false
	}
	word, rest := firstWord(line)
	for _, d := range quickKinds() {
		for _, language := range []string{c.Language, baseLanguage(c.Language), "en"} {
			if slices.ContainsFunc(d.Quick[language], func(w string) bool { return strings.EqualFold(w, word) }) {
				return fieldsInOrder(d, line, rest, c), true
			}
		}
	}
	return Result{}, false
}

// quickKinds are the kinds that name words of their own.
var quickKinds = sync.OnceValue(func() []*journal.Descriptor {
	var list []*journal.Descriptor
	for _, k := range journal.EntryKinds() {
		if d := journal.Describe(k); len(d.Quick) > 0 {
			list = append(list, d)
		}
	}
	return list
})

func baseLanguage(tag string) string {
	base, _, _ := strings.Cut(tag, "-")
	return base
}

// firstWord splits a line behind its first word; a colon may follow it.
func firstWord(line string) (word, rest string) {
	line = strings.TrimSpace(line)
	i := strings.IndexFunc(line, func(r rune) bool { return unicode.IsSpace(r) || r == ':' })
	if i < 0 {
		return line, ""
	}
	return line[:i], strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(line[i:]), ":"))
}

// fieldsInOrder fills the fields of a kind from the words of a line.
func fieldsInOrder(d *journal.Descriptor, line, rest string, c *Context) Result {
	ask := func(words string, s Sentence) Result { return Result{Asks: []Ask{{Words: clip(words), Sentence: s}}} }
	p := d.New()
	for i := range d.Fields {
		f := &d.Fields[i]
		value, left, err := fieldOf(f, rest, c)
		var two *number.Ambiguous
		if errors.As(err, &two) {
			key, args := two.Text()
			return ask(rest, Sentence{Key: key, Args: args})
		}
		if err != nil || value == "" && f.Needed {
			return ask(line, text("quick.ask.field", "field", Sentence{Key: string(d.Kind) + "." + f.Name}))
		}
		if err := f.Set(p, value); err != nil {
			return ask(line, text("quick.ask.field", "field", Sentence{Key: string(d.Kind) + "." + f.Name}))
		}
		rest = left
	}
	if rest != "" {
		return ask(rest, asking("unread", rest))
	}
	e := journal.Event{Kind: d.Kind, At: c.Now, Body: p}
	check := e
	check.Stamp(c.Now)
	if err := check.Validate(); err != nil {
		return ask(line, asking("unread", line))
	}
	return Result{Entries: []Read{{Event: e, Words: strings.TrimSpace(line)}}}
}

// fieldOf reads one field from the beginning of the words and gives what is
// left; "" where the words hold none of it.
func fieldOf(f *journal.Field, rest string, c *Context) (value, left string, err error) {
	switch f.Type {
	case journal.FieldNumber, journal.FieldScale, journal.FieldSpan:
		v, left, err := number.Prefix(rest, number.StyleOf(c.Language))
		if errors.Is(err, number.ErrNone) {
			return "", rest, nil
		}
		return strconv.FormatFloat(v, 'f', -1, 64), left, err
	case journal.FieldChoice:
		if word, left := firstWord(rest); slices.Contains(f.Options, strings.ToLower(word)) {
			return strings.ToLower(word), left, nil
		}
		return "", rest, nil
	case journal.FieldWord, journal.FieldProductName, journal.FieldUnit, journal.FieldCurrency:
		word, left := firstWord(rest)
		return word, left, nil
	case journal.FieldWords:
		return rest, "", nil
	}
	return "", rest, nil
}
