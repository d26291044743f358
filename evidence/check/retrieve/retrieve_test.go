package retrieve_test

import (
	"testing"

	"github.com/evenkeel/evenkeel/evidence/check/retrieve"
	"github.com/evenkeel/evenkeel/evidence/check/sentence"
)

func words(s string) []sentence.Word { return sentence.Words(nil, []byte(s), nil) }

func TestTheLikestSentence(t *testing.T) {
	x := retrieve.New([]string{"kratom relieves chronic pain", "kratom harms the growing liver", "hair falls out"}, []string{"the"})
	var s retrieve.Scratch
	for in, want := range map[string]int{"relieving the chronic pains": 0, "it harmed a liver": 1, "her hair falls out": 2} {
		h, ok := x.Best(words(in), &s)
		if !ok || h.Sentence != want || h.Like <= 0 || h.Like > 1 {
			t.Errorf("%q: %+v, want %d", in, h, want)
		}
	}
	if h, ok := x.Best(words("nothing of this"), &s); ok {
		t.Errorf("found %+v", h)
	}
	same, _ := x.Best(words("hair falls out"), &s)
	more, _ := x.Best(words("hair falls out of every brush that he owns"), &s)
	if same.Like < 0.999 || more.Like >= same.Like {
		t.Errorf("the same is %.3f like, with more words %.3f", same.Like, more.Like)
	}
}
