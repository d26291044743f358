package web_test

import (
	"crypto/ed25519"
	"crypto/rand"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/app/desk"
	"github.com/evenkeel/evenkeel/internal/host/client"
	"github.com/evenkeel/evenkeel/internal/store/memory"
	"github.com/evenkeel/evenkeel/internal/testkit/browser"
	"github.com/evenkeel/evenkeel/internal/vault"
	"github.com/evenkeel/evenkeel/internal/wire"
)

// newProgram is a desk of a program, with its inbox on a host.
func (s *site) newProgram(t testing.TB, host string) *desk.Desk {
	t.Helper()
	d := desk.New(desk.Config{Store: memory.Open(), Clock: s.clock, Random: rand.Reader, Cost: vault.MinCost,
		Dial: func(base string, log wire.Address, key ed25519.PrivateKey) (desk.Line, error) {
			return client.New(base, log, key, s.clock, s)
		},
		Visit: func(base string) (desk.Visitor, error) { return client.NewVisitor(base, s) },
	})
	if err := d.Begin(t.Context(), desk.Program{Name: "Harbor Clinic", Kind: "program"}, "Ana", "ana and the long river"); err != nil {
		t.Fatal(err)
	}
	if err := d.Start(t.Context(), host, ""); err != nil {
		t.Fatal(err)
	}
	return d
}

// A person on a phone, in Spanish, shares with a clinic; at the clinic's desk they are
// on the list and on a page of their own. They take it back, and there is nothing.
func TestSharedAndTakenBack(t *testing.T) {
	elsewhere(t)
	if testing.Short() {
		t.Skip("a browser at both ends takes ten seconds")
	}
	s := newSite(t, 30)
	s.want(200, s.post("/settings", "language", "es", "currency", "USD", "auto_lock_min", "15", "units", "us", "country", "US"))
	host := s.newHost(t)
	if _, err := s.united(s.place)(s.app).Start(t.Context(), host.URL, ""); err != nil {
		t.Fatal(err)
	}
	program := s.newProgram(t, host.URL)
	card, err := program.Card(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	clinic := serveDesk(t, program)
	b := browser.Open(t)
	phone, table := b.Tab(t, browser.Look{Width: 320, Height: 640}), b.Tab(t, browser.Look{Width: 1280, Height: 800, Dark: true})
	s.enter(phone)
	table.Go(clinic.gate.Link())
	table.Until(`location.pathname !== "/open" && document.readyState === "complete"`)
	fine := func(tab *browser.Tab, where string) {
		t.Helper()
		for _, v := range tab.Axe() {
			t.Errorf("%s: %s", where, v)
		}
		if n := tab.Wider(); n > 0 {
			t.Errorf("%s is %d px wider than its window", where, n)
		}
	}
	reads := func(tab *browser.Tab, text string) {
		t.Helper()
		if said := browser.Eval[string](tab, `document.body.innerText`); !strings.Contains(said, text) {
			t.Fatalf("the page does not say %q but:\n%.1500s", text, said)
		}
	}
	fill := func(id, text string) {
		t.Helper()
		browser.Eval[bool](phone, `document.getElementById(`+strconv.Quote(id)+`).value = `+strconv.Quote(text)+`, true`)
	}

	phone.Go(s.url + "/sharing/new?form=sealed")
	fill("f-code", card.Code)
	phone.Click(`form[action="/sharing/look"] button`)
	phone.Until(`document.getElementById("f-patient") !== null`)
	reads(phone, strings.Join(card.Words, " "))
	fine(phone, "whom a code leads to")
	fill("f-patient", "Sam R.")
	phone.Click(`form[action="/sharing/preview"] button[type=submit]`)
	phone.Until(`document.getElementById("f-signature") !== null`)
	fine(phone, "what they will see")
	fill("f-signature", "Sam Rivers")
	phone.Click(`form[action="/sharing/sign"] button:not([formaction])`)
	phone.Until(`document.querySelector("a[href$='/end']") !== null`)
	reads(phone, "Compartido con Harbor Clinic.")
	fine(phone, "a share")

	s.clock.set(s.clock.Now().Add(time.Minute))
	table.Click(`form[action="/poll"] button`)
	table.Until(`document.querySelector("a[href^='/people/']") !== null`)
	reads(table, "Sam R.")
	table.Click(`a[href^='/people/']`)
	table.Until(`location.pathname.startsWith("/people/")`)
	reads(table, "42 CFR part 2 prohibits unauthorized use or disclosure of these records.")
	fine(table, "a person at the desk")

	phone.Click(`a[href$='/end']`)
	phone.Until(`location.pathname.endsWith("/end")`)
	fine(phone, "before the end")
	phone.Click(`form[action$='/end'] button`)
	phone.Until(`!location.pathname.endsWith("/end")`)
	reads(phone, "Terminado. La copia está destruida y Harbor Clinic lo sabe.")

	s.clock.set(s.clock.Now().Add(time.Minute))
	table.Go(clinic.url + "/")
	table.Click(`form[action="/poll"] button`)
	table.Until(`document.body.innerText.includes("ended")`)
	received, err := program.Received(t.Context())
	if err != nil || len(received) != 1 || received[0].Shown != nil || received[0].Ended.IsZero() {
		t.Errorf("the desk still holds %+v, %v", received, err)
	}
}
