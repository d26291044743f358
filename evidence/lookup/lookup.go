package lookup

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"sync"

	"github.com/evenkeel/evenkeel/evidence"
)

// Hit is a claim that was found; a higher Score fits better. Scores of
// different queries say nothing about each other.
type Hit struct {
	Claim evidence.Claim
	Score float64
}

// The constants of BM25, within what Robertson and Zaragoza (2009) call good
// for most collections: k1 from 1.2 to 2, b from 0.5 to 0.8.
const (
	saturation = 1.2  // k1: how soon more of a word says no more
	byLength   = 0.75 // b: how far a long text counts less
)

// How much a word counts by where it stands.
const (
	inID       = 10 // an id names what its claim is about
	inQuestion = 3
	inSaid     = 2
	inAnswer   = 1
)

// alike is how much a form of a word counts beside the word itself.
const alike = 0.4

// index is the words of a set of texts.
type index struct {
	ids     []string
	lengths []float64
	mean    float64
	// posts are, for each term, how much it counts in which text.
	posts map[string]map[int]float64
}

var claims = sync.OnceValue(func() *index {
	x := &index{posts: map[string]map[int]float64{}}
	for _, c := range evidence.All() {
		n := x.open(c.ID)
		x.put(n, strings.ReplaceAll(c.ID, "-", " "), inID)
		for _, language := range evidence.Languages() {
			t := c.Text(language)
			if t.Language != language {
				continue
			}
			x.put(n, t.Question, inQuestion)
			x.put(n, t.Statement, inQuestion)
			x.put(n, strings.Join(slices.Concat(t.Said, t.Denied), " . "), inSaid)
			x.put(n, t.Answer, inAnswer)
		}
	}
	x.close()
	return x
})

// open begins a text and gives its number.
func (x *index) open(id string) int {
	x.ids, x.lengths = append(x.ids, id), append(x.lengths, 0)
	return len(x.ids) - 1
}

func (x *index) put(n int, text string, weight float64) {
	for _, t := range terms(text) {
		if x.posts[t] == nil {
			x.posts[t] = map[int]float64{}
		}
		x.posts[t][n] += weight
		x.lengths[n] += weight
	}
}

func (x *index) close() {
	for _, l := range x.lengths {
		x.mean += l / float64(len(x.lengths))
	}
}

// Search gives the claims that fit the words best, at most limit of them, the
// best first; none for words that nothing holds. An id finds its claim.
func Search(words string, limit int) []Hit {
	var hits []Hit
	for _, r := range claims().search(words) {
		if len(hits) == limit {
			break
		}
		c, _ := evidence.ByID(r.id)
		hits = append(hits, Hit{c, r.score})
	}
	return hits
}

type ranked struct {
	id    string
	score float64
}

func (x *index) search(words string) []ranked {
	query := terms(words)
	scores := map[int]float64{}
	for i, q := range query {
		for n, s := range x.scoreOf(q, i == len(query)-1) {
			scores[n] += s
		}
	}
	list := make([]ranked, 0, len(scores))
	for n, s := range scores {
		list = append(list, ranked{x.ids[n], s})
	}
	slices.SortFunc(list, func(a, b ranked) int {
		return cmp.Or(cmp.Compare(b.score, a.score), strings.Compare(a.id, b.id))
	})
	return list
}

// scoreOf is what one word adds to each text. Its forms count as the same word,
// less; the last word may still be being typed.
func (x *index) scoreOf(q string, last bool) map[int]float64 {
	found := map[int]float64{}
	for t, posts := range x.posts {
		weight := 0.0
		switch {
		case t == q:
			weight = 1
		case akin(t, q), last && len(q) > 2 && strings.HasPrefix(t, q):
			weight = alike
		default:
			continue
		}
		for n, count := range posts {
			found[n] += weight * count
		}
	}
	all := float64(len(x.ids))
	rare := math.Log(1 + (all-float64(len(found))+0.5)/(float64(len(found))+0.5))
	for n, count := range found {
		found[n] = rare * count * (saturation + 1) / (count + saturation*(1-byLength+byLength*x.lengths[n]/x.mean))
	}
	return found
}
