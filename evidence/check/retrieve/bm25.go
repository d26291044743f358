// Package retrieve finds the sentence of a list that is most like another, by
// BM25 (Robertson and Zaragoza 2009, doi:10.1561/1500000019).
package retrieve

import (
	"math"
	"slices"
	"strings"

	"github.com/evenkeel/evenkeel/evidence/check/sentence"
)

// The constants of BM25, as its authors recommend them for short texts.
const (
	k1 = 1.2
	b  = 0.75
)

// Index is a list of sentences. It does not change once it is made.
type Index struct {
	posts   map[string][]posting
	idf     map[string]float64
	length  []int
	self    []float64 // what each scores against itself
	average float64
	stop    map[string]bool
}

type posting struct{ doc, n int }

// New indexes sentences; words of stop count for nothing.
func New(sentences []string, stop []string) *Index {
	x := &Index{posts: map[string][]posting{}, idf: map[string]float64{}, stop: map[string]bool{}}
	for _, w := range stop {
		x.stop[w] = true
	}
	var f sentence.Folder
	lists := make([][]string, len(sentences))
	for i, s := range sentences {
		lists[i] = x.Stems(nil, sentence.Words(nil, []byte(s), &f))
		count := map[string]int{}
		for _, w := range lists[i] {
			count[w]++
		}
		for w, n := range count {
			x.posts[w] = append(x.posts[w], posting{i, n})
		}
		x.length = append(x.length, len(lists[i]))
		x.average += float64(len(lists[i])) / float64(len(sentences))
	}
	n := float64(len(sentences))
	for w, p := range x.posts {
		x.idf[w] = math.Log(1 + (n-float64(len(p))+0.5)/(float64(len(p))+0.5))
	}
	for i := range sentences {
		x.self = append(x.self, x.score(lists[i], i))
	}
	return x
}

func (x *Index) score(stems []string, doc int) float64 {
	sum := 0.0
	for _, w := range unique(stems) {
		for _, p := range x.posts[w] {
			if p.doc == doc {
				sum += x.weight(w, p)
			}
		}
	}
	return sum
}

func (x *Index) weight(w string, p posting) float64 {
	n := float64(p.n)
	return x.idf[w] * n * (k1 + 1) / (n + k1*(1-b+b*float64(x.length[p.doc])/x.average))
}

// Hit is a sentence of the list with how like it is: 1 has all its words and
// none besides, 0 none of them.
type Hit struct {
	Sentence int
	Like     float64
}

// Scratch is memory that Best uses again. It is for one goroutine.
type Scratch struct {
	sums    []float64 // by BM25
	shared  []float64 // by the weight of the words alone
	touched []int
	stems   []string
}

// Best is the list's sentence that is most like these words, as the geometric
// mean of how much of each is in the other, by weight. Words that the list does
// not know count as the rarest of those that it knows.
func (x *Index) Best(words []sentence.Word, s *Scratch) (Hit, bool) {
	if len(s.sums) == 0 {
		s.sums, s.shared = make([]float64, len(x.length)), make([]float64, len(x.length))
	}
	s.stems = x.Stems(s.stems[:0], words)
	whole := 0.0
	for _, w := range unique(s.stems) {
		idf, ok := x.idf[w]
		if !ok {
			whole += math.Log(float64(len(x.length)) + 1)
			continue
		}
		whole += idf
		for _, p := range x.posts[w] {
			if s.sums[p.doc] == 0 {
				s.touched = append(s.touched, p.doc)
			}
			s.sums[p.doc] += x.weight(w, p)
			s.shared[p.doc] += idf
		}
	}
	best := Hit{Sentence: -1}
	for _, d := range s.touched {
		like := math.Sqrt(min(1, s.sums[d]/x.self[d]) * s.shared[d] / whole)
		if like > best.Like || like == best.Like && d < best.Sentence {
			best = Hit{d, like}
		}
		s.sums[d], s.shared[d] = 0, 0
	}
	s.touched = s.touched[:0]
	return best, best.Sentence >= 0
}

// Stems appends the words that count, without their endings.
func (x *Index) Stems(dst []string, words []sentence.Word) []string {
	for _, w := range words {
		if !x.stop[w.Text] {
			dst = append(dst, Stem(w.Text))
		}
	}
	return dst
}

// Stem takes the common endings of English and Spanish off a word. It need not
// be right, only the same for the same word.
func Stem(w string) string {
	if len(w) < 5 {
		return w
	}
	for _, end := range []string{"ations", "ation", "amente", "mente", "iones", "ings", "ing", "ives", "ive", "ness", "ies", "ion", "ed", "es", "ly", "s", "e", "y", "a", "o"} {
		if s, ok := strings.CutSuffix(w, end); ok && len(s) >= 4 {
			return s
		}
	}
	return w
}

func unique(list []string) []string {
	slices.Sort(list)
	return slices.Compact(list)
}
