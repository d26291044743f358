package directory

import (
	"slices"
	"testing"
)

func ids(list []Line) []string {
	var ids []string
	for _, l := range list {
		ids = append(ids, l.ID)
	}
	return ids
}

func TestCrisisLinesAreThoseOfTheCountry(t *testing.T) {
	for _, tt := range []struct {
		country, language string
		want              []string
	}{
		{"US", "", []string{"us-988", "us-veterans", "us-988-es"}},
		{"us", "en", []string{"us-988", "us-veterans", "us-988-es"}},
		{"US", "es", []string{"us-988-es", "us-988", "us-veterans"}},
		{"CA", "en", []string{"ca-988"}},
		{"GB", "en", []string{"gb-samaritans"}},
		{"ES", "es", []string{"eu-116123"}},
		{"DE", "en", []string{"eu-116123"}},
		{"IE", "en", []string{"ie-samaritans"}},
		{"NZ", "en", []string{"nz-1737"}},
		{"MX", "es", nil},
		{"", "en", nil},
	} {
		if got := ids(Lines(tt.country, "crisis", tt.language)); !slices.Equal(got, tt.want) {
			t.Errorf("%s in %q: %v, want %v", tt.country, tt.language, got, tt.want)
		}
	}
	if got := ids(Lines("AU", "crisis", "")); !slices.Equal(got, []string{"au-lifeline"}) {
		t.Errorf("Lines(AU) = %v", got)
	}
}

// Who is not known to live anywhere is shown each checked line with its country.
func TestCrisisLinesOfEveryCountry(t *testing.T) {
	var got []string
	for _, l := range CrisisLines("es") {
		got = append(got, l.Code+" "+l.Line.ID)
	}
	if want := []string{"US us-988-es", "CA ca-988", "GB gb-samaritans", "AU au-lifeline", "NZ nz-1737"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// Nobody is given the emergency number of another country.
func TestAnUnknownCountryHasNoNumbers(t *testing.T) {
	if c, ok := Local("MX"); ok || c.Emergency != "" || len(c.Lines) != 0 {
		t.Errorf("Local(MX) = %v, %v", c, ok)
	}
	if c, ok := Local("es"); !ok || c.Emergency != "112" {
		t.Errorf("Local(es) = %v, %v", c, ok)
	}
}

func TestEveryCountryIsListedOnceAndNamedInSpanish(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range Countries() {
		for _, code := range append([]string{c.Code}, c.Members...) {
			if seen[code] || len(code) != 2 {
				t.Errorf("code %q", code)
			}
			seen[code] = true
		}
		if c.Names["es"] == "" {
			t.Errorf("%s has no Spanish name", c.Code)
		}
		if len(Lines(c.Code, "crisis", "")) == 0 {
			t.Errorf("%s has no crisis line", c.Code)
		}
	}
}
