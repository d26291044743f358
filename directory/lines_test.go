package directory

import (
	"slices"
	"testing"
	"time"
)

// The numbers that clinicians listed and marked as verified.
func TestVerifiedNumbers(t *testing.T) {
	for _, want := range []struct{ country, id, dial, sms string }{
		{"US", "us-988", "988", "988"},
		{"US", "us-988-es", "988", "988"},
		{"US", "us-veterans", "988", ""},
		{"US", "us-samhsa", "18006624357", ""},
		{"US", "us-poison", "18002221222", ""},
		{"US", "us-safespot", "18009720590", ""},
		{"US", "us-dv", "18007997233", "88788"},
		{"CA", "ca-nors", "18886886677", ""},
		{"NZ", "nz-1737", "1737", "1737"},
	} {
		c, ok := Find(want.country)
		if !ok {
			t.Fatalf("no country %s", want.country)
		}
		i := slices.IndexFunc(c.Lines, func(l Line) bool { return l.ID == want.id })
		if i < 0 {
			t.Errorf("%s is missing", want.id)
			continue
		}
		l := c.Lines[i]
		if l.Dial() != want.dial || l.SMS() != want.sms || l.Sure != "verified" {
			t.Errorf("%s: call %q text %q sure %q, want %q %q verified", l.ID, l.Dial(), l.SMS(), l.Sure, want.dial, want.sms)
		}
	}
}

// Every entry can be used and says where it comes from.
func TestEveryLineIsUsableAndSourced(t *testing.T) {
	if _, err := time.Parse(time.DateOnly, Updated()); err != nil {
		t.Errorf("updated: %v", err)
	}
	if Countries()[0].Code != "US" {
		t.Error("the United States must come first")
	}
	seen := map[string]bool{}
	for _, c := range Countries() {
		if digits(c.Emergency) == "" || len(c.Lines) == 0 {
			t.Errorf("%s: no emergency number or no lines", c.Code)
		}
		for _, l := range c.Lines {
			if seen[l.ID] {
				t.Errorf("%s stands twice", l.ID)
			}
			seen[l.ID] = true
			if l.Name == "" || l.Source == "" || l.Call == "" && l.Text == "" && l.URL == "" {
				t.Errorf("%s: name, source and a way to reach it are needed", l.ID)
			}
			if !slices.Contains([]string{"verified", "secondary", "unchecked"}, l.Sure) {
				t.Errorf("%s: sure is %q", l.ID, l.Sure)
			}
			if !slices.Contains([]string{"crisis", "overdose", "poison", "treatment", "violence"}, l.For) {
				t.Errorf("%s: for is %q", l.ID, l.For)
			}
		}
	}
}

func TestUnknownCountryFallsBackAndSaysSo(t *testing.T) {
	if c, ok := Find("XX"); ok || c.Code != "US" {
		t.Errorf("got %s, %v", c.Code, ok)
	}
}
