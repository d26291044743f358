package check

import (
	"errors"
	"io"

	"github.com/evenkeel/evenkeel/evidence/check/lexicon"
	"github.com/evenkeel/evenkeel/evidence/check/markup"
	"github.com/evenkeel/evenkeel/evidence/check/match"
	"github.com/evenkeel/evenkeel/evidence/check/retrieve"
	"github.com/evenkeel/evenkeel/evidence/check/sentence"
)

// MaxSentences is how many sentences a report lists. Later ones are still
// counted.
const MaxSentences = 5000

// Read checks a stream. It holds a few hundred kilobytes of it at a time and at
// most MaxSentences sentences of the report, however long the stream is. An
// error is the stream's own.
func (c *Checker) Read(r io.Reader, kind markup.Kind) (Report, error) {
	t := newText(c)
	from := markup.NewReader(r, kind)
	var rest []byte
	for at := 0; ; {
		piece, err := from.Next()
		end := errors.Is(err, io.EOF)
		if err != nil && !end {
			return Report{}, err
		}
		t.report.Summary.Bytes += len(piece)
		rest = append(rest, piece...)
		done := 0
		for done < len(rest) {
			n := c.split.Next(rest[done:], end)
			if n == 0 {
				break
			}
			t.sentence(rest[done:done+n], at+done)
			done += n
		}
		at += done
		rest = append(rest[:0], rest[done:]...)
		if end {
			break
		}
	}
	t.report.Summary.Kind = string(from.Kind())
	return t.finish(), nil
}

// text is one text while it is read, with memory that sentences share.
type text struct {
	*Checker
	report  Report
	all     int // words but the product's name
	common  int // those of them that are common in the language
	folder  sentence.Folder
	finder  *lexicon.Finder
	words   []sentence.Word
	hits    []lexicon.Hit
	found   *match.Found
	matches []match.Match
	cues    []match.Match
	scratch retrieve.Scratch
	seen    map[string]int             // how often a topic was met
	sides   map[string][2][]int        // by claim: sentences that assert it, sentences that deny it
	phrases map[string]map[string]bool // words of interest, by topic
}

func newText(c *Checker) *text {
	t := &text{Checker: c, finder: c.lexicon.Finder(), found: match.NewFound(c.lexicon.Terms()), seen: map[string]int{}, sides: map[string][2][]int{}, phrases: map[string]map[string]bool{}}
	t.report.Summary.Language = c.language
	t.report.Summary.Verdicts = map[string]int{}
	t.report.Summary.Readings = map[Reading]int{}
	return t
}

// read finds what the checker knows among the words of a sentence.
func (t *text) read(b []byte) {
	t.words = sentence.Words(t.words[:0], b, &t.folder)
	t.hits = t.finder.Find(t.hits[:0], t.words)
	t.found.Set(t.hits)
}

// sentence reads the masked bytes of one sentence, which begin at this byte of
// the text.
func (t *text) sentence(b []byte, at int) {
	t.read(b)
	if len(t.words) == 0 {
		return
	}
	t.report.Summary.Sentences++
	for _, w := range t.words {
		switch {
		case t.names[w.Text]:
			continue
		case t.stop[w.Text]:
			t.common++
		}
		t.all++
	}
	if len(t.hits) == 0 {
		return
	}
	t.topicsOf()
	claims, health := t.claimsOf(b, at)
	if len(claims) == 0 && !health {
		return
	}
	t.report.Summary.Claims += len(claims)
	for _, c := range claims {
		t.report.Summary.Verdicts[c.Verdict]++
		t.report.Summary.Readings[c.Reading()]++
	}
	if len(t.report.Sentences) == MaxSentences {
		t.report.Summary.Cut = true
		return
	}
	i := len(t.report.Sentences)
	start, end := t.words[0].Start, t.words[len(t.words)-1].End
	end += closing(b[end:])
	t.report.Sentences = append(t.report.Sentences, Sentence{Start: at + start, End: at + end, Text: visible(b[start:end]), Claims: claims})
	if len(claims) == 0 {
		t.report.Unmatched = append(t.report.Unmatched, i)
	}
}

// topicsOf notes what the text speaks of at all.
func (t *text) topicsOf() {
	for _, name := range topics[3:] {
		for _, s := range t.found.Of(t.topics[name]) {
			t.seen[name]++
			if t.phrases[name] == nil {
				t.phrases[name] = map[string]bool{}
			}
			if len(t.phrases[name]) < 100 {
				t.phrases[name][t.words[s.From].Text] = true
			}
		}
	}
}
