package markup_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/evenkeel/evenkeel/evidence/check/markup"
)

func masked(t *testing.T, r io.Reader, kind markup.Kind) []byte {
	t.Helper()
	m := markup.NewReader(r, kind)
	var out []byte
	for {
		piece, err := m.Next()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, piece...)
	}
}

// seen is a masked text with | for breaks, without what nobody sees.
func seen(b []byte) string {
	return strings.ReplaceAll(strings.ReplaceAll(string(b), "\x00", ""), "\x1e", "|")
}

func TestWhatAReaderSees(t *testing.T) {
	for _, c := range []struct {
		kind     markup.Kind
		in, want string
	}{
		{markup.Plain, "a <b> c & d", "a <b> c & d"},
		{markup.Plain, "see https://x.example/kratom-cures. Then", "see . Then"},
		{markup.HTML, "<p>7<b>-OH</b> is</p>", "|7-OH is|"},
		{markup.HTML, "it isn&#39;t &amp; 1 &lt; 2 &nosuch; &", "it isn't & 1 < 2 &nosuch; &"},
		{markup.HTML, "&lt;b&gt;kratom&lt;/b&gt; &amp;lt; <b>x</b>", "<b>kratom</b> &lt; x"},
		{markup.HTML, "a<script>if (a<b) 'kratom'</script>b<!-- no > no -->c", "a||bc"},
		{markup.HTML, `<a title="x > y" href=z>link</a> 3 < 4`, "link 3 < 4"},
		{markup.HTML, "one<br/>two\nThree", "one|two Three"},
		{markup.HTML, "<STYLE>p{}</STYLE>x", "||x"},
		{markup.Markdown, "# Head\ntext **bold** _it_ snake_case", "| Head\ntext bold it snake_case"},
		{markup.Markdown, "- one\n1. two\n> three", "| one\n| two\n|three"},
		{markup.Markdown, "[link](https://x.example/a) ![pic](b.png)", "link pic"},
		{markup.Markdown, "a\n```\nkratom cures\n```\nb", "a\n|\n\n|\nb"},
		{markup.Markdown, "| a | b |\n|---|---|\n| c | d |", "| a | b |\n|\n| c | d |"},
		{markup.Markdown, "<p>x</p>", "|x|"},
	} {
		got := masked(t, strings.NewReader(c.in), c.kind)
		if len(got) != len(c.in) {
			t.Errorf("%q: %d bytes became %d", c.in, len(c.in), len(got))
		}
		if seen(got) != c.want {
			t.Errorf("%s %q: seen %q, want %q", c.kind, c.in, seen(got), c.want)
		}
	}
}

func TestTheKindIsToldFromTheBeginning(t *testing.T) {
	for in, want := range map[string]markup.Kind{
		"Kratom is a tree.":                  markup.Plain,
		"a < b and c > d":                    markup.Plain,
		"<!DOCTYPE html><title>x</title>":    markup.HTML,
		"<p>one</p><p>two</p>":               markup.HTML,
		"# Kratom\n\nIt is a tree.":          markup.Markdown,
		"see [here](http://a.example) **x**": markup.Markdown,
		"":                                   markup.Plain,
	} {
		if got := markup.Looks([]byte(in)); got != want {
			t.Errorf("%q: %s, want %s", in, got, want)
		}
	}
}

// Where a stream is cut changes nothing: markup lies across each boundary.
func TestPiecesMakeTheSameText(t *testing.T) {
	part := "<p class=\"x\">Kratom &amp; <b>pain</b> <!-- none --> <script>1</script></p>\n"
	whole := strings.Repeat(part, 4000) // 300 kB, some 5 pieces
	want := strings.Repeat(seen(masked(t, strings.NewReader(part), markup.HTML)), 4000)
	for name, r := range map[string]io.Reader{"at once": strings.NewReader(whole), "halves": iotest.HalfReader(strings.NewReader(whole))} {
		if got := masked(t, r, markup.HTML); len(got) != len(whole) || seen(got) != want {
			t.Errorf("%s: %d bytes for %d, or another text", name, len(got), len(whole))
		}
	}
}

func TestAnErrorOfTheStreamComesBack(t *testing.T) {
	broken := errors.New("broken")
	m := markup.NewReader(io.MultiReader(strings.NewReader("a"), iotest.ErrReader(broken)), markup.Plain)
	if _, err := m.Next(); !errors.Is(err, broken) {
		t.Errorf("error %v", err)
	}
}

func FuzzMask(f *testing.F) {
	for _, s := range []string{"<", "<a", "&#", "<!--", "```", "[a](", "<script", "\x00\x1e\xff", "<p>x", "a\n~~~\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		for _, k := range []markup.Kind{markup.Plain, markup.HTML, markup.Markdown} {
			given := bytes.Clone(in)
			if got := masked(t, bytes.NewReader(in), k); len(got) != len(in) {
				t.Errorf("%s: %d bytes became %d", k, len(in), len(got))
			}
			if !bytes.Equal(in, given) {
				t.Error("the text itself was changed")
			}
		}
	})
}
