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
		{"no payload", head + `"kind":"dose"}`, "one_thing"},
		{"two payloads", head + `"kind":"note","note":{"text":"a"},"none_today":{}}`, "one_thing"},
		{"kind and payload differ", head + `"kind":"dose","note":{"text":"a"}}`, "kind_differs"},
		{"zero dose", head + `"kind":"dose","dose":{"amount":0,"unit":"g"}}`, "amount_range"},
		{"negative dose", head + `"kind":"dose","dose":{"amount":-2,"unit":"g"}}`, "amount_range"},
		{"absurd dose", head + `"kind":"dose","dose":{"amount":1e9,"unit":"g"}}`, "amount_range"},
		{"unknown reason", head + `"kind":"dose","dose":{"amount":1,"unit":"g","reasons":["fun"]}}`, "not_a_choice"},
		{"rough 11", head + `"kind":"check_in","check_in":{"rough":11}}`, "number_range"},
		{"symptom 5", head + `"kind":"check_in","check_in":{"symptoms":{"yawning":5}}}`, "number_range"},
		{"unknown symptom", head + `"kind":"check_in","check_in":{"symptoms":{"hiccups":1}}}`, "not_a_choice"},
		{"empty check-in", head + `"kind":"check_in","check_in":{}}`, "check_in_empty"},
		{"25 hours of sleep", head + `"kind":"check_in","check_in":{"sleep_h":25}}`, "number_range"},
		{"impossible day", head + `"kind":"body_change","body_change":{"change":"itch","since":"2026-02-30"}}`, "date_form"},
		{"deletes nothing", head + `"kind":"deletion","deletion":{}}`, "deletes_nothing"},
		{"rev without replaces", head + `"kind":"note","rev":2,"note":{"text":"a"}}`, "rev_without_replaces"},
		{"year 1", `{"v":1,"kind":"note","at":"0001-01-01T00:00:00Z","recorded":"2026-11-22T08:00:00Z","note":{"text":"a"}}`, "time_range"},
		{"a daily amount of no unit", head + `"kind":"settings","settings":{"daily":{"amount":2}}}`, "empty"},
		{"a daily amount below none", head + `"kind":"settings","settings":{"daily":{"amount":-2,"unit":"g"}}}`, "amount_range"},
		{"long reasons", head + `"kind":"settings","settings":{"reasons":"` + strings.Repeat("a", MaxText+1) + `"}}`, "text_long"},
		{"a long name to call", head + `"kind":"settings","settings":{"someone":{"name":"` + strings.Repeat("a", MaxWord+1) + `"}}}`, "text_long"},
		{"long text", head + `"kind":"note","note":{"text":"` + strings.Repeat("a", MaxText+1) + `"}}`, "text_long"},
		{"two equal units", head + `"kind":"product","product":{"name":"x","form":"tea","units":[{"name":"cup"},{"name":"Cup"}]}}`, "units_alike"},
		{"content outside its spread", head + `"kind":"product","product":{"name":"x","form":"tea","units":[{"name":"cup","seven_oh":{"basis":"label","mg":9,"low":1,"high":2}}]}}`, "outside_spread"},
		{"lower-case currency", head + `"kind":"spending","spending":{"amount":1,"currency":"usd"}}`, "currency"},
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
