package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/host/client"
	"github.com/evenkeel/evenkeel/internal/vault"
	"github.com/evenkeel/evenkeel/internal/wire"
)

// A share that is over while the host does not run is destroyed when it begins again,
// in its file as well; what is left goes with the journal.
func TestHostShares(t *testing.T) {
	m := newMachine(t)
	h := m.host("--register", "open")
	stop := func() {
		if err := h.cmd.Process.Signal(os.Interrupt); err != nil {
			t.Skip("this system cannot send an interrupt: ", err)
		}
		if err := h.cmd.Wait(); err != nil {
			t.Fatalf("stopping it ended with %v: %s", err, h.log.String())
		}
	}
	var log, short, long wire.Address
	for _, a := range []*wire.Address{&log, &short, &long} {
		rand.Read(a[:])
	}
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	device, err := client.New(h.URL, log, key, wallClock{}, http.DefaultTransport)
	if err != nil {
		t.Fatal(err)
	}
	visitor, err := client.NewVisitor(h.URL, http.DefaultTransport)
	if err != nil {
		t.Fatal(err)
	}
	bodies := make([][]byte, 3)
	for i := range bodies {
		bodies[i] = make([]byte, 256+vault.Overhead)
		rand.Read(bodies[i])
	}
	over := time.Now().Add(3 * time.Second).Truncate(time.Second)
	ctx := t.Context()
	for _, err := range []error{
		device.Begin(ctx, ""),
		device.PutShare(ctx, short, wire.ShareSealed, over, bodies[0]),
		device.PutShare(ctx, long, wire.ShareSealed, over.Add(time.Hour), bodies[1]),
		device.PutCard(ctx, []byte("card")),
		visitor.Post(ctx, log, bodies[2]),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if _, _, err := visitor.Fetch(ctx, short, "x"); err != nil {
		t.Fatal(err)
	}
	type report struct {
		OK                        bool
		Logs, Shares, Inboxes     int
		SharesEnded               int `json:"shares_ended"`
		Letters, Persons, Records int
	}
	doctor := func(want report) {
		t.Helper()
		var got report
		if err := json.Unmarshal(m.run("host", "doctor", "--json"), &got); err != nil {
			t.Fatal(err)
		}
		got.Persons, got.Records = 0, 0
		if got != want {
			t.Errorf("%+v, want %+v", got, want)
		}
	}
	doctor(report{OK: true, Logs: 1, Shares: 2, Inboxes: 1, Letters: 1})
	stop()
	time.Sleep(time.Until(over))
	h = m.host()
	for deadline := time.Now().Add(10 * time.Second); kept(t, m, bodies[0]); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("what is over is still in the file")
		}
	}
	if !kept(t, m, bodies[1]) || !kept(t, m, bodies[2]) {
		t.Error("what holds is not in the file: this test finds nothing")
	}
	doctor(report{OK: true, Logs: 1, Shares: 1, SharesEnded: 1, Inboxes: 1, Letters: 1})
	m.run("host", "destroy", log.String(), "--confirm", log.String()[:8])
	doctor(report{OK: true, SharesEnded: 2})
	for i, b := range bodies {
		if kept(t, m, b) {
			t.Errorf("%d is still in the file", i)
		}
	}
	again, err := client.NewVisitor(h.URL, http.DefaultTransport)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := again.Fetch(ctx, long, "x"); !fault.Is(err, fault.NotFound) {
		t.Errorf("fetched after its journal was destroyed: %v", err)
	}
	stop()
}

// kept tells whether a file of the host holds a piece of a body.
func kept(t *testing.T, m *machine, body []byte) bool {
	t.Helper()
	found := false
	if err := filepath.WalkDir(m.data, func(name string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return nil // it may have gone meanwhile
		}
		b, err := os.ReadFile(name)
		found = found || err == nil && bytes.Contains(b, body[100:132])
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return found
}
