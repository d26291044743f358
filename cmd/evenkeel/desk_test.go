package main

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/care"
	"github.com/evenkeel/evenkeel/internal/app/desk"
	"github.com/evenkeel/evenkeel/internal/host/client"
	"github.com/evenkeel/evenkeel/internal/vault/envelope"
	"github.com/evenkeel/evenkeel/internal/wire"
	"github.com/evenkeel/evenkeel/journal"
)

// A clinic takes its place on a host; somebody shares with it, the clinic reads it,
// writes a note and gives it out; they take it back, and it is gone from the clinic.
func TestDesk(t *testing.T) {
	keeper, clinic := newMachine(t), newMachine(t)
	h := keeper.host("--register", "open")
	clinic.secret = "ana's words"
	clinic.run("desk", "begin", "Riverside", "--member", "Ana")
	var card desk.Shown
	decode(t, clinic.run("desk", "start", h.URL, "--json"), &card)
	if card.Card.Name != "Riverside" || len(card.Words) != 9 || !strings.HasPrefix(card.Code, h.URL+"/#") {
		t.Fatalf("%+v", card)
	}
	if out := string(clinic.run("desk", "card", "--qr")); !strings.Contains(out, card.Code) || !strings.Contains(out, strings.Join(card.Words, " ")) {
		t.Errorf("%s", out)
	}

	mia := newSharer(t, h.URL, &card.Card)
	mia.put("Mia Lane\x1b[31m")
	mia.post()
	var done desk.Polled
	decode(t, clinic.run("desk", "poll", "--json"), &done)
	if len(done.Received) != 1 || done.Received[0] != mia.id.String() {
		t.Fatalf("%+v", done)
	}
	id := mia.id.String()[:8]
	if out := string(clinic.run("desk", "list", "--all")); !strings.Contains(out, "Mia") || strings.Contains(out, "\x1b") || !strings.Contains(out, "Not a live channel: nobody is watching this") {
		t.Errorf("%q", out)
	}
	if out := string(clinic.run("desk", "show", id)); strings.Contains(out, "\x1b") || !strings.Contains(out, "Not a live channel: nobody is watching this") || !strings.Contains(out, "2026-11-20: taken 3½ g green leaf; rough 4; craving not known; sleep in hours not known") || !strings.Contains(out, "prohibits unauthorized") {
		t.Errorf("%s", out)
	}
	clinic.run("desk", "note", id, "called, all well")
	var shown struct {
		Live  string
		Notes []desk.Note
		Open  []struct{ Key, Says string }
		Shown *care.Projection
	}
	decode(t, clinic.run("desk", "show", id, "--json"), &shown)
	if len(shown.Notes) != 1 || shown.Notes[0].Text != "called, all well" || shown.Notes[0].Name != "Ana" || shown.Shown == nil || len(shown.Open) != 1 || shown.Live == "" {
		t.Fatalf("%+v", shown)
	}
	clinic.run("desk", "ack", id, shown.Open[0].Key)
	var listed struct {
		People []struct{ Open, Seen []struct{ Key string } }
	}
	decode(t, clinic.run("desk", "list", "--json"), &listed)
	if len(listed.People) != 1 || len(listed.People[0].Seen) != 1 || len(listed.People[0].Open) != 0 {
		t.Errorf("%+v", listed)
	}

	file := filepath.Join(t.TempDir(), "mia.json")
	clinic.run("desk", "export", id, "--fhir", "--to", file)
	if b, err := os.ReadFile(file); err != nil || !strings.Contains(string(b), `"resourceType"`) {
		t.Errorf("%s, %v", b, err)
	}
	if out := string(clinic.run("desk", "export", id, "--csv")); !strings.Contains(out, "2026-11-20,doses,1,3.5 g green leaf,,,4,,,\n") {
		t.Errorf("%s", out)
	}
	if err := mia.log.EndShare(t.Context(), mia.id); err != nil {
		t.Fatal(err)
	}
	if out := string(clinic.run("desk", "poll")); !strings.Contains(out, "Ended: 1 share") {
		t.Errorf("%s", out)
	}
	decode(t, clinic.run("desk", "list", "--json"), &listed)
	if len(listed.People) != 1 || len(listed.People[0].Seen) != 0 || len(listed.People[0].Open) != 1 {
		t.Errorf("%+v", listed)
	}
	if out := string(clinic.run("desk", "show", id)); strings.Contains(out, "green leaf") || !strings.Contains(out, "called, all well") {
		t.Errorf("%s", out)
	}
	clinic.run("desk", "audit", "--verify")

	// A new key: the card is another, and so is its code; what was there is there.
	var rekeyed desk.Shown
	clinic.run("desk", "rekey")
	decode(t, clinic.run("desk", "card", "--json"), &rekeyed)
	visitor, err := client.NewVisitor(h.URL, http.DefaultTransport)
	if err != nil {
		t.Fatal(err)
	}
	log, err := wire.ParseAddress(rekeyed.Card.Inbox)
	if err != nil {
		t.Fatal(err)
	}
	var out care.Card
	b, err := visitor.Card(t.Context(), log)
	if err != nil {
		t.Fatal(err)
	}
	decode(t, b, &out)
	if rekeyed.Code == card.Code || string(out.Seal) != string(rekeyed.Card.Seal) {
		t.Errorf("%+v", rekeyed)
	}
}

func decode(t *testing.T, b []byte, v any) {
	t.Helper()
	if err := json.Unmarshal(b, v); err != nil {
		t.Fatalf("%v: %s", err, b)
	}
}

// sharer is what a person's device does, with a log of its own on a host.
type sharer struct {
	t    *testing.T
	card *care.Card
	url  string
	log  *client.Log
	key  ed25519.PrivateKey
	id   wire.Address
}

func newSharer(t *testing.T, url string, card *care.Card) *sharer {
	t.Helper()
	s := &sharer{t: t, card: card, url: url}
	var log wire.Address
	for _, b := range [][]byte{log[:], s.id[:]} {
		if _, err := rand.Read(b); err != nil {
			t.Fatal(err)
		}
	}
	_, device, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if _, s.key, err = ed25519.GenerateKey(rand.Reader); err != nil {
		t.Fatal(err)
	}
	if s.log, err = client.New(url, log, device, wallClock{}, http.DefaultTransport); err != nil {
		t.Fatal(err)
	}
	if err := s.log.Begin(t.Context(), ""); err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *sharer) put(patient string) {
	s.t.Helper()
	four, now := 4.0, time.Now()
	p := care.Projection{Version: 1, Number: 1, Made: now, Language: "en", Notice: "42 CFR part 2 prohibits unauthorized use or disclosure of these records.",
		Consent: journal.Consent{Patient: patient, Discloser: "the person", Parts: []string{"trends"}, Recipient: s.card.Name, RecipientKind: "program", Purposes: []string{"care"}, Purpose: "care", Until: journal.DateOf(now).Add(5), Rules: "us-42cfr2-2024-04-16", Language: "en", Signed: patient, SignedAt: now},
		Trends:  []care.Day{{Date: "2026-11-20", State: "doses", Doses: 1, Amounts: []care.Amount{{Product: "green leaf", Amount: 3.5, Unit: "g"}}, Rough: &four}}}
	if err := s.log.PutShare(s.t.Context(), s.id, wire.ShareSealed, now.Add(5*24*time.Hour), s.seal("evenkeel share 1 "+s.id.String(), p)); err != nil {
		s.t.Fatal(err)
	}
}

func (s *sharer) post() {
	s.t.Helper()
	visitor, err := client.NewVisitor(s.url, http.DefaultTransport)
	if err != nil {
		s.t.Fatal(err)
	}
	inbox, err := wire.ParseAddress(s.card.Inbox)
	if err != nil {
		s.t.Fatal(err)
	}
	if err := visitor.Post(s.t.Context(), inbox, s.seal("evenkeel letter 1", care.Letter{Version: 1, Host: s.url, Address: s.id.String(), Patient: "Mia"})); err != nil {
		s.t.Fatal(err)
	}
}

func (s *sharer) seal(context string, v any) []byte {
	s.t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		s.t.Fatal(err)
	}
	sealed, err := envelope.Seal(s.card.Seal, s.key, context, b)
	if err != nil {
		s.t.Fatal(err)
	}
	return sealed
}
