// Package lexicon finds terms in words: each term has phrases, each phrase one
// or more words, and a word that ends in * stands for all that begin with it.
package lexicon

import (
	"slices"
	"strings"

	"github.com/evenkeel/evenkeel/evidence/check/sentence"
)

// Term is a term's number, in the order in which it was added.
type Term int32

// Hit is a term met at the words from From up to, not including, To.
type Hit struct {
	Term     Term
	From, To int
}

// Lexicon is what terms are called. Add everything before Finder.
type Lexicon struct {
	exact  map[string]int32
	prefix map[string]int32
	longer int // the longest prefix
	root   node
	count  int32
	terms  Term
}

// node is a place in the tree of phrases.
type node struct {
	next  map[int32]*node
	terms []Term
}

// New begins an empty lexicon.
func New() *Lexicon {
	return &Lexicon{exact: map[string]int32{}, prefix: map[string]int32{}}
}

// Add gives the number of a new term with these phrases, whose words are parted
// by spaces.
func (l *Lexicon) Add(phrases []string) Term {
	t := l.terms
	l.terms++
	for _, p := range phrases {
		at := &l.root
		for _, w := range Fields(p) {
			id := l.element(w)
			if at.next == nil {
				at.next = map[int32]*node{}
			}
			if at.next[id] == nil {
				at.next[id] = &node{}
			}
			at = at.next[id]
		}
		if at != &l.root && !slices.Contains(at.terms, t) {
			at.terms = append(at.terms, t)
		}
	}
	return t
}

// Fields are the words of a phrase, cut and folded as those of a text are; a
// star stays at its word.
func Fields(phrase string) []string {
	var out []string
	for _, part := range strings.Fields(phrase) {
		stem, star := strings.CutSuffix(part, "*")
		words := sentence.Words(nil, []byte(stem), nil)
		for i, w := range words {
			if star && i == len(words)-1 {
				w.Text += "*"
			}
			out = append(out, w.Text)
		}
	}
	return out
}

// Terms is how many terms there are.
func (l *Lexicon) Terms() int { return int(l.terms) }

func (l *Lexicon) element(w string) int32 {
	table := l.exact
	if stem, ok := strings.CutSuffix(w, "*"); ok {
		w, table = stem, l.prefix
		l.longer = max(l.longer, len(stem))
	}
	if id, ok := table[w]; ok {
		return id
	}
	l.count++
	table[w] = l.count
	return l.count
}

// Finder looks for terms in one text after the other. It is for one goroutine.
type Finder struct {
	l     *Lexicon
	known map[string][]int32
	words [][]int32
}

const maxKnown = 1 << 15

// Finder makes a finder.
func (l *Lexicon) Finder() *Finder { return &Finder{l: l, known: map[string][]int32{}} }

// Find appends every hit in words to dst, in the order of their first word.
func (f *Finder) Find(dst []Hit, words []sentence.Word) []Hit {
	f.words = f.words[:0]
	for _, w := range words {
		f.words = append(f.words, f.elements(w.Text))
	}
	for i := range f.words {
		if len(f.words[i]) > 0 {
			dst = f.walk(dst, &f.l.root, i, i)
		}
	}
	return dst
}

func (f *Finder) walk(dst []Hit, at *node, from, i int) []Hit {
	if i > from {
		for _, t := range at.terms {
			dst = append(dst, Hit{Term: t, From: from, To: i})
		}
	}
	if i == len(f.words) || at.next == nil {
		return dst
	}
	for _, e := range f.words[i] {
		if n := at.next[e]; n != nil {
			dst = f.walk(dst, n, from, i+1)
		}
	}
	return dst
}

// elements are what a word may be in a phrase: itself, or one of its beginnings.
func (f *Finder) elements(w string) []int32 {
	if e, ok := f.known[w]; ok {
		return e
	}
	if len(f.known) >= maxKnown {
		clear(f.known)
	}
	var e []int32
	if id, ok := f.l.exact[w]; ok {
		e = append(e, id)
	}
	for n := 1; n <= min(len(w), f.l.longer); n++ {
		if id, ok := f.l.prefix[w[:n]]; ok {
			e = append(e, id)
		}
	}
	f.known[w] = e
	return e
}
