package lexicon_test

import (
	"slices"
	"testing"

	"github.com/evenkeel/evenkeel/evidence/check/lexicon"
	"github.com/evenkeel/evenkeel/evidence/check/sentence"
)

func TestPhrasesAreFound(t *testing.T) {
	l := lexicon.New()
	seven := l.Add([]string{"7-OH", "7 hydroxy*"})
	liver := l.Add([]string{"liver", "liver failure", "hepat*"})
	f := l.Finder()
	for _, c := range []struct {
		in   string
		want []lexicon.Hit
	}{
		{"7-OH and 7-Hydroxymitragynine", []lexicon.Hit{{Term: seven, From: 0, To: 2}, {Term: seven, From: 3, To: 5}}},
		{"Liver failure, hepatitis", []lexicon.Hit{{Term: liver, From: 0, To: 1}, {Term: liver, From: 0, To: 2}, {Term: liver, From: 2, To: 3}}},
		{"7 livers", nil},
	} {
		got := f.Find(nil, sentence.Words(nil, []byte(c.in), nil))
		if !slices.Equal(got, c.want) {
			t.Errorf("%q: %v, want %v", c.in, got, c.want)
		}
	}
}
