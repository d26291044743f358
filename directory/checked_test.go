package directory

import "testing"

// A line that nobody checked is shown to nobody.
func TestOnlyCheckedLinesAreShown(t *testing.T) {
	for country, want := range map[string]string{"US": "us-988", "us": "us-988", "CA": "ca-988", "GB": "gb-samaritans", "AU": "au-lifeline", "NZ": "nz-1737", "IE": "", "DE": ""} {
		c, _ := Find(country)
		if l, ok := c.Crisis("en"); l.ID != want || ok != (want != "") {
			t.Errorf("%s: %q %v, want %q", country, l.ID, ok, want)
		}
	}
	if l, _ := Countries()[0].Crisis("es"); l.ID != "us-988-es" {
		t.Errorf("in Spanish: %q", l.ID)
	}
	for _, c := range Countries() {
		for _, l := range c.Checked() {
			if !l.Checked() || l.Source == "" || l.Source == "common knowledge" {
				t.Errorf("%s is shown, from %q", l.ID, l.Source)
			}
		}
	}
}
