package desk_test

import (
	"slices"
	"testing"

	"github.com/evenkeel/evenkeel/care"
	"github.com/evenkeel/evenkeel/internal/app/desk"
)

// A host that lies to a desk about what people share makes it believe nothing that
// they did not say last: what it had stays, the lie is named, and the truth is taken as
// soon as it comes.
func TestLyingHostOfShares(t *testing.T) {
	c := newChain(t)
	d, ana, ben := c.desk(clinic), c.person(), c.person()
	anas, a := c.shared(ana, d, "Ana R.")
	bens, b := c.shared(ben, d, "Ben S.")
	if done := c.poll(d); len(done.Received) != 2 {
		t.Fatalf("%+v", done)
	}
	letters, older := c.said["/v1/inbox"], c.said["/s/"+a]
	c.clock.Time = c.clock.Time.AddDate(0, 0, 1)
	want(t, "renew", ana.Renew(t.Context(), anas), "")
	want(t, "renew", ben.Renew(t.Context(), bens), "")
	if done := c.poll(d); len(done.Replaced) != 2 {
		t.Fatalf("%+v", done)
	}
	received := func() (ofAna, ofBen care.Received) {
		t.Helper()
		list, err := d.Received(t.Context())
		want(t, "received", err, "")
		if len(list) != 2 {
			t.Fatalf("%+v", list)
		}
		if list[0].ID == b {
			slices.Reverse(list)
		}
		return list[0], list[1]
	}

	latest, other := c.at(a), c.at(b)
	bent := slices.Clone(latest)
	bent[len(bent)/2] ^= 1
	for name, lie := range map[string]struct {
		ofAna, ofBen []byte
		why          string // empty for a host that is silent
	}{
		"withholds":             {nil, other, ""},
		"shows an older one":    {older, other, "older"},
		"shows another's":       {other, other, "form"},
		"swaps the two of them": {other, latest, "form"},
		"shows letters":         {letters, other, "form"},
		"changes a bit":         {bent, other, "form"},
		"cuts it off":           {latest[:len(latest)-1], other, "form"},
		"shows nothing":         {[]byte{}, other, "form"},
	} {
		t.Run(name, func(t *testing.T) {
			c.lies["/s/"+a], c.lies["/s/"+b] = lie.ofAna, lie.ofBen
			done := c.poll(d)
			said := lie.why == "" && slices.Equal(done.Silent, []string{a}) || slices.Contains(done.Refused, desk.Refusal{Share: a, Why: lie.why})
			if !said || len(done.Received)+len(done.Replaced)+len(done.Ended) != 0 {
				t.Errorf("%+v", done)
			}
			if x, y := received(); x.Shown == nil || x.Shown.Number != 2 || x.Shown.Consent.Signed != "Ana R." || y.Shown == nil || y.Shown.Number != 2 || y.Shown.Consent.Signed != "Ben S." {
				t.Errorf("%+v, %+v", x, y)
			}
		})
	}
	clear(c.lies)

	t.Run("brings old letters again", func(t *testing.T) {
		c.lies["/v1/inbox"] = letters
		if done, err := d.Poll(t.Context()); err == nil && len(done.Received)+len(done.Replaced)+len(done.Ended) != 0 {
			t.Errorf("%+v", done)
		}
		received()
		clear(c.lies)
	})

	// Then it tells the truth.
	c.clock.Time = c.clock.Time.AddDate(0, 0, 1)
	want(t, "renew", ana.Renew(t.Context(), anas), "")
	_, err := ben.Revoke(t.Context(), bens)
	want(t, "revoke", err, "")
	if done := c.poll(d); !slices.Equal(done.Replaced, []string{a}) || !slices.Equal(done.Ended, []string{b}) {
		t.Errorf("%+v", done)
	}
	if x, y := received(); x.Shown == nil || x.Shown.Number != 3 || y.Shown != nil || y.Ended.IsZero() {
		t.Errorf("%+v, %+v", x, y)
	}

	// What ended stays ended, also when its bytes are shown once more.
	c.lies["/s/"+b] = other
	if done := c.poll(d); len(done.Received)+len(done.Replaced) != 0 {
		t.Errorf("%+v", done)
	}
	if _, y := received(); y.Shown != nil {
		t.Error("what a person took back is shown again")
	}
}
