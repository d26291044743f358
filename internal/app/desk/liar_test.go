package desk_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/evenkeel/evenkeel/care"
	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/desk"
	"github.com/evenkeel/evenkeel/internal/app/share"
	"github.com/evenkeel/evenkeel/internal/app/union"
	deskhost "github.com/evenkeel/evenkeel/internal/host"
	"github.com/evenkeel/evenkeel/internal/host/client"
	"github.com/evenkeel/evenkeel/internal/locale"
	"github.com/evenkeel/evenkeel/internal/store/memory"
	"github.com/evenkeel/evenkeel/internal/store/notes"
	"github.com/evenkeel/evenkeel/internal/testkit/place"
	"github.com/evenkeel/evenkeel/internal/wire"
	"github.com/evenkeel/evenkeel/journal"
)

// liar is a real host that a desk and the people who share with it reach, and that can
// lie to the desk: lie gets what was asked for and the true answer, and may give
// another.
type liar struct {
	host *deskhost.Host
	lie  func(path string, status int, body []byte) (int, []byte)
}

const liarsBase = "https://host.example"

// RoundTrip hands a request to the host.
func (l *liar) RoundTrip(r *http.Request) (*http.Response, error) {
	r.RemoteAddr = "203.0.113.1:1"
	if r.Body == nil {
		r.Body = http.NoBody
	}
	answer := httptest.NewRecorder()
	l.host.Handler().ServeHTTP(answer, r)
	reply := answer.Result()
	if l.lie != nil {
		status, body := l.lie(r.URL.Path, answer.Code, answer.Body.Bytes())
		reply.StatusCode, reply.Body = status, io.NopCloser(bytes.NewReader(body))
	}
	return reply, nil
}

// theDesk is a desk with its inbox and card on the liar's host.
func (l *liar) theDesk(t *testing.T, clock *place.Clock) *desk.Desk {
	t.Helper()
	d := desk.New(desk.Config{Store: memory.Open(), Clock: clock, Random: rand.Reader, Stretch: quickly,
		Dial: func(base string, log wire.Address, key ed25519.PrivateKey) (desk.Line, error) {
			return client.New(base, log, key, clock, l)
		},
		Visit: func(base string) (desk.Visitor, error) { return client.NewVisitor(base, l) },
	})
	want(t, "begin", d.Begin(t.Context(), clinic, "Ana", "ana's words"), "")
	want(t, "start", d.Start(t.Context(), liarsBase, ""), "")
	return d
}

// person is somebody who shares with the desk, and the address of their share.
type person struct {
	*share.Sharing
	id journal.ID
	at string
}

func (l *liar) person(t *testing.T, clock *place.Clock, name, code string) person {
	t.Helper()
	truth := &liar{host: l.host}
	a := app.New(app.Config{Store: memory.Open(), Device: new(memory.Keys), Clock: clock, IDs: place.IDs{}, Random: rand.Reader})
	if err := a.Open(t.Context()); err != nil {
		t.Fatal(err)
	}
	texts, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	u := &union.Union{App: a, Notes: notes.At(t.TempDir()), Clock: clock, Random: rand.Reader, Dial: func(base string, log wire.Address, key ed25519.PrivateKey) (union.Line, error) {
		return client.New(base, log, key, clock, truth)
	}}
	if _, err := u.Start(t.Context(), liarsBase, ""); err != nil {
		t.Fatal(err)
	}
	p := person{Sharing: &share.Sharing{App: a, Union: u, Random: rand.Reader, Texts: texts,
		Dial: func(base string, log wire.Address, key ed25519.PrivateKey) (share.Place, error) {
			return client.New(base, log, key, clock, truth)
		},
		Visit: func(base string) (share.Visitor, error) { return client.NewVisitor(base, truth) },
	}}
	seen, err := p.Look(t.Context(), code)
	if err != nil {
		t.Fatal(err)
	}
	begun, err := p.Begin(t.Context(), &share.Draft{Form: "sealed", Card: &seen.Card, Patient: name, Parts: []string{"contact"},
		Days: 30, Purposes: []string{"care"}, Until: journal.DateOf(clock.Time).Add(60)}, name)
	if err != nil || begun.Waits != nil {
		t.Fatal(err, begun.Waits)
	}
	p.id = begun.ID
	shares, err := p.Shares(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	p.at = shares[0].Share().Address
	return p
}

func received(t *testing.T, d *desk.Desk) map[string]care.Received {
	t.Helper()
	list, err := d.Received(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]care.Received{}
	for _, r := range list {
		all[r.ID] = r
	}
	return all
}

// A host that lies to a desk about what people share makes it believe nothing that
// they did not say last: what it had stays, the lie is named, and the truth is taken as
// soon as it comes.
func TestLyingHostOfShares(t *testing.T) {
	clock := &place.Clock{Time: place.Evening}
	limits := deskhost.DefaultLimits()
	limits.PerLog, limits.PerNetwork = 1e6, 1e6
	l := &liar{host: deskhost.New(deskhost.Config{Store: memory.Open(), Clock: clock, Registration: deskhost.Open, Limits: limits, Log: slog.New(slog.DiscardHandler)})}
	d := l.theDesk(t, clock)
	card, err := d.Card(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ana, ben := l.person(t, clock, "Ana R.", card.Code), l.person(t, clock, "Ben S.", card.Code)

	// The host remembers all that it was asked for.
	seen := map[string][][]byte{}
	var letters []byte
	l.lie = func(path string, status int, body []byte) (int, []byte) {
		if path == "/v1/inbox" && letters == nil {
			letters = body
		}
		seen[path] = append(seen[path], body)
		return status, body
	}
	if done, err := d.Poll(t.Context()); err != nil || len(done.Received) != 2 {
		t.Fatalf("%+v, %v", done, err)
	}
	for _, p := range []person{ana, ben} {
		clock.Time = clock.Time.AddDate(0, 0, 1)
		if err := p.Renew(t.Context(), p.id); err != nil {
			t.Fatal(err)
		}
	}
	if done, err := d.Poll(t.Context()); err != nil || len(done.Replaced) != 2 {
		t.Fatalf("%+v, %v", done, err)
	}
	of := func(p person) string { return "/s/" + p.at }
	if len(seen[of(ana)]) != 2 || len(seen[of(ben)]) != 2 {
		t.Fatalf("%d, %d", len(seen[of(ana)]), len(seen[of(ben)]))
	}

	onlyAna := func(status int, body []byte) func(string, int, []byte) (int, []byte) {
		return func(path string, s int, b []byte) (int, []byte) {
			if path == of(ana) {
				return status, body
			}
			return s, b
		}
	}
	latest := seen[of(ana)][1]
	bent := bytes.Clone(latest)
	bent[len(bent)/2] ^= 1
	for name, c := range map[string]struct {
		lie func(string, int, []byte) (int, []byte)
		why string // empty for a silent host
	}{
		"withholds":          {onlyAna(http.StatusInternalServerError, nil), ""},
		"shows an older one": {onlyAna(http.StatusOK, seen[of(ana)][0]), "older"},
		"shows another's":    {onlyAna(http.StatusOK, seen[of(ben)][1]), "form"},
		"shows a letter":     {onlyAna(http.StatusOK, letters), "form"},
		"changes a bit":      {onlyAna(http.StatusOK, bent), "form"},
		"cuts it off":        {onlyAna(http.StatusOK, latest[:len(latest)-1]), "form"},
		"shows nothing":      {onlyAna(http.StatusOK, nil), "form"},
		"swaps the two of them": {func(path string, s int, b []byte) (int, []byte) {
			switch path {
			case of(ana):
				return http.StatusOK, seen[of(ben)][1]
			case of(ben):
				return http.StatusOK, latest
			}
			return s, b
		}, "form"},
	} {
		t.Run(name, func(t *testing.T) {
			l.lie = c.lie
			done, err := d.Poll(t.Context())
			if err != nil || len(done.Received)+len(done.Replaced)+len(done.Ended) != 0 {
				t.Fatalf("%+v, %v", done, err)
			}
			said := false
			for _, r := range done.Refused {
				said = said || r.Share == ana.at && r.Why == c.why
			}
			if c.why == "" {
				said = len(done.Silent) == 1 && done.Silent[0] == ana.at
			}
			all := received(t, d)
			if a, b := all[ana.at], all[ben.at]; !said || len(all) != 2 || a.Shown == nil || a.Shown.Number != 2 || a.Shown.Consent.Signed != "Ana R." ||
				b.Shown == nil || b.Shown.Number != 2 || b.Shown.Consent.Signed != "Ben S." {
				t.Errorf("%+v: %+v", done, all)
			}
		})
	}

	t.Run("brings old letters again", func(t *testing.T) {
		l.lie = func(path string, s int, b []byte) (int, []byte) {
			if strings.HasPrefix(path, "/v1/inbox") {
				return http.StatusOK, letters
			}
			return s, b
		}
		if done, err := d.Poll(t.Context()); err == nil && len(done.Received)+len(done.Replaced)+len(done.Ended) != 0 {
			t.Errorf("%+v", done)
		}
		if all := received(t, d); len(all) != 2 {
			t.Errorf("%+v", all)
		}
	})

	// Then it tells the truth.
	l.lie = nil
	clock.Time = clock.Time.AddDate(0, 0, 1)
	if err := ana.Renew(t.Context(), ana.id); err != nil {
		t.Fatal(err)
	}
	if _, err := ben.Revoke(t.Context(), ben.id); err != nil {
		t.Fatal(err)
	}
	done, err := d.Poll(t.Context())
	if err != nil || len(done.Replaced) != 1 || len(done.Ended) != 1 {
		t.Errorf("%+v, %v", done, err)
	}
	if all := received(t, d); all[ana.at].Shown == nil || all[ana.at].Shown.Number != 3 || all[ben.at].Shown != nil || all[ben.at].Ended.IsZero() {
		t.Errorf("%+v", all)
	}

	// What ended stays ended, also when its bytes are shown once more.
	l.lie = func(path string, s int, b []byte) (int, []byte) {
		if path == of(ben) {
			return http.StatusOK, seen[of(ben)][1]
		}
		return s, b
	}
	if done, err := d.Poll(t.Context()); err != nil || len(done.Received)+len(done.Replaced) != 0 {
		t.Errorf("%+v, %v", done, err)
	}
	if all := received(t, d); all[ben.at].Shown != nil {
		t.Error("what a person took back is shown again")
	}
}
