package share

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"strings"
	"testing"

	"github.com/evenkeel/evenkeel/care"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/wire"
)

// cards is somebody's host as far as it has cards.
type cards map[wire.Address][]byte

func (c cards) Card(_ context.Context, log wire.Address) ([]byte, error) {
	if b, ok := c[log]; ok {
		return b, nil
	}
	return nil, fault.New(fault.NotFound, "host.no_log")
}

func (cards) Post(context.Context, wire.Address, []byte) error { return nil }

func code(log string, card []byte) string {
	sum := sha256.Sum256(card)
	return "https://desk.example/#" + log + "." + base64.RawURLEncoding.EncodeToString(sum[:])
}

// A code leads to its own card and no other, whatever a host gives.
func TestLook(t *testing.T) {
	log := strings.Repeat("0b", 32)
	address, err := wire.ParseAddress(log)
	if err != nil {
		t.Fatal(err)
	}
	card := func(change func(*care.Card)) []byte {
		c := care.Card{Version: 1, Name: "Harbor", Kind: "program", Seal: []byte("a key"), Host: "https://desk.example", Inbox: log}
		change(&c)
		b, err := json.Marshal(c)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	good := card(func(*care.Card) {})
	for _, c := range []struct {
		name        string
		code        string
		given       []byte
		wants, says string
	}{
		{"the card", code(log, good), good, "", ""},
		{"spaces about it", " " + code(log, good) + "\n", good, "", ""},
		{"another card", code(log, good), card(func(c *care.Card) { c.Seal = []byte("b key") }), "corrupt", "share.other_card"},
		{"no card", code(log, good), nil, "not_found", "share.no_card"},
		{"of another inbox", code(log, card(func(c *care.Card) { c.Inbox = strings.Repeat("0c", 32) })), card(func(c *care.Card) { c.Inbox = strings.Repeat("0c", 32) }), "corrupt", "share.card_form"},
		{"of no name", code(log, card(func(c *care.Card) { c.Name = "" })), card(func(c *care.Card) { c.Name = "" }), "corrupt", "share.card_form"},
		{"no card at all", code(log, []byte("[]")), []byte("[]"), "corrupt", "share.card_form"},
		{"a newer one", code(log, card(func(c *care.Card) { c.Version = 2 })), card(func(c *care.Card) { c.Version = 2 }), "newer_version", "share.card_newer"},
		{"cut short", code(log, good)[:70], good, "invalid", "share.code_form"},
		{"no host", strings.TrimPrefix(code(log, good), "https://desk.example/"), good, "invalid", "share.code_form"},
		{"nothing", "", good, "invalid", "share.code_form"},
	} {
		host := cards{}
		if c.given != nil {
			host[address] = c.given
		}
		asked := ""
		s := &Sharing{Visit: func(base string) (Visitor, error) { asked = base; return host, nil }}
		seen, err := s.Look(t.Context(), c.code)
		if c.wants == "" {
			if err != nil || seen.Name != "Harbor" || len(seen.Words) < 6 || asked != "https://desk.example" {
				t.Errorf("%s: %+v at %q, %v", c.name, seen, asked, err)
			}
			continue
		}
		if key, _ := fault.KeyOf(err); string(fault.CodeOf(err)) != c.wants || key != c.says {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// FuzzParseCode reads what anybody may type.
func FuzzParseCode(f *testing.F) {
	f.Add(code(strings.Repeat("0b", 32), []byte("x")))
	f.Add("https://a/#.")
	f.Fuzz(func(t *testing.T, s string) {
		base, log, sum, err := parseCode(s)
		if err != nil {
			return
		}
		again, log2, sum2, err := parseCode(base + "/#" + log.String() + "." + base64.RawURLEncoding.EncodeToString(sum[:]))
		if err != nil || again != strings.TrimSuffix(base, "/") && again != base || log2 != log || sum2 != sum {
			t.Errorf("%q reads as %q, %v, then %q, %v", s, base, log, again, err)
		}
	})
}
