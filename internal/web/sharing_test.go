package web_test

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/care"
	"github.com/evenkeel/evenkeel/internal/app/share"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/host/client"
	"github.com/evenkeel/evenkeel/internal/vault/envelope"
	"github.com/evenkeel/evenkeel/internal/vault/fingerprint"
	"github.com/evenkeel/evenkeel/internal/wire"
)

// clinic is a recipient as its desk is one: an inbox on a host, a card and its key.
type clinic struct {
	key  *envelope.Recipient
	log  *client.Log
	code string
}

func newClinic(t *testing.T, s *site, host string) *clinic {
	t.Helper()
	key, err := envelope.NewRecipient(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	_, device, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	var at wire.Address
	_, _ = rand.Read(at[:])
	log, err := client.New(host, at, device, s.clock, http.DefaultTransport)
	if err != nil {
		t.Fatal(err)
	}
	if err := log.Begin(t.Context(), ""); err != nil {
		t.Fatal(err)
	}
	card, err := json.Marshal(care.Card{Version: 1, Name: "Harbor Clinic", Kind: "program", Seal: key.Public(), Host: host, Inbox: at.String()})
	if err != nil {
		t.Fatal(err)
	}
	if err := log.PutCard(t.Context(), card); err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(card)
	return &clinic{key, log, host + "/#" + at.String() + "." + base64.RawURLEncoding.EncodeToString(sum[:])}
}

// letters are all that lie in the clinic's inbox.
func (c *clinic) letters(t *testing.T) (list []care.Letter) {
	t.Helper()
	_, records, err := c.log.Inbox(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range records {
		b, _, err := c.key.Open(share.LetterContext, r.Ciphertext)
		if err != nil {
			t.Fatal(err)
		}
		var l care.Letter
		if err := json.Unmarshal(b, &l); err != nil {
			t.Fatal(err)
		}
		list = append(list, l)
	}
	return list
}

// A person sees whom a code leads to and what will be seen, signs, and the clinic has
// just that; ended, it is nowhere any more.
func TestSharingWithAClinic(t *testing.T) {
	s := newSite(t, 30)
	host := s.newHost(t)
	if _, err := s.united(s.place)(s.app).Start(t.Context(), host.URL, ""); err != nil {
		t.Fatal(err)
	}
	c := newClinic(t, s, host.URL)

	bad := s.want(422, s.post("/sharing/look", "code", "https://nothing"))
	s.says(bad, "That is not a whole code of a program.")
	r := s.want(200, s.post("/sharing/look", "code", c.code))
	s.says(r, "Harbor Clinic", strings.Join(fingerprint.Words(c.key.Public()), " "))
	filled := []string{"form", "sealed", "code", c.code, "patient", "Sam R.", "part", "contact", "part", "trends", "days", "30", "purpose", "care", "until", "2026-12-24", "renew", "by_hand"}
	r = s.want(422, s.post("/sharing/preview", append([]string{}, filled[:len(filled)-4]...)...))
	s.says(r, "Harbor Clinic", `value="Sam R."`)
	r = s.want(200, s.post("/sharing/preview", filled...))
	s.says(r, "Day by day", "When the person last wrote", "Your name, as the people you share with know you.", "Sam R.", "42 CFR part 2 prohibits unauthorized use or disclosure of these records.")
	if strings.Contains(r.body, "Scores of questionnaires") {
		t.Error("the page shows a part that was not ticked")
	}
	if _, err := s.app.Read(t.Context()); err != nil || len(c.letters(t)) != 0 {
		t.Fatalf("something went out before it was signed: %v", err)
	}
	r = s.want(422, s.post("/sharing/sign", append([]string{"signature", " "}, filled...)...))
	s.says(r, "Type your name to sign.")
	r = s.want(200, s.post("/sharing/sign", append([]string{"signature", "Sam Rivers"}, filled...)...))
	s.says(r, "Shared with Harbor Clinic.", "Holds until the end of")
	at := r.path

	letters := c.letters(t)
	if len(letters) != 1 || letters[0].Patient != "Sam R." {
		t.Fatalf("the clinic has %+v", letters)
	}
	visitor, err := client.NewVisitor(letters[0].Host, http.DefaultTransport)
	if err != nil {
		t.Fatal(err)
	}
	address, err := wire.ParseAddress(letters[0].Address)
	if err != nil {
		t.Fatal(err)
	}
	body, _, err := visitor.Fetch(t.Context(), address, "Harbor Clinic")
	if err != nil {
		t.Fatal(err)
	}
	content, _, err := c.key.Open(share.ShareContext(letters[0].Address), body)
	if err != nil {
		t.Fatal(err)
	}
	var p care.Projection
	if err := json.Unmarshal(content, &p); err != nil {
		t.Fatal(err)
	}
	if p.Contact == nil || len(p.Trends) != 30 || p.Scores != nil || p.Plan != nil || p.Consent.Signed != "Sam Rivers" {
		t.Errorf("the clinic sees %+v", p)
	}

	s.clock.set(s.clock.Now().Add(time.Hour))
	r = s.want(200, s.post("/sharing/ask"))
	s.says(r, "Fetched 1 time")
	s.says(s.want(200, s.post(at+"/renew")), "A new copy went out.")
	s.says(s.want(200, s.get("/sharing/disclosures")), "Harbor Clinic", "given out")
	s.says(s.want(200, s.get(at+"/end")), "cannot be called back")
	s.says(s.want(200, s.post(at+"/end")), "Ended. The copy is destroyed, and Harbor Clinic is told.")
	if _, _, err := visitor.Fetch(t.Context(), address, "Harbor Clinic"); !fault.Is(err, fault.NotFound) {
		t.Errorf("after the end the host still answers: %v", err)
	}
	if letters := c.letters(t); len(letters) != 2 || !letters[1].Ended {
		t.Errorf("the clinic was told %+v", letters)
	}
}

// A link opens what was ticked, with the key behind the '#'; a file needs no host.
func TestSharingByLinkAndFile(t *testing.T) {
	s := newSite(t, 30)
	filled := func(form string) []string {
		return []string{"form", form, "recipient", "Dr. Ames", "kind", "clinician", "patient", "Sam R.", "part", "trends", "days", "30", "purpose", "request", "until", "2026-12-24", "renew", "by_hand", "signature", "Sam Rivers"}
	}
	r := s.want(404, s.post("/sharing/sign", filled("link")...))
	s.says(r, "Nothing can be shared through a host yet")
	r = s.want(200, s.post("/sharing/sign", filled("file")...))
	s.says(r, "Signed. Save the file here.", "This key opens the file.")
	saved := s.want(200, s.post(r.path+"/file"))
	if saved.header.Get("Content-Type") != "application/jose" || strings.Count(saved.body, ".") != 4 {
		t.Errorf("the file is %s: %.80s", saved.header.Get("Content-Type"), saved.body)
	}
	host := s.newHost(t)
	if _, err := s.united(s.place)(s.app).Start(t.Context(), host.URL, ""); err != nil {
		t.Fatal(err)
	}
	r = s.want(200, s.post("/sharing/sign", filled("link")...))
	s.says(r, "Shared with Dr. Ames.", host.URL+"/view#shlink:/", "<svg")
	s.says(s.want(200, s.post(r.path+"/end")), "the link opens nothing")
	s.says(s.want(200, s.get("/sharing")), "Dr. Ames", "You ended this.")
}

// While something lies on a host the journal keeps its place there: nobody else could
// end it.
func TestStoppingWhileSomethingIsShared(t *testing.T) {
	s := newSite(t, 5)
	host := s.newHost(t)
	if _, err := s.united(s.place)(s.app).Start(t.Context(), host.URL, ""); err != nil {
		t.Fatal(err)
	}
	shared := s.want(200, s.post("/sharing/sign", append([]string{"form", "link", "signature", "Sam Rivers", "renew", "by_hand"}, draftOfAFile...)...)).path
	s.want(409, s.post("/settings/devices/stop"))
	s.want(409, s.post("/delete-everything", "word", "delete"))
	s.want(200, s.post(shared+"/end"))
	s.want(200, s.post("/settings/devices/stop"))
}
