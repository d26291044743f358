package journal

import (
	"errors"
	"strings"
	"testing"
)

func TestDecodeRefuses(t *testing.T) {
	const head = `{"v":1,"at":"2026-11-22T08:00:00-05:00","recorded":"2026-11-22T08:00:00-05:00",`
	for _, c := range []struct{ name, plain, says string }{
		{"not JSON", `{`, "cannot be read"},
		{"no payload", head + `"kind":"dose"}`, "exactly one thing"},
		{"two payloads", head + `"kind":"note","note":{"text":"a"},"none_today":{}}`, "exactly one thing"},
		{"kind and payload differ", head + `"kind":"dose","note":{"text":"a"}}`, "holds"},
		{"zero dose", head + `"kind":"dose","dose":{"amount":0,"unit":"g"}}`, "more than 0"},
		{"negative dose", head + `"kind":"dose","dose":{"amount":-2,"unit":"g"}}`, "more than 0"},
		{"absurd dose", head + `"kind":"dose","dose":{"amount":1e9,"unit":"g"}}`, "at most"},
		{"unknown reason", head + `"kind":"dose","dose":{"amount":1,"unit":"g","reasons":["fun"]}}`, "not one of the choices"},
		{"rough 11", head + `"kind":"check_in","check_in":{"rough":11}}`, "from 0 to 10"},
		{"symptom 5", head + `"kind":"check_in","check_in":{"symptoms":{"yawning":5}}}`, "from 0 to 4"},
		{"unknown symptom", head + `"kind":"check_in","check_in":{"symptoms":{"hiccups":1}}}`, "not one of the choices"},
		{"empty check-in", head + `"kind":"check_in","check_in":{}}`, "at least one"},
		{"25 hours of sleep", head + `"kind":"check_in","check_in":{"sleep_h":25}}`, "0 to 24"},
		{"impossible day", head + `"kind":"body_change","body_change":{"change":"itch","since":"2026-02-30"}}`, "written like"},
		{"deletes nothing", head + `"kind":"deletion","deletion":{}}`, "must name"},
		{"rev without replaces", head + `"kind":"note","rev":2,"note":{"text":"a"}}`, "replaces"},
		{"year 1", `{"v":1,"kind":"note","at":"0001-01-01T00:00:00Z","recorded":"2026-11-22T08:00:00Z","note":{"text":"a"}}`, "between 1900"},
		{"long text", head + `"kind":"note","note":{"text":"` + strings.Repeat("a", maxText+1) + `"}}`, "longer than"},
		{"two equal units", head + `"kind":"product","product":{"name":"x","form":"tea","units":[{"name":"cup"},{"name":"Cup"}]}}`, "two units"},
		{"content outside its spread", head + `"kind":"product","product":{"name":"x","form":"tea","units":[{"name":"cup","seven_oh":{"basis":"label","mg":9,"low":1,"high":2}}]}}`, "within its spread"},
		{"lower-case currency", head + `"kind":"spending","spending":{"amount":1,"currency":"usd"}}`, "capital letters"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Decode([]byte(c.plain))
			var u *UnreadableError
			if !errors.As(err, &u) || u.Newer {
				t.Fatalf("got %v", err)
			}
			if !strings.Contains(err.Error(), c.says) {
				t.Errorf("says %q, want something with %q", err, c.says)
			}
		})
	}
}

// An event of a later release is kept and named as such, never guessed at.
func TestDecodeKnowsANewerRelease(t *testing.T) {
	for _, plain := range []string{
		`{"v":2,"kind":"dose","at":"2026-11-22T08:00:00Z","recorded":"2026-11-22T08:00:00Z","dose":{"amount":1,"unit":"g"}}`,
		`{"v":2,"kind":"dose","dose":"in another shape"}`,
	} {
		_, err := Decode([]byte(plain))
		var u *UnreadableError
		if !errors.As(err, &u) || !u.Newer {
			t.Errorf("%s: %v", plain, err)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(`{"v":1,"kind":"none_today","at":"2026-11-22T08:00:00Z","recorded":"2026-11-22T08:00:00Z","none_today":{}}`))
	f.Add([]byte(`{"v":1,"kind":"dose","at":"2026-11-22T08:00:00-05:00","recorded":"2026-11-22T08:00:00Z","dose":{"amount":3,"unit":"g"}}`))
	f.Fuzz(func(t *testing.T, plain []byte) {
		e, err := Decode(plain)
		if err != nil {
			return
		}
		if _, err := e.Encode(); err != nil {
			t.Errorf("read, but cannot be written: %v", err)
		}
	})
}
