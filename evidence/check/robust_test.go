package check_test

import (
	"encoding/json"
	"io"
	"strings"
	"testing"

	"github.com/evenkeel/evenkeel/evidence/check"
	"github.com/evenkeel/evenkeel/evidence/check/markup"
)

// A long text costs no more memory than its report may hold.
func TestALongTextIsCut(t *testing.T) {
	r, err := check.In("en").Read(io.LimitReader(&again{text: "Kratom relieves pain. "}, 22*(check.MaxSentences+1000)), markup.Plain)
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Sentences) != check.MaxSentences || !r.Summary.Cut || r.Summary.Sentences != check.MaxSentences+1000 || r.Summary.Claims != check.MaxSentences+1000 {
		t.Errorf("%d listed, %+v", len(r.Sentences), r.Summary)
	}
}

// again reads the same text without end.
type again struct {
	text string
	at   int
}

func (a *again) Read(p []byte) (int, error) {
	n := 0
	for n < len(p) {
		k := copy(p[n:], a.text[a.at:])
		n, a.at = n+k, (a.at+k)%len(a.text)
	}
	return n, nil
}

// One line of any length, without a space or with, is read in pieces.
func TestOneLongLine(t *testing.T) {
	size := int64(10 << 20)
	if testing.Short() {
		size = 1 << 20
	}
	for _, text := range []string{"x", "kratom ", "痛", "Kratom relieves pain and ", "😀", "<", "<p ", "](", "&", "\x00"} {
		for _, kind := range []markup.Kind{markup.Plain, markup.HTML, markup.Markdown} {
			r, err := check.In("en").Read(io.LimitReader(&again{text: text}, size/8), kind)
			if err != nil || r.Summary.Bytes != int(size/8) {
				t.Errorf("%q as %s: %d bytes, %v", text, kind, r.Summary.Bytes, err)
			}
		}
	}
}

func FuzzText(f *testing.F) {
	for _, s := range []string{twoSided, "\x00\xff\xfe", "Is kratom addictive?", "<p>7-OH &amp; pain</p>", "кратом не вызывает", "Kratom isn&#39;t addictive", "ketum 🌿 melegakan", "a\u2028b\u0085c"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		r := check.Text(s, "en")
		if r.Summary.Bytes != len(s) {
			t.Fatalf("%d bytes of %d", r.Summary.Bytes, len(s))
		}
		end := 0
		for i, x := range r.Sentences {
			if x.Start < end || x.End <= x.Start || x.End > len(s) {
				t.Fatalf("sentence %d at %d to %d after %d of %d", i, x.Start, x.End, end, len(s))
			}
			end = x.End
			for _, c := range x.Claims {
				if c.Confidence <= 0 || c.Confidence > 1 || c.Verdict == "" || len(c.Why.Words) == 0 {
					t.Fatalf("claim %+v", c)
				}
				for _, w := range c.Why.Words {
					if w.Start < x.Start || w.End > x.End {
						t.Fatalf("word %v outside of %d to %d", w, x.Start, x.End)
					}
				}
			}
		}
		if _, err := json.Marshal(r); err != nil {
			t.Fatal(err)
		}
	})
}

// What is aimed at is 5 MB/s on one core.
func BenchmarkText(b *testing.B) {
	text := strings.Repeat(twoSided+"The tree grows in Borneo and Thailand, where its leaves are picked by hand and dried in the sun for three days. Orders ship the same day, and returns are free within a month.\n\n", 2000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		check.Text(text, "en")
	}
}
