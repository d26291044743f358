package quick

import (
	"testing"

	"pgregory.net/rapid"
)

func TestNumberInWords(t *testing.T) {
	for _, tt := range []struct {
		text, language string
		want           float64
	}{
		{"half", "en", 0.5}, {"a half", "en", 0.5}, {"Half", "en", 0.5}, {"two", "en", 2}, {"one and a half", "en", 1.5}, {"a quarter", "en", 0.25}, {"three quarters", "en", 0.75}, {"twenty five", "en", 25},
		{"media", "es", 0.5}, {"dos", "es", 2}, {"uno y medio", "es", 1.5}, {"half", "es", 0.5}, {"2 and a half", "en", 2.5},
		{"", "en", 0}, {"a", "en", 0}, {"some", "en", 0}, {"two or three", "en", 0}, {"half a tablet", "en", 0}, {"much", "en", 0}, {"n/a", "en", 0},
	} {
		got, ok := Number(tt.text, tt.language)
		if got != tt.want || ok != (tt.want != 0) {
			t.Errorf("%q in %s: %v %v, want %v", tt.text, tt.language, got, ok, tt.want)
		}
	}
}

func FuzzNumber(f *testing.F) {
	for _, s := range []string{"half", "one and a half", "dos y media", "a", "-", "3/0"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, language := range []string{"en", "es"} {
			if n, ok := Number(s, language); !ok && n != 0 || ok && !(n >= 0 && n <= 1e6) {
				t.Errorf("%q: %v %v", s, n, ok)
			}
		}
	})
}

func TestNumberNeverPanics(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		Number(rapid.String().Draw(t, "text"), rapid.SampledFrom([]string{"en", "es", ""}).Draw(t, "language"))
	})
}
