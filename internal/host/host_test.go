package host_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/host"
	"github.com/evenkeel/evenkeel/internal/host/client"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/store/sqlite"
	"github.com/evenkeel/evenkeel/internal/wire"
)

func TestPushAndPull(t *testing.T) {
	p := start(t, nil)
	f := p.begun(t)
	ctx := t.Context()
	records := sealed(5)
	var chain wire.Chain
	for _, r := range records {
		chain = chain.Next(r.ID)
	}
	if _, err := f.Push(ctx, 0, records[:2]); err != nil {
		t.Fatal(err)
	}
	_, err := f.Push(ctx, 0, records[2:])
	wantKey(t, "a stale version", err, "host.moved_on")
	head, err := f.Push(ctx, 1, records[2:])
	if err != nil || head != (wire.Head{Version: 2, Last: 5, Chain: chain}) {
		t.Fatalf("%+v, %v", head, err)
	}
	_, err = f.Push(ctx, 2, records[:1])
	wantKey(t, "an id that is there", err, "host.moved_on")
	if head, err = f.Forget(ctx, 2, []port.RecordID{records[3].ID}); err != nil || head != (wire.Head{Version: 3, Last: 5, Chain: chain}) {
		t.Fatalf("%+v, %v", head, err)
	}
	records[3].Ciphertext = nil
	for after := range int64(6) {
		got, list, err := f.Pull(ctx, after)
		if err != nil || got != head || !slices.EqualFunc(list, records[after:], func(a, b port.Sealed) bool { return a.ID == b.ID && bytes.Equal(a.Ciphertext, b.Ciphertext) }) {
			t.Errorf("after %d: %+v, %d records, %v", after, got, len(list), err)
		}
	}
	if found, err := (host.Keeper{Store: p.Store, Clock: p.clock}).Examine(ctx); err != nil || len(found.Problems) > 0 || found.Logs != 1 || found.Devices != 1 || found.Records != 5 {
		t.Errorf("%+v, %v", found, err)
	}
	if err := f.End(ctx); err != nil {
		t.Fatal(err)
	}
	_, _, err = f.Pull(ctx, 0)
	wantKey(t, "after the end", err, "host.unknown_device")
}

// A log that is larger than a page comes in pages.
func TestPages(t *testing.T) {
	p := start(t, nil)
	f := p.begun(t)
	records := sealed(9)
	version := int64(0)
	for i := range records {
		records[i].Ciphertext = bytes.Repeat([]byte{byte(i)}, wire.MaxRecord)
		head, err := f.Push(t.Context(), version, records[i:i+1])
		if err != nil {
			t.Fatal(err)
		}
		version = head.Version
	}
	var got []port.Sealed
	pages := 0
	for ; len(got) < len(records); pages++ {
		_, list, err := f.Pull(t.Context(), int64(len(got)))
		if err != nil || len(list) == 0 {
			t.Fatal(len(list), err)
		}
		got = append(got, list...)
	}
	// One record of 1 MiB comes also where 256 KiB, 512 KiB and 1 MiB are asked for, and
	// one fits in 2 MiB with its id; three fit in 4 MiB, and two are left.
	if pages != 6 {
		t.Errorf("%d pages", pages)
	}
	for i, r := range got {
		if r.ID != records[i].ID {
			t.Errorf("record %d is another", i)
		}
	}
}

func TestGuests(t *testing.T) {
	p := start(t, nil)
	f := p.begun(t)
	ctx := t.Context()
	guest, second := p.phone(t, f.at), p.phone(t, f.at)
	note := []byte("sealed for the guest")
	for name, until := range map[string]time.Duration{"yesterday": -time.Hour, "next month": 30 * 24 * time.Hour} {
		wantKey(t, name, f.Invite(ctx, guest.public(), p.clock.Now().Add(until), note), "host.guest_time")
	}
	if err := f.Invite(ctx, guest.public(), p.clock.Now().Add(time.Hour), note); err != nil {
		t.Fatal(err)
	}
	_, _, err := guest.Pull(ctx, 0)
	wantKey(t, "a guest reads", err, "host.guest")
	wantKey(t, "a guest ends the log", guest.End(ctx), "host.guest")
	_, err = f.Note(ctx)
	wantKey(t, "a device as a guest", err, "host.guest")
	if got, err := guest.Note(ctx); err != nil || !bytes.Equal(got, note) {
		t.Errorf("%q, %v", got, err)
	}
	if err := guest.Accept(ctx, second.public()); err != nil {
		t.Fatal(err)
	}
	wantKey(t, "a guest twice", guest.Accept(ctx, guest.public()), "host.unknown_device")
	if keys, err := second.Devices(ctx); err != nil || !slices.Equal(keys, []wire.DeviceKey{f.public(), second.public()}) {
		t.Errorf("%v, %v", keys, err)
	}
	if err := second.RemoveDevice(ctx, f.public()); err != nil {
		t.Fatal(err)
	}
	_, _, err = f.Pull(ctx, 0)
	wantKey(t, "a removed device", err, "host.unknown_device")
	wantKey(t, "the last device", second.RemoveDevice(ctx, second.public()), "host.last_device")
	_, version, err := p.Store.Keyring(ctx, f.at.Person())
	if err != nil {
		t.Fatal(err)
	}
	if err := second.RemoveDevice(ctx, f.public()); err != nil { // once more
		t.Fatal(err)
	}
	if _, now, err := p.Store.Keyring(ctx, f.at.Person()); err != nil || now != version {
		t.Errorf("what changes nothing was written: %d, %d before, %v", now, version, err)
	}
	late := p.phone(t, f.at)
	if err := second.Invite(ctx, late.public(), p.clock.Now().Add(time.Minute), note); err != nil {
		t.Fatal(err)
	}
	p.clock.move(2 * time.Minute)
	_, err = late.Note(ctx)
	wantKey(t, "a guest who is late", err, "host.unknown_device")
}

func TestRegistration(t *testing.T) {
	closed := start(t, func(c *host.Config) { c.Registration = host.Closed })
	wantKey(t, "closed", closed.phone(t, anywhere()).Begin(t.Context(), ""), "host.closed")

	p := start(t, func(c *host.Config) { c.Registration = host.Invited })
	keeper := host.Keeper{Store: p.Store, Clock: p.clock}
	code, err := keeper.Invite(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	f := p.phone(t, anywhere())
	for _, bad := range []string{"", "x", code[1:], code + "A"} {
		wantKey(t, bad, f.Begin(t.Context(), bad), "host.invitation")
	}
	for range 2 { // a lost answer is asked for again
		if err := f.Begin(t.Context(), " "+code[:5]+"-"+code[5:]); err != nil {
			t.Fatal(err)
		}
	}
	wantKey(t, "spent", p.phone(t, anywhere()).Begin(t.Context(), code), "host.invitation")
	late, err := keeper.Invite(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	p.clock.move(25 * time.Hour)
	wantKey(t, "late", p.phone(t, anywhere()).Begin(t.Context(), late), "host.invitation")
	if found, err := keeper.Examine(t.Context()); err != nil || found.Logs != 1 || len(found.Problems) > 0 {
		t.Errorf("%+v, %v", found, err)
	}
	if err := keeper.Destroy(t.Context(), f.at); err != nil {
		t.Fatal(err)
	}
	_, _, err = f.Pull(t.Context(), 0)
	wantKey(t, "destroyed", err, "host.unknown_device")
}

// A host whose file was replaced by its backup answers, and the devices see that it
// is older; so does its keeper.
func TestRestoredFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "host.db")
	open := func() *sqlite.Store {
		s, err := sqlite.Open(t.Context(), file)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	s := open()
	p := start(t, func(c *host.Config) { c.Store = s })
	f := p.begun(t)
	if _, err := f.Push(t.Context(), 0, sealed(1)); err != nil {
		t.Fatal(err)
	}
	if err := s.CopyTo(t.Context(), file+".copy"); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Push(t.Context(), 1, sealed(1)); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for _, end := range []string{"-wal", "-shm"} {
		if err := os.RemoveAll(file + end); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Rename(file+".copy", file); err != nil {
		t.Fatal(err)
	}
	s = open()
	defer s.Close()
	again := start(t, func(c *host.Config) { c.Store, c.Clock = s, p.clock })
	l, err := client.New(again.url, f.at, f.key, p.clock, lines)
	if err != nil {
		t.Fatal(err)
	}
	if head, records, err := l.Pull(t.Context(), 0); err != nil || head.Last != 1 || len(records) != 1 {
		t.Errorf("%+v, %d records, %v", head, len(records), err)
	}
	if found, err := (host.Keeper{Store: s, Clock: p.clock}).Examine(t.Context()); err != nil || len(found.Problems) == 0 {
		t.Errorf("%+v, %v", found, err)
	}
}
