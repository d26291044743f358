package main

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/care"
	"github.com/evenkeel/evenkeel/internal/app/share"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/host/client"
	"github.com/evenkeel/evenkeel/internal/vault/envelope"
	"github.com/evenkeel/evenkeel/internal/wire"
)

// inbox is a program's inbox on a host, with its key and code.
func inbox(t *testing.T, base, invitation string) (*envelope.Recipient, string) {
	t.Helper()
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	log := wire.Address(sha256.Sum256(key))
	line, err := client.New(base, log, key, wallClock{}, http.DefaultTransport)
	if err != nil {
		t.Fatal(err)
	}
	if err := line.Begin(t.Context(), invitation); err != nil {
		t.Fatal(err)
	}
	keys, err := envelope.NewRecipient(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	card, err := json.Marshal(care.Card{Version: 1, Name: "Harbor Outpatient", Kind: "program", Seal: keys.Public(), Host: base, Inbox: log.String()})
	if err != nil {
		t.Fatal(err)
	}
	if err := line.PutCard(t.Context(), card); err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(card)
	return keys, base + "/#" + log.String() + "." + base64.RawURLEncoding.EncodeToString(sum[:])
}

// A person shares with a program and by a link, through a host in a process of its
// own, and takes both back.
func TestSharing(t *testing.T) {
	keeper, person := newMachine(t), newMachine(t)
	h := keeper.host()
	invite := func() string {
		var i struct{ Invitation string }
		if err := json.Unmarshal(keeper.run("host", "invite", "--json"), &i); err != nil {
			t.Fatal(err)
		}
		return i.Invitation
	}
	keys, code := inbox(t, h.URL, invite())
	person.run("add", "3 g green leaf")
	person.run("add", "note a word that nobody shall see")
	person.run("sync", "start", h.URL, "--invitation", invite())
	if out := string(person.run("share", "look", code)); !strings.Contains(out, "Harbor Outpatient") {
		t.Errorf("%s", out)
	}
	until := time.Now().AddDate(0, 1, 0).Format(time.DateOnly)
	form := []string{"--name", "Sam R.", "--show", "contact,trends", "--purpose", "care", "--until", until, "--sign", "Sam R."}

	var begun struct{ ID, Waits, Link string }
	read := func(out []byte, into any) {
		t.Helper()
		if err := json.Unmarshal(out, into); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
	}
	read(person.run(append([]string{"share", "begin", code, "--renew", "daily", "--json"}, form...)...), &begun)
	if len(begun.ID) != 32 || begun.Waits != "" {
		t.Fatalf("%+v", begun)
	}
	visitor, err := client.NewVisitor(h.URL, http.DefaultTransport)
	if err != nil {
		t.Fatal(err)
	}
	address := person.addressOf(begun.ID)
	at, err := wire.ParseAddress(address)
	if err != nil {
		t.Fatal(err)
	}
	body, _, err := visitor.Fetch(t.Context(), at, "Harbor")
	if err != nil {
		t.Fatal(err)
	}
	plain, _, err := keys.Open(share.ShareContext(address), body)
	var p care.Projection
	if err != nil || json.Unmarshal(plain, &p) != nil || len(p.Trends) != 1 || p.Trends[0].Doses != 1 || p.Consent.Signed != "Sam R." || strings.Contains(string(plain), "nobody shall see") {
		t.Errorf("%v: %s", err, plain)
	}

	var link struct{ ID, Link string }
	read(person.run(append([]string{"share", "link", "--for", "Dr. Lee", "--json"}, form...)...), &link)
	if out := string(keeper.run("view", link.Link, "--as", "Dr. Lee")); strings.Contains(out, "nobody shall see") || !strings.Contains(out, "green leaf") {
		t.Errorf("%s", out)
	}
	if again := string(person.run("share", "link", link.ID[:8])); !strings.Contains(again, link.Link) {
		t.Errorf("%s", again)
	}

	var list struct {
		Shares []struct {
			ID, State string
			Fetched   *int64
		}
	}
	read(person.run("share", "list", "--ask", "--json"), &list)
	if len(list.Shares) != 2 || list.Shares[0].Fetched == nil || *list.Shares[0].Fetched != 1 || list.Shares[1].State != "holds" {
		t.Errorf("%+v", list)
	}
	// A place on the host is not given up while something lies there.
	for _, args := range [][]string{{"sync", "stop"}, {"delete-everything", "--confirm", "delete everything"}} {
		if out, err := person.command(t.Context(), args...).CombinedOutput(); err == nil || !strings.Contains(string(out), "2 shares still lie on a host") {
			t.Errorf("%v: %v, %s", args, err, out)
		}
	}
	for _, id := range []string{begun.ID, link.ID} {
		var ended struct{ Ended, Destroyed bool }
		read(person.run("share", "end", id, "--json"), &ended)
		if !ended.Ended || !ended.Destroyed {
			t.Errorf("%+v", ended)
		}
	}
	if _, _, err := visitor.Fetch(t.Context(), at, "Harbor"); !fault.Is(err, fault.NotFound) {
		t.Errorf("it is still there: %v", err)
	}
	if out, err := keeper.command(t.Context(), "view", link.Link, "--as", "Dr. Lee").CombinedOutput(); err == nil || !strings.Contains(string(out), "no longer shared") {
		t.Errorf("%v: %s", err, out)
	}
	if out := string(person.run("share", "disclosures")); strings.Count(out, "version 1") != 2 || !strings.Contains(out, "Harbor Outpatient") {
		t.Errorf("%s", out)
	}
	// A file that was handed over opens with its key alone.
	var file struct{ ID, Key string }
	path := filepath.Join(t.TempDir(), "shared.jwe")
	read(person.run(append([]string{"share", "file", path, "--for", "Dr. Lee", "--json"}, form...)...), &file)
	if out := string(keeper.run("view", file.Key, "--file", path)); !strings.Contains(out, "green leaf") {
		t.Errorf("%s", out)
	}
	// A new one of a file without a key is not written in the clear unasked.
	clearly := filepath.Join(t.TempDir(), "clear.json")
	read(person.run(append([]string{"share", "file", clearly, "--clear", "--for", "Dr. Lee", "--json"}, form...)...), &file)
	if out, err := person.command(t.Context(), "share", "file", clearly+"2", "--again", file.ID).CombinedOutput(); err == nil || !strings.Contains(string(out), "--age or --clear") {
		t.Errorf("%v: %s", err, out)
	}
	// Its keys stand in no table and in no page that others are shown.
	for _, args := range [][]string{{"export", "--format", "csv", "-"}, {"summary"}, {"log", "--json"}} {
		if out := string(person.run(args...)); strings.Contains(out, address) || strings.Contains(out, "Harbor") {
			t.Errorf("%v shows it: %s", args, out)
		}
	}
}

// addressOf is where a share lies, as the export says.
func (m *machine) addressOf(id string) string {
	m.t.Helper()
	file := filepath.Join(m.t.TempDir(), "export.json")
	m.run("export", "--format", "json", file)
	b, err := os.ReadFile(file)
	if err != nil {
		m.t.Fatal(err)
	}
	var export struct {
		Records []struct {
			ID    string
			Event struct{ Share struct{ Address string } }
		}
	}
	if err := json.Unmarshal(b, &export); err != nil {
		m.t.Fatal(err)
	}
	for _, r := range export.Records {
		if r.ID == id {
			return r.Event.Share.Address
		}
	}
	m.t.Fatalf("the export has no share %s", id)
	return ""
}
