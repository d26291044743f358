package share

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"testing"

	"github.com/evenkeel/evenkeel/care"
	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/shl"
	"github.com/evenkeel/evenkeel/internal/testkit/place"
	"github.com/evenkeel/evenkeel/journal"
)

func write(t *testing.T, d *device, events ...journal.Event) {
	t.Helper()
	if _, err := record.New(t.Context(), d.App, events...); err != nil {
		t.Fatal(err)
	}
}

func only(t *testing.T, d *device) Item {
	t.Helper()
	list, away, err := d.List(t.Context(), true)
	if err != nil || away != nil || len(list) != 1 {
		t.Fatalf("%+v, %v, %v", list, away, err)
	}
	return list[0]
}

// A person shares with a program, it is renewed by itself a day later, the program
// fetches it, and the person takes it back.
func TestShareWithAProgram(t *testing.T) {
	w := newWorld(t)
	a, b := w.pair()
	write(t, a, journal.Event{Body: &journal.None{}})
	begun, err := a.Begin(t.Context(), a.sealed(), "Sam R.")
	if err != nil || begun.Waits != nil {
		t.Fatal(err, begun.Waits)
	}
	sh, _, err := a.find(t.Context(), begun.ID)
	if err != nil {
		t.Fatal(err)
	}
	address := sh.Share().Address
	letters := w.letters()[address]
	if len(letters) != 1 || letters[0] != (care.Letter{Version: 1, Host: base, Address: address, Patient: "Sam R."}) {
		t.Fatalf("letters %+v", letters)
	}
	p := w.fetched(address)
	if p == nil || p.Number != 1 || p.Contact == nil || p.Contact.LastEntry != "2026-11-24" || p.Scores != nil || p.Consent.Signed != "Sam R." || p.Consent.Recipient != "Harbor Outpatient" {
		t.Fatalf("%+v", p)
	}
	if item := only(t, a); item.State != Holds || item.OnHost == nil || item.OnHost.Fetched != 1 || item.Versions != 1 {
		t.Errorf("%+v", item)
	}
	if steps, err := a.RenewDue(t.Context()); err != nil || len(steps) != 0 {
		t.Errorf("renewed on the same day: %+v, %v", steps, err)
	}
	// The other device renews it the next day.
	a.sync()
	b.sync()
	w.clock.Time = w.clock.Time.AddDate(0, 0, 1)
	write(t, b, journal.Event{Body: &journal.None{}})
	if steps, err := b.RenewDue(t.Context()); err != nil || len(steps) != 1 || steps[0].Did != "renewed" || steps[0].Err != nil {
		t.Errorf("%+v, %v", steps, err)
	}
	if p := w.fetched(address); p == nil || p.Number != 2 || p.Contact.LastEntry != "2026-11-25" {
		t.Errorf("%+v", p)
	}
	b.sync()
	a.sync()
	log, err := a.Disclosures(t.Context())
	if err != nil || len(log) != 2 || log[0].Number != 2 || !log[0].Arrived || log[0].Recipient != "Harbor Outpatient" || log[1].Number != 1 || !log[1].Told || log[1].Parts[0] != "contact" || log[1].Purpose == "" {
		t.Errorf("%+v, %v", log, err)
	}
	ended, err := a.Revoke(t.Context(), begun.ID)
	if err != nil || ended != (Ended{Destroyed: true, Told: true}) {
		t.Errorf("%+v, %v", ended, err)
	}
	if w.fetched(address) != nil {
		t.Error("it lies there after it was taken back")
	}
	if letters := w.letters()[address]; len(letters) != 2 || !letters[1].Ended {
		t.Errorf("%+v", letters)
	}
	if item := only(t, a); item.State != Taken || item.OnHost != nil {
		t.Errorf("%+v", item)
	}
	// The device that has not heard of it cannot bring it back.
	w.clock.Time = w.clock.Time.AddDate(0, 0, 1)
	if steps, err := b.RenewDue(t.Context()); err != nil || len(steps) != 1 || !fault.Is(steps[0].Err, fault.NotFound) {
		t.Errorf("%+v, %v", steps, err)
	}
	if w.fetched(address) != nil {
		t.Error("it was brought back")
	}
	if err := a.Renew(t.Context(), begun.ID); !fault.Is(err, fault.NotFound) {
		t.Errorf("renewed after the end: %v", err)
	}
	if err := record.Delete(t.Context(), a.App, begun.ID); !fault.Is(err, fault.Invalid) {
		t.Errorf("deleted: %v", err)
	}
}

// With the host away a share is ended here at once, and the host and the program are
// told as soon as it answers.
func TestEndingWithTheHostAway(t *testing.T) {
	w := newWorld(t)
	a, _ := w.pair()
	begun, err := a.Begin(t.Context(), a.sealed(), "Sam R.")
	if err != nil {
		t.Fatal(err)
	}
	sh, _, _ := a.find(t.Context(), begun.ID)
	w.away = true
	ended, err := a.Revoke(t.Context(), begun.ID)
	if err != nil || ended.Destroyed || ended.Told || ended.Waits == nil {
		t.Errorf("%+v, %v", ended, err)
	}
	list, away, err := a.List(t.Context(), true)
	if err != nil || away == nil || len(list) != 1 || list[0].State != Ending {
		t.Errorf("%+v, %v, %v", list, away, err)
	}
	w.away = false
	if w.fetched(sh.Share().Address) == nil {
		t.Fatal("the test has nothing to destroy")
	}
	if steps, err := a.RenewDue(t.Context()); err != nil || len(steps) != 1 || steps[0].Did != "ended" || steps[0].Err != nil {
		t.Errorf("%+v, %v", steps, err)
	}
	if w.fetched(sh.Share().Address) != nil || len(w.letters()[sh.Share().Address]) != 2 || only(t, a).State != Taken {
		t.Error("the host or the program was not told")
	}
}

// Begun with the host away, a share waits, and nothing is lost.
func TestBeginningWithTheHostAway(t *testing.T) {
	w := newWorld(t)
	a, _ := w.pair()
	d := a.sealed()
	w.away = true
	begun, err := a.Begin(t.Context(), d, "Sam R.")
	if err != nil || begun.Waits == nil {
		t.Fatal(err)
	}
	w.away = false
	if item := only(t, a); item.State != Waiting || item.OnHost != nil {
		t.Errorf("%+v", item)
	}
	if steps, err := a.RenewDue(t.Context()); err != nil || len(steps) != 1 || steps[0].Did != "brought" || steps[0].Err != nil {
		t.Errorf("%+v, %v", steps, err)
	}
	if item := only(t, a); item.State != Holds || item.Versions != 1 {
		t.Errorf("%+v", item)
	}
}

// What is not signed is not begun.
func TestNothingUnsigned(t *testing.T) {
	w := newWorld(t)
	a, _ := w.pair()
	if _, err := a.Begin(t.Context(), a.sealed(), " "); !fault.Is(err, fault.Invalid) {
		t.Error(err)
	}
	alone := w.device()
	if _, err := alone.Begin(t.Context(), a.sealed(), "Sam R."); !fault.Is(err, fault.NotFound) {
		t.Error(err)
	}
	for _, d := range []*device{a, alone} {
		if list, _, err := d.List(t.Context(), false); err != nil || len(list) != 0 {
			t.Errorf("%+v, %v", list, err)
		}
	}
}

// A link opens what lies on the host with its key, and no longer once it was ended.
func TestLink(t *testing.T) {
	w := newWorld(t)
	a, _ := w.pair()
	write(t, a, place.Note("a secret word"))
	d := &Draft{Form: "link", Recipient: "Dr. Lee", RecipientKind: "clinician", Patient: "Sam R.", Parts: []string{"contact"}, Purposes: []string{"request"}, Until: "2026-12-24"}
	begun, err := a.Begin(t.Context(), d, "Sam R.")
	if err != nil || begun.Waits != nil {
		t.Fatal(err, begun.Waits)
	}
	l, err := a.Link(t.Context(), begun.ID)
	if err != nil {
		t.Fatal(err)
	}
	// The link says itself when it ends: at midnight after its last day, where the
	// person is (UTC-5).
	if l.Flag != "LU" || l.Exp != 1798174800 || len(l.URL) != len(base)+3+64 {
		t.Errorf("%+v", l)
	}
	sh, _, _ := a.find(t.Context(), begun.ID)
	body := w.raw(sh.Share().Address)
	plain, kind, err := shl.Decode(string(body), l.Key)
	if err != nil || kind != "application/fhir+json" || bytes.Contains(plain, []byte("secret word")) {
		t.Errorf("%s, %v", kind, err)
	}
	if _, err := a.Revoke(t.Context(), begun.ID); err != nil {
		t.Fatal(err)
	}
	if w.raw(sh.Share().Address) != nil || only(t, a).State != Taken {
		t.Error("the link still leads to it")
	}
	if _, err := a.Link(t.Context(), begun.ID); !fault.Is(err, fault.NotFound) {
		t.Error(err)
	}
}

// A file needs no host. Its versions open with one key, and each is on record.
func TestFile(t *testing.T) {
	w := newWorld(t)
	alone := w.device()
	w.away = true
	d := &Draft{Form: "file", Recipient: "Dr. Lee", RecipientKind: "clinician", Patient: "Sam R.", Parts: []string{"contact"}, Purposes: []string{"request"}, Until: "2026-12-24"}
	f, err := alone.File(t.Context(), d, "Sam R.")
	if err != nil {
		t.Fatal(err)
	}
	if log, _ := alone.Disclosures(t.Context()); len(log) != 1 || log[0].Arrived {
		t.Errorf("%+v", log)
	}
	if err := alone.Handed(t.Context(), f.ID, f.Number); err != nil {
		t.Fatal(err)
	}
	again, err := alone.FileAgain(t.Context(), f.ID)
	if err != nil || again.Number != 2 || again.Key != f.Key || bytes.Equal(again.Content, f.Content) {
		t.Errorf("%d, %v", again.Number, err)
	}
	key, err := base64.RawURLEncoding.DecodeString(f.Key)
	if err != nil {
		t.Fatal(err)
	}
	for _, content := range [][]byte{f.Content, again.Content} {
		if plain, _, err := shl.Decode(string(content), [32]byte(key)); err != nil || !json.Valid(plain) {
			t.Error(err)
		}
	}
	d.Clear = true
	clearly, err := alone.File(t.Context(), d, "Sam R.")
	if err != nil || clearly.Key != "" || !json.Valid(clearly.Content) || clearly.Type != "application/fhir+json" {
		t.Errorf("%+v, %v", clearly.Name, err)
	}
	if ended, err := alone.Revoke(t.Context(), f.ID); err != nil || ended != (Ended{}) {
		t.Errorf("%+v, %v", ended, err)
	}
	if _, err := alone.FileAgain(t.Context(), f.ID); !fault.Is(err, fault.NotFound) {
		t.Error(err)
	}
	if steps, err := alone.RenewDue(t.Context()); err != nil || len(steps) != 0 {
		t.Errorf("%+v, %v", steps, err)
	}
}

// Before a place on a host is given up, all that lies there is taken back; a file lies
// nowhere.
func TestEndAll(t *testing.T) {
	w := newWorld(t)
	a, _ := w.pair()
	file := &Draft{Form: "file", Recipient: "Dr. Lee", RecipientKind: "clinician", Patient: "Sam R.", Parts: []string{"contact"}, Purposes: []string{"request"}, Until: "2026-12-24"}
	if _, err := a.File(t.Context(), file, "Sam R."); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if _, err := a.Begin(t.Context(), a.sealed(), "Sam R."); err != nil {
			t.Fatal(err)
		}
	}
	lying := func(day journal.Date) int { return len(Lying(a.onDisk(), day)) }
	if n := lying("2026-11-24"); n != 2 {
		t.Errorf("%d lie there, want 2", n)
	}
	if n := lying("2027-01-24"); n != 0 { // their last day is the 23rd
		t.Errorf("%d lie there after their last day", n)
	}
	w.away = true
	if err := a.EndAll(t.Context()); err == nil || lying("2026-11-24") != 2 {
		t.Errorf("%v, %d: the host was not told, so they lie there", err, lying("2026-11-24"))
	}
	w.away = false
	if err := a.EndAll(t.Context()); err != nil || lying("2026-11-24") != 0 {
		t.Errorf("%v, %d", err, lying("2026-11-24"))
	}
}

// A file that is read in cannot make a journal share: what it brings names no log of
// this person's, whoever it is sealed to.
func TestAnImportedShareGoesNowhere(t *testing.T) {
	w := newWorld(t)
	a, _ := w.pair()
	d := a.sealed()
	sh, err := a.signed(t.Context(), d, "Sam R.")
	if err != nil {
		t.Fatal(err)
	}
	if err := a.lay(t.Context(), sh); err != nil {
		t.Fatal(err)
	}
	sh.Log = "00112233445566778899aabbccddeeff"
	id, err := a.write(t.Context(), sh)
	if err != nil {
		t.Fatal(err)
	}
	w.clock.Time = w.clock.Time.AddDate(0, 0, 3)
	steps, err := a.RenewDue(t.Context())
	if err != nil || len(steps) != 1 || steps[0].Share != id || !fault.Is(steps[0].Err, fault.Conflict) {
		t.Errorf("%+v, %v", steps, err)
	}
	if w.raw(sh.Address) != nil || len(w.letters()) != 0 {
		t.Error("something went out")
	}
}

// What is too long for its form is not begun, so that nothing waits for ever.
func TestTooLongIsNotBegun(t *testing.T) {
	w := newWorld(t)
	a, _ := w.pair()
	old := journal.Event{At: w.clock.Time.AddDate(-100, 0, 0), Body: &journal.None{}}
	write(t, a, old)
	d := a.sealed()
	d.Days = 0 // a hundred years, of which each day is told
	if _, err := a.Begin(t.Context(), d, "Sam R."); !fault.Is(err, fault.Invalid) {
		t.Error(err)
	}
	if list, _, err := a.List(t.Context(), false); err != nil || len(list) != 0 {
		t.Errorf("%+v, %v", list, err)
	}
}
